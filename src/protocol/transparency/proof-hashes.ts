import { EMPTY_ROOT, nodeHash, type Hash } from './merkle-hash.js';
import { peaksOf, planConsistency, planInclusion, type NodeAddress, type ProofPlan } from './tree-shape.js';

/** Gives the hash of a stored node. Throws when it has none. */
export type NodeReader = (address: NodeAddress) => Hash;

/** That a leaf stands at a place of a tree (RFC 9162 §2.1.3). */
export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly path: readonly Hash[];
}

/** That a tree is the beginning of a larger one (RFC 9162 §2.1.4). */
export interface ConsistencyProof {
  readonly from: number;
  readonly to: number;
  readonly path: readonly Hash[];
}

/** The root of a tree of this size from its stored nodes. */
export function rootOf(size: number, read: NodeReader): Hash {
  return size === 0 ? EMPTY_ROOT : hashOver(peaksOf(size).map(read));
}

/** Proves that a leaf is in the tree of this size. Whoever reads from afar fetches what `planInclusion` names, at once. */
export function proveInclusion(index: number, size: number, read: NodeReader): InclusionProof {
  return { index, size, path: hashesOf(planInclusion(index, size), read) };
}

/** Proves that the tree of size `from` is the beginning of that of size `to`. */
export function proveConsistency(from: number, to: number, read: NodeReader): ConsistencyProof {
  return { from, to, path: hashesOf(planConsistency(from, to), read) };
}

function hashesOf(plan: ProofPlan, read: NodeReader): readonly Hash[] {
  return plan.map((subtrees) => hashOver(subtrees.map(read)));
}

/** The hash over perfect subtrees that stand side by side, the largest first: the smaller ones hang together on the right. */
export function hashOver(subtrees: readonly Hash[]): Hash {
  return subtrees.reduceRight((right, left) => nodeHash(left, right));
}
