import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { LinkAcceptedAnswer, LinkAnswer } from '../../member/documents/index.js';
import { Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useSession } from '../session/index.js';
import { AlertsSideBySide } from './alerts-side-by-side.js';
import { Comparison } from './comparison.js';
import { Decision } from './decision.js';
import { LinkLoader } from './link-loader.js';
import { OtherHolder } from './other-holder.js';
import { Outcome } from './outcome.js';
import { Receipt } from './receipt.js';
import { Standing } from './standing.js';
import { useCounterpart, useLinkChecks, useTakeLink } from './use-link.js';
import { waitingFor } from './waiting-for.js';
import type { AreaWord } from './words.js';

/** One link, from top to bottom: where it stands, the two alerts, the comparison, the decision, what followed. */
export function LinkPage(): ReactNode {
  const { say } = useWords<AreaWord>();
  return <LinkLoader title={say('links.one.title')}>{(link) => <OneLink link={link} />}</LinkLoader>;
}

function OneLink({ link }: { readonly link: LinkAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { seat } = useSession();
  const take = useTakeLink();
  const checks = useLinkChecks(link);
  const counterpart = useCounterpart(link, checks.data);
  const [accepted, setAccepted] = useState<LinkAcceptedAnswer | null>(null);
  const waiting = waitingFor(link, seat.member);
  const isTrusted = counterpart.data !== undefined && counterpart.data.doubt === null;
  const onAccepted = (answer: LinkAcceptedAnswer): void => {
    setAccepted(answer);
    take(answer.link);
  };
  return (
    <Page title={say('links.one.title')} lead={say('links.one.lead')}>
      <p className="not-printed">
        <Link href="/">{say('links.to-list')}</Link>
      </p>
      {accepted && <Receipt accepted={accepted} waiting={waiting} />}
      <Standing link={link} waiting={waiting} />
      <AlertsSideBySide link={link} />
      {link.counterpart && <OtherHolder link={link} checks={checks} counterpart={counterpart} />}
      <Comparison link={link} checks={checks.data} isTrusted={isTrusted} onAccepted={onAccepted} />
      {waiting !== 'nothing' && <Decision link={link} waiting={waiting} isTrusted={isTrusted} />}
      {link.counterpart && isTrusted && <Outcome link={link} checks={checks.data} />}
    </Page>
  );
}
