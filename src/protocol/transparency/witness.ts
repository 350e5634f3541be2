import type { ConsistencyProof } from './proof-hashes.js';
import type { KnownLog } from './known-log.js';
import { LogFault } from './log-fault.js';
import { sameHash } from './merkle-hash.js';
import { assertDated, readTreeHead, type TreeHead } from './tree-head.js';
import { provesConsistency } from './verify-proof.js';

/** What a witness is given: a new head, and a proof that it follows the head that it trusts. */
export interface OfferedHead {
  readonly compact: string;
  /** Null when there is none; then only a head of the same size can follow. */
  readonly consistency: ConsistencyProof | null;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * The rules of a witness (T13). Gives the head to trust from now on, to be kept durably before it is cosigned; the first is trusted as it comes.
 * Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG, MISDATED, SPLIT_VIEW, ROLLED_BACK, OUTDATED, NOT_CONSISTENT; the head trusted so far stays trusted.
 */
export async function witnessHead(log: KnownLog, trusted: TreeHead | null, offered: OfferedHead): Promise<TreeHead> {
  const head = await readTreeHead(offered.compact, log);
  assertDated(head, offered.now);
  if (!trusted) return head;
  if (trusted.audience !== head.audience)
    throw new LogFault('WRONG_LOG', 'The head is of another log than the one trusted.', 'Keep a head for each log.');
  assertOneHistory(trusted, head, offered.consistency);
  if (head.size < trusted.size)
    throw new LogFault('OUTDATED', 'The head is older than the one trusted.', 'Ask the hub for its present head.');
  return head.size === trusted.size && head.issuedAt < trusted.issuedAt ? trusted : head;
}

/**
 * Whether two heads of a log, whoever got them, can be of one history: one root to a size, no later head that is smaller, and the smaller tree
 * the beginning of the larger. Throws `LogFault`: SPLIT_VIEW and ROLLED_BACK with evidence, NOT_CONSISTENT.
 */
export function assertOneHistory(one: TreeHead, other: TreeHead, proof: ConsistencyProof | null): void {
  const [smaller, larger] = one.size <= other.size ? [one, other] : [other, one];
  if (smaller.size === larger.size) {
    if (sameHash(smaller.root, larger.root)) return;
    throw new LogFault(
      'SPLIT_VIEW',
      'The hub signed two histories: two heads of one size have different roots.',
      'Trust neither. Show the evidence to the other members.',
      [],
      { evidence: { kind: 'SPLIT_VIEW', heads: [one.compact, other.compact] } },
    );
  }
  if (smaller.issuedAt > larger.issuedAt)
    throw new LogFault(
      'ROLLED_BACK',
      'The hub took entries back: the later head is of a smaller log.',
      'Trust neither. Show the evidence to the other members.',
      [],
      { evidence: { kind: 'ROLLED_BACK', heads: [one.compact, other.compact] } },
    );
  const fits = proof?.from === smaller.size && proof.to === larger.size;
  if (!proof || !fits || !provesConsistency(proof, smaller.root, larger.root))
    throw new LogFault(
      'NOT_CONSISTENT',
      'Nothing proves that the smaller log is the beginning of the larger.',
      'Ask the hub for a proof between these sizes. A hub that has none shows two histories: keep both heads and tell the other members.',
      ['consistency'],
    );
}
