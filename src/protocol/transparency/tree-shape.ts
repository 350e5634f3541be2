/**
 * A perfect subtree, which has all of its 2^level leaves: those from index · 2^level on; level 0 are the leaves themselves. Once it is full its
 * hash never changes, whatever is appended: these are the nodes that a log stores, and the only ones.
 */
export interface NodeAddress {
  readonly level: number;
  readonly index: number;
}

/** The hashes of a proof in their order, each as the perfect subtrees, from left to right, that make it up. */
export type ProofPlan = readonly (readonly NodeAddress[])[];

/** The most leaves that are counted: whole numbers are exact up to here in JSON and in all who read it (RFC 8259 §6). */
export const MAX_TREE_SIZE = Number.MAX_SAFE_INTEGER;

const HIGHEST_LEVEL = 52;

/** Whether a number can be the size of a tree. */
export function isTreeSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** The perfect subtrees of a tree, from left to right: one for each bit of its size. */
export function peaksOf(size: number): readonly NodeAddress[] {
  if (!isTreeSize(size)) throw new RangeError('no size of a tree');
  return subtreesOf(0, size);
}

/** What the inclusion proof of a leaf consists of: PATH(index, D[size]) of RFC 9162 §2.1.3.1. Throws RangeError when there is no such leaf. */
export function planInclusion(index: number, size: number): ProofPlan {
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) throw new RangeError('no leaf of the tree');
  const plan: (readonly NodeAddress[])[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      plan.push(subtreesOf(middle, to));
      to = middle;
    } else {
      plan.push(subtreesOf(from, middle));
      from = middle;
    }
  }
  return plan.reverse();
}

/** What the proof consists of that a tree is the beginning of another: PROOF(from, D[to]) of RFC 9162 §2.1.4.1; nothing from the empty tree, or to the same. */
export function planConsistency(from: number, to: number): ProofPlan {
  if (!isTreeSize(to) || !isTreeSize(from) || from > to) throw new RangeError('no earlier size of the tree');
  if (from === 0) return [];
  const plan: (readonly NodeAddress[])[] = [];
  let begin = 0;
  let end = to;
  while (end !== from) {
    const middle = begin + splitOf(end - begin);
    if (from <= middle) {
      plan.push(subtreesOf(middle, end));
      end = middle;
    } else {
      plan.push(subtreesOf(begin, middle));
      begin = middle;
    }
  }
  // What begins at 0 is the earlier tree itself, whose root the verifier has.
  if (begin > 0) plan.push(subtreesOf(begin, end));
  return plan.reverse();
}

/** The largest power of two below a size of at least 2: where RFC 9162 §2.1.1 splits. Powers are exact up to the largest size; bits of numbers are not. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The perfect subtrees of the leaves from `from` to before `to`, where `from` is where a split puts it. */
function subtreesOf(from: number, to: number): readonly NodeAddress[] {
  const subtrees: NodeAddress[] = [];
  let at = from;
  for (let level = HIGHEST_LEVEL; level >= 0 && at < to; level--) {
    const span = 2 ** level;
    if (to - at < span) continue;
    subtrees.push({ level, index: at / span });
    at += span;
  }
  return subtrees;
}
