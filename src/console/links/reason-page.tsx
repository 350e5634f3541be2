import { useState, type ReactNode } from 'react';
import type { LinkAcceptedAnswer, LinkAnswer } from '../../member/documents/index.js';
import { Button, Buttons, OneOf, Page, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useDraft } from '../session/index.js';
import { BackToLink, SigningStep } from './signing-step.js';
import type { AreaWord } from './words.js';

/** Says no to a link for a reason: chosen, checked, then signed. */
export function ReasonPage<Reason extends string>(props: {
  readonly link: LinkAnswer;
  /** Under which name it is kept what was chosen, besides the link's id. */
  readonly draft: string;
  readonly title: string;
  readonly lead: string;
  readonly claim: string;
  readonly sign: string;
  readonly reasons: readonly { readonly value: Reason; readonly label: string }[];
  readonly onSign: (reason: Reason) => Promise<LinkAcceptedAnswer>;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { link, reasons } = props;
  const draft = useDraft<{ readonly reason: Reason | null }>(`${props.draft} ${link.id}`, { reason: null });
  const [tried, setTried] = useState(false);
  const [checked, setChecked] = useState<Reason | null>(null);
  if (!draft) return <Waiting />;
  const { reason } = draft.written;
  if (checked)
    return (
      <SigningStep
        link={link}
        title={say('links.check.title')}
        sign={props.sign}
        onSign={async () => {
          const accepted = await props.onSign(checked);
          await draft.clear();
          return accepted;
        }}
        onChange={() => setChecked(null)}
      >
        <p>
          <strong>{props.claim}</strong>
        </p>
        <p>{say('links.reason.is', { reason: reasons.find(({ value }) => value === checked)?.label ?? checked })}</p>
      </SigningStep>
    );
  return (
    <Page title={props.title} lead={props.lead}>
      <BackToLink link={link} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reason) setChecked(reason);
        }}
      >
        <OneOf
          label={say('links.reason')}
          hint={say('links.reason.hint')}
          wrong={tried && !reason && say('links.fault.not-chosen')}
          choices={reasons}
          chosen={reason}
          onChoose={(chosen) => draft.write({ reason: chosen })}
        />
        <Buttons>
          <Button type="submit" look="main">
            {say('links.confirm.check')}
          </Button>
        </Buttons>
      </form>
    </Page>
  );
}
