import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { LinkAcceptedAnswer, LinkAnswer } from '../../member/documents/index.js';
import { Button, Buttons, Page, Problem } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import { Receipt } from './receipt.js';
import { useTakeLink } from './use-link.js';
import { waitingFor } from './waiting-for.js';
import type { AreaWord } from './words.js';

/** Signing something about a link, as the last step: what was checked, the signature, the receipt. */
export function SigningStep(props: {
  readonly link: LinkAnswer;
  readonly title: string;
  /** The button that signs. */
  readonly sign: string;
  readonly onSign: () => Promise<LinkAcceptedAnswer>;
  /** Goes back to what was filled in. */
  readonly onChange: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { seat } = useSession();
  const take = useTakeLink();
  const [accepted, setAccepted] = useState<LinkAcceptedAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const sign = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const answer = await props.onSign();
      take(answer.link);
      setAccepted(answer);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  if (accepted)
    return (
      <Page title={say('links.signed')}>
        <Receipt accepted={accepted} waiting={waitingFor(accepted.link, seat.member)} />
        <BackToLink link={props.link} />
      </Page>
    );
  return (
    <Page title={props.title} lead={say('links.check.lead')}>
      {error !== null && <Problem error={error} safe={say('links.check.safe')} />}
      {props.children}
      <p>{say('links.check.signed-by', { seat: `${seat.member}/${seat.officer}` })}</p>
      <Buttons>
        <Button look="main" busy={busy} onClick={() => void sign()}>
          {props.sign}
        </Button>
        <Button onClick={props.onChange}>{say('links.check.change')}</Button>
      </Buttons>
    </Page>
  );
}

/** The way back to the link without having signed anything. */
export function BackToLink({ link }: { readonly link: LinkAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  return (
    <p>
      <Link href={`/one#${link.id}`}>{say('links.back')}</Link>
    </p>
  );
}
