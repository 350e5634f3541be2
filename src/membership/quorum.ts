import type { Transaction } from '../database/index.js';
import { QUORUM, Refusal } from '../protocol/index.js';
import type { MemberRow } from './member-row.js';

/** What members decide together about one of them. */
export type Motion = 'join' | 'suspend' | 'reinstate';

const VOTE =
  'INSERT INTO membership_vote (subject, motion, voter, voter_country, position) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING voter';
const COUNT = `
  SELECT count(*)::int AS votes FROM membership_vote v JOIN member m ON m.code = v.voter
  WHERE v.subject = $1 AND v.motion = $2 AND m.state = 'active'`;

/**
 * Adds a member's voice and says whether the quorum is reached: members that are still active, of countries other than the subject's and each other's.
 * The caller has its turn, so that two last voices cannot both miss it. Throws `Refusal`: DUPLICATE_COUNTERSIGNATURE, ARGUMENT_INVALID.
 */
export async function vote(
  transaction: Transaction,
  motion: Motion,
  subject: MemberRow,
  voter: MemberRow,
  position: string,
): Promise<boolean> {
  if (voter.country === subject.country) {
    throw new Refusal(
      'ARGUMENT_INVALID',
      'A member of the subject’s own country cannot sign this.',
      'Ask a member of another country.',
      ['iss'],
    );
  }
  // A voice of a member that may no longer speak must not keep its country from being heard.
  const stale = `DELETE FROM membership_vote v USING member m WHERE m.code = v.voter AND m.state <> 'active' AND v.subject = $1 AND v.motion = $2`;
  await transaction.query(stale, [subject.code, motion]);
  const cast = await transaction.query(VOTE, [subject.code, motion, voter.code, voter.country, position]);
  if (cast.length === 0) {
    throw new Refusal(
      'DUPLICATE_COUNTERSIGNATURE',
      'This member, or another of its country, has signed this already.',
      'Ask a member of another country.',
      ['iss'],
    );
  }
  const [row] = await transaction.query<{ votes: number }>(COUNT, [subject.code, motion]);
  return (row?.votes ?? 0) >= QUORUM;
}

/** Puts a member into a state and forgets the voices that led there. */
export async function enact(
  transaction: Transaction,
  subject: string,
  state: 'active' | 'suspended' | 'left',
): Promise<void> {
  await transaction.query('UPDATE member SET state = $2, state_changed_at = now() WHERE code = $1', [subject, state]);
  await transaction.query('DELETE FROM membership_vote WHERE subject = $1', [subject]);
}
