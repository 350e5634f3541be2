import { EVENTS } from '../events.js';
import { EARLIEST, JTI_FORM, LATEST } from '../forms.js';
import { STATEMENT_TYPE } from '../statement/index.js';
import { accessLeafHash, emptyAccessHash, nextAccessHash, type AccessDay, type AccessRead } from './access-day.js';
import { readFromLog, type KnownLog } from './known-log.js';
import { faulting, LogFault } from './log-fault.js';
import { HASH_BYTES, type Hash } from './merkle-hash.js';
import type { InclusionProof } from './proof-hashes.js';
import { provesInclusion } from './verify-proof.js';

/** What the hub signed of a day: one root over the days of all members, and nothing that tells of any. */
export interface AccessSummary {
  readonly day: string;
  readonly root: Hash;
  readonly jti: string;
  /** Base64url: by which the log has it. */
  readonly payloadHash: string;
}

/** That an owner's day stands under the root. */
export interface AccessDayProof extends InclusionProof {
  readonly salt: Uint8Array;
}

const DAY_FORM = /^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;

/** Reads a summary and verifies that the hub of this log signed it. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG. */
export function readAccessSummary(compact: string, log: KnownLog): Promise<AccessSummary> {
  return faulting([], async () => {
    const form = { typ: STATEMENT_TYPE, claims: ['iss', 'aud', 'iat', 'jti', 'events'] };
    const { statement, fields } = await readFromLog(compact, log, form);
    if (fields.raw('aud') !== log.audience)
      throw new LogFault('WRONG_LOG', 'This is of another log.', 'Ask the hub of this accord.', ['aud']);
    fields.number('iat', EARLIEST, LATEST);
    const body = fields.object('events', [EVENTS.accessSummary]).object(EVENTS.accessSummary, ['day', 'root']);
    return {
      day: body.text('day', DAY_FORM),
      root: body.bytes('root', HASH_BYTES),
      jti: fields.text('jti', JTI_FORM),
      payloadHash: statement.payloadHash,
    };
  });
}

/**
 * Holds the records of a day that the hub shows, the oldest first, against what it signed of that day (T22). Throws `LogFault`: WRONG_ENTRY when the summary is of
 * another day; NOT_INCLUDED when records were added, left out or changed since.
 */
export function assertAccessDay(
  whose: AccessDay,
  reads: readonly AccessRead[],
  { salt, ...proof }: AccessDayProof,
  summary: AccessSummary,
): void {
  if (summary.day !== whose.day)
    throw new LogFault('WRONG_ENTRY', 'The summary is of another day.', 'Ask the hub again.', ['day']);
  const hash = reads.reduce(nextAccessHash, emptyAccessHash(whose));
  const leaf = accessLeafHash(whose, { salt, reads: reads.length, hash });
  if (!provesInclusion(proof, leaf, summary.root))
    throw new LogFault(
      'NOT_INCLUDED',
      'The access records that the hub shows of this day are not those that it signed for.',
      'Ask again. When it comes again, records were added, left out or changed since: keep what the hub showed, and tell the other members and the accord’s auditors.',
      ['reads'],
    );
}
