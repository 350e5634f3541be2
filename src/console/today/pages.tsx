import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Page } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useLiveInbox } from '../live/index.js';
import { useOutbox } from '../sending/index.js';
import { useSession } from '../session/index.js';
import { LinksWaiting } from './links-waiting.js';
import './today.css';
import type { TodayWord } from './words.js';

/** What needs whoever is signed in, and the ways to begin. */
export function Pages(): ReactNode {
  const { say } = useWords<TodayWord>();
  const { seat, purpose, member } = useSession();
  const { unread } = useLiveInbox();
  const waiting = (useOutbox().data?.entries ?? []).filter(({ stage }) => stage !== 'sent').length;
  const reads = seat.role !== 'administrator';
  const raises = seat.role === 'case-worker' || seat.role === 'liaison';
  const links = raises && (purpose === 'protection' || purpose === 'prosecution');
  return (
    <Page title={say('today.title')} lead={say('today.lead', { member: member.name })}>
      <h2>{say('today.needs')}</h2>
      <ul className="needs">
        {reads && (
          <li>
            <Link href="~/console/inbox">{say('today.inbox', { count: unread ?? 0 })}</Link>
          </li>
        )}
        {links && <LinksWaiting />}
        {waiting > 0 && (
          <li>
            <Link href="~/console/flag/outgoing">{say('today.outgoing', { count: waiting })}</Link>
          </li>
        )}
        {!reads && <li>{say('today.administrator')}</li>}
      </ul>
      <h2>{say('today.begin')}</h2>
      <ul className="ways">
        {raises && <Way to="flag" title={say('today.flag')} what={say('today.flag.what')} />}
        {raises && <Way to="raise" title={say('today.raise')} what={say('today.raise.what')} />}
        {reads && <Way to="alerts" title={say('today.alerts')} what={say('today.alerts.what')} />}
        <Way to="definitions" title={say('today.definitions')} what={say('today.definitions.what')} />
        {purpose === 'monitoring' && reads && (
          <Way to="picture" title={say('today.picture')} what={say('today.picture.what')} />
        )}
        <Way to="organisation" title={say('today.organisation')} what={say('today.organisation.what')} />
      </ul>
    </Page>
  );
}

function Way(props: { readonly to: string; readonly title: string; readonly what: string }): ReactNode {
  return (
    <li className="panel">
      <h3>
        <Link href={`~/console/${props.to}`}>{props.title}</Link>
      </h3>
      <p>{props.what}</p>
    </li>
  );
}
