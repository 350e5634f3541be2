import { decodeCanonicalBase64url } from '../protocol/index.js';
import {
  assertAccessDay,
  findInReceipt,
  LogFault,
  MERGE_DELAY_SECONDS,
  readAccessSummary,
  readInclusionProof,
  readReceipt,
  SALT_BYTES,
  type AccessRead,
} from '../protocol/transparency/index.js';
import { ACCESS_SUMMARY, type AccessRecordAnswer, type AccessSummaryAnswer } from './documents/alerts.js';
import { gathered } from './every-page.js';
import type { LogWitness } from './log-witness.js';
import type { MemberClient } from './member-client.js';
import { MemberError } from './member-error.js';
import { readsOfDays } from './reads-of-days.js';

/** A day of which everything that was read is proven. */
export interface VerifiedDay {
  readonly day: string;
  /** The oldest first. */
  readonly reads: readonly AccessRecordAnswer[];
  readonly summary: AccessSummaryAnswer;
  /** Where the log has the summary. */
  readonly entry: number;
  /** Entries of the log under the head that shows it, and that head, compact. */
  readonly size: number;
  readonly head: string;
}

/**
 * Verifies that the access records of one's own alerts on a day, UTC, are those that the hub entered in its log. `since` is asked when the hub gives nothing of the
 * day: since when one is a member, in seconds since 1970. Throws `LogFault`: NOT_INCLUDED when they are not; NOT_YET_INTEGRATED or OVERDUE when there is no summary,
 * for a day just over or not over, and for an earlier one; what the log is at fault for. Throws `MemberError` BAD_INPUT for a day before one was a member.
 */
export async function verifyAccessDay(
  client: MemberClient,
  witness: LogWitness,
  day: string,
  since: () => Promise<number>,
): Promise<VerifiedDay> {
  const { accessSummary: summary } = await client.query<{ accessSummary: AccessSummaryAnswer | null }>(ACCESS_SUMMARY, {
    day,
  });
  if (!summary) throw noSummary(day, await since());
  const reads = (await gathered(readsOfDays(client, day, day))).reverse();
  const { log } = witness.trusted;
  const { index, size, path, statement, receipt: compact } = summary;
  const signed = await readAccessSummary(statement, log);
  const salt = decodeCanonicalBase64url(summary.salt) ?? new Uint8Array(SALT_BYTES);
  const whose = { audience: log.audience, owner: client.seat.member, day };
  assertAccessDay(whose, reads.map(asRead), { ...readInclusionProof({ index, size, path }), salt }, signed);
  const receipt = await readReceipt(compact, log);
  findInReceipt(receipt, { issuer: log.audience, jti: signed.jti, payloadHash: signed.payloadHash });
  const { place, head } = await witness.prove(receipt, signed.jti);
  return { day, reads, summary, entry: place.index, size: head.size, head: head.compact };
}

function asRead({ at, reader, officer, purpose, operation, alertIds }: AccessRecordAnswer): AccessRead {
  return { at, reader: reader.code, officer, purpose: purpose.toLowerCase(), operation, alertIds };
}

function noSummary(day: string, since: number): LogFault | MemberError {
  const over = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
  if (Date.now() < over + MERGE_DELAY_SECONDS * 1000)
    return new LogFault(
      'NOT_YET_INTEGRATED',
      'There is no summary of this day yet.',
      'Ask again a day after it ended.',
      ['day'],
    );
  if (over <= since * 1000)
    return new MemberError(
      'BAD_INPUT',
      'On this day you were not a member yet: nothing of yours could be read, and the hub owes you no proof of it.',
      `Name a day from ${new Date(since * 1000).toISOString().slice(0, 10)} on.`,
      ['day'],
    );
  return new LogFault(
    'OVERDUE',
    'The hub gives no summary of a day that ended more than a day ago.',
    'Before the day of the first record that the hub ever made there is none. If it gives one of an earlier day, tell the other members.',
    ['day'],
  );
}
