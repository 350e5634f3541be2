import { MemberError } from '../member-error.js';
import { memberSince } from '../member-since.js';
import { verifyAccessDay } from '../verify-access-day.js';
import { entries, openWitness, type HubKeyOptions } from './log-session.js';
import type { Session } from './session.js';
import { facts } from './table.js';

/** Verifies a day's access records against the log. */
export async function readsVerify(session: Session, day: string, options: HubKeyOptions): Promise<void> {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new MemberError('BAD_INPUT', '--verify does not take that.', 'It takes a day such as 2026-11-29.', [
      '--verify',
    ]);
  const client = await session.connect();
  const since = (): Promise<number> => memberSince(client, session.store);
  const verified = await verifyAccessDay(client, await openWitness(session, options), day, since);
  session.print.result(verified, ({ reads, entry, size }) =>
    [
      reads.length === 0
        ? `Nobody read any of your alerts on ${day}, and the hub signed for that.`
        : `All ${String(reads.length)} access records of ${day} are those that the hub signed for.`,
      facts([
        ['summary', `entry ${String(entry)} of the log`],
        ['proven under', `a head of ${entries(size)}`],
      ]),
    ].join('\n'),
  );
  session.print.note('What --json prints shows it to anybody later: keep it.');
}
