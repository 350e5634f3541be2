import { useState, type ReactNode } from 'react';
import type { LinkAcceptedAnswer, LinkAnswer } from '../../member/documents/index.js';
import { Button, Buttons, OneOf, Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { BackToLink, SigningStep } from './signing-step.js';
import type { AreaWord } from './words.js';

/** Says no to a link for a reason: chosen, checked, then signed. */
export function ReasonPage<Reason extends string>(props: {
  readonly link: LinkAnswer;
  readonly title: string;
  readonly lead: string;
  readonly claim: string;
  readonly sign: string;
  readonly reasons: readonly { readonly value: Reason; readonly label: string }[];
  readonly onSign: (reason: Reason) => Promise<LinkAcceptedAnswer>;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { link, reasons } = props;
  const [reason, setReason] = useState<Reason | null>(null);
  const [tried, setTried] = useState(false);
  const [isChecking, setChecking] = useState(false);
  if (reason && isChecking)
    return (
      <SigningStep
        link={link}
        title={say('links.check.title')}
        sign={props.sign}
        onSign={() => props.onSign(reason)}
        onChange={() => setChecking(false)}
      >
        <p>
          <strong>{props.claim}</strong>
        </p>
        <p>{say('links.reason.is', { reason: reasons.find(({ value }) => value === reason)?.label ?? reason })}</p>
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
          if (reason) setChecking(true);
        }}
      >
        <OneOf
          label={say('links.reason')}
          hint={say('links.reason.hint')}
          wrong={tried && !reason && say('links.fault.not-chosen')}
          choices={reasons}
          chosen={reason}
          onChoose={setReason}
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
