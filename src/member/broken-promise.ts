import {
  LogFault,
  provesInclusion,
  sameHash,
  writeInclusionProof,
  type InclusionProof,
  type PlaceInLog,
  type Receipt,
  type TreeHead,
} from '../protocol/transparency/index.js';
import { encodeBase64url } from '../protocol/index.js';
import type { LogQueries } from './log-queries.js';

/** A promise that nothing proves to be kept. */
export interface Doubt {
  readonly receipt: Receipt;
  readonly jti: string;
  readonly place: PlaceInLog;
  readonly head: TreeHead;
  /** What the hub gave as proof for the place. */
  readonly proof: InclusionProof;
}

/**
 * Seeks what stands at the place that a receipt promised: the hub names no leaf, but the proofs of its neighbour hold it among their hashes. When another leaf
 * than the promised one leads from there to the root, that is evidence (`RECEIPT_BROKEN`). Null when none is found.
 */
export async function brokenPromise(doubt: Doubt, queries: LogQueries): Promise<LogFault | null> {
  const { receipt, jti, place, head, proof } = doubt;
  if (proof.index !== place.index || proof.size !== head.size) return null;
  for (const leaf of await candidates(place.index, head, queries)) {
    if (sameHash(leaf, place.leafHash) || !provesInclusion(proof, leaf, head.root)) continue;
    return new LogFault(
      'RECEIPT_BROKEN',
      'The hub gave a receipt, and its log has something else in this place.',
      'Show the evidence to the other members.',
      ['inclusion'],
      {
        evidence: {
          ...{ kind: 'RECEIPT_BROKEN', receipt: receipt.compact, jti, head: head.compact },
          ...{ leaf_hash: encodeBase64url(leaf), inclusion: writeInclusionProof(proof) },
        },
      },
    );
  }
  return null;
}

/** Every hash that may be the leaf at this index: those on the way of its neighbour, and the root of a log of one entry. */
async function candidates(index: number, head: TreeHead, queries: LogQueries): Promise<readonly Uint8Array[]> {
  if (head.size === 1) return [head.root];
  const sibling = index % 2 === 0 ? index + 1 : index - 1;
  // The last leaf of an odd number has no sibling; it stands on the way of the leaf before it.
  const given = await queries.inclusion(sibling < head.size ? sibling : index - 1, head.size);
  return given?.proof.path ?? [];
}
