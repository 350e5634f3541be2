import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords, useWritten } from '../language/index.js';
import { useTerm } from '../terms/index.js';
import type { InboxRow } from './documents.js';
import type { InboxWord } from './words.js';

/** One entry: what happened, from whom, and the way to it. */
export function EntryRow(props: {
  readonly row: InboxRow;
  readonly isUnread: boolean;
  readonly nameOf: (member: string) => string;
}): ReactNode {
  const { row, isUnread, nameOf } = props;
  const { say } = useWords<InboxWord>();
  const { instant, country, list } = useWritten();
  const term = useTerm();
  const { alert, alertId, linkId } = row;
  const what = alert
    ? `${term('inbox-event', row.event)}: ${term('alert-kind', alert.kind)}`
    : term('inbox-event', row.event);
  const places = (codes: readonly string[]): string =>
    codes.length === 0 ? say('inbox.unknown') : list(codes.map(country));
  const to = linkId ? `~/console/links/one#${linkId}` : alertId ? `~/console/alerts/one#${alertId}` : null;
  return (
    <div className={isUnread ? 'entry entry-unread' : 'entry'}>
      <span>
        {isUnread && <span className="tag tag-strong">{say('inbox.new')}</span>}{' '}
        {to !== null && row.content !== 'ERASED' && row.content !== 'NO_LONGER_READABLE' ? (
          <Link href={to}>{what}</Link>
        ) : (
          what
        )}
      </span>
      <span className="hint">
        {say('inbox.row', {
          sender: alert?.sender ? nameOf(alert.sender.code) : '',
          received: instant(row.receivedAt),
          at: row.seq,
        })}
        {alert &&
          ` · ${say('inbox.route', { from: places(alert.episode.origin), to: places(alert.episode.exploitation) })}`}
        {row.content !== 'READABLE' && ` · ${say(contentWord(row.content))}`}
      </span>
    </div>
  );
}

/** Why an entry has no content to open. */
function contentWord(content: string): InboxWord {
  switch (content) {
    case 'REPLACED':
      return 'inbox.content.replaced';
    case 'ERASED':
      return 'inbox.content.erased';
    case 'NOT_FOR_ROLE':
      return 'inbox.content.not-for-role';
    default:
      return 'inbox.content.no-longer-readable';
  }
}
