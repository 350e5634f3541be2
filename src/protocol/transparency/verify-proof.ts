import { EMPTY_ROOT, HASH_BYTES, nodeHash, sameHash, type Hash } from './merkle-hash.js';
import type { ConsistencyProof, InclusionProof } from './proof-hashes.js';
import { isTreeSize } from './tree-shape.js';

/** The most hashes that a proof of either kind can have. */
export const MAX_PATH = 54;

/** Whether the proof leads from the leaf's hash to the root (RFC 9162 §2.1.3.2). Whatever is wrong with it, it proves nothing. */
export function provesInclusion({ index, size, path }: InclusionProof, leaf: Hash, root: Hash): boolean {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size || !areHashes([...path, leaf])) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      // A last node without a sibling is its own parent.
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(hash, root);
}

/** Whether the proof leads to both roots, so that the first tree is the beginning of the second (RFC 9162 §2.1.4.2). The empty tree begins every tree. */
export function provesConsistency({ from, to, path }: ConsistencyProof, fromRoot: Hash, toRoot: Hash): boolean {
  if (!isTreeSize(from) || !isTreeSize(to) || from > to || !areHashes([...path, fromRoot, toRoot])) return false;
  if (from === to) return path.length === 0 && sameHash(fromRoot, toRoot) && (to > 0 || sameHash(toRoot, EMPTY_ROOT));
  if (from === 0) return path.length === 0 && sameHash(fromRoot, EMPTY_ROOT);
  const [first, ...others] = isPowerOfTwo(from) ? [fromRoot, ...path] : path;
  if (!first || path.length === 0) return false;
  let at = from - 1;
  let last = to - 1;
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let before = first;
  let after = first;
  for (const hash of others) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      before = nodeHash(hash, before);
      after = nodeHash(hash, after);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      after = nodeHash(after, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(before, fromRoot) && sameHash(after, toRoot);
}

/** Whole numbers up to 2^53 do not fit the operators on bits. */
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

function areHashes(values: readonly Uint8Array[]): boolean {
  return values.length <= MAX_PATH + 2 && values.every(({ length }) => length === HASH_BYTES);
}
