import type { ProvenStatement } from '../../protocol/transparency/index.js';
import { entries, instantOf } from './log-session.js';

/** What a bundle proves, fact by fact, for people. */
export function provenFacts(proven: ProvenStatement): readonly (readonly [string, string | number | null])[] {
  const { issuer, officer, event, jti, payloadHash, receivedAt, index, head, continues, vouchedBy, witnesses } = proven;
  return [
    ['said by', issuer],
    ['officer', officer ? `${officer.code} (${officer.role})` : 'none: the member’s own key signed'],
    ['event', event.split('/').at(-1) ?? event],
    ['statement', jti],
    ['hash', payloadHash],
    ['received', receivedAt],
    ['in the log', `entry ${index}, under the head of ${entries(head.size)} signed ${instantOf(head.issuedAt)}`],
    ['continues', continues === null ? null : `the log of ${entries(continues)}`],
    ['member by', vouchedBy.length === 0 ? 'founding, as the hub signed' : `the word of ${vouchedBy.join(' and ')}`],
    ['cosigned by', witnesses.join(', ')],
  ];
}
