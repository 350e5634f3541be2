import { knowMembers, LogWitness, verifyOffline } from '../../member/index.js';
import { readReceipt, verifyBundle, type ProvenStatement, type Receipt } from '../../protocol/transparency/index.js';
import type { Session } from '../session/index.js';
import type { GivenProof } from './given-proof.js';

/** What holds. */
export type VerifiedProof =
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  | {
      readonly kind: 'statement';
      readonly owner: string;
      /** Seconds since 1970. */
      readonly issuedAt: number;
      readonly event: string;
      readonly payloadHash: string;
    }
  | { readonly kind: 'bundle'; readonly proven: ProvenStatement };

/**
 * Verifies what was given: a receipt and evidence by the keys of the hub that this browser pinned, a statement by the keys of members that it trusts. Throws
 * `LogFault`, `Refusal` or `MemberError` when it does not hold.
 */
export async function verifyGiven(
  given: Exclude<GivenProof, { readonly kind: 'unknown' }>,
  { client, place }: Session,
): Promise<VerifiedProof> {
  if (given.kind === 'statement') {
    const { trust } = await knowMembers(client, place);
    const { statement, owner } = await verifyOffline(given.compact, trust.keys);
    const { iat, events } = statement.claims;
    const [event = ''] = typeof events === 'object' && events !== null ? Object.keys(events) : [];
    const issuedAt = typeof iat === 'number' ? iat : 0;
    return { kind: 'statement', owner, issuedAt, event, payloadHash: statement.payloadHash };
  }
  const { trusted } = await LogWitness.open({ hub: location.origin, audience: client.audience }, place);
  return given.kind === 'receipt'
    ? { kind: 'receipt', receipt: await readReceipt(given.compact, trusted.log) }
    : { kind: 'bundle', proven: await verifyBundle(given.bundle, trusted) };
}
