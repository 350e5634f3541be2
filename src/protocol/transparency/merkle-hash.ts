import { sha256Bytes } from '../digest.js';

/** A SHA-256 hash, 32 bytes. */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

/** The root of a tree without leaves: the hash of nothing (RFC 9162 §2.1.1). */
export const EMPTY_ROOT: Hash = sha256Bytes('');

const LEAF = 0x00;
const NODE = 0x01;

/** Hashing does not wait for anything, so that one buffer serves all nodes. */
const node = new Uint8Array(1 + 2 * HASH_BYTES);
node[0] = NODE;

/** The hash of a leaf: SHA-256 over 0x00 and its bytes (RFC 9162 §2.1.1). */
export function leafHash(bytes: Uint8Array): Hash {
  const prefixed = new Uint8Array(1 + bytes.length);
  prefixed[0] = LEAF;
  prefixed.set(bytes, 1);
  return sha256Bytes(prefixed);
}

/** The hash of an interior node: SHA-256 over 0x01 and both hashes below it. Another prefix than a leaf's, so that no node passes for a leaf. */
export function nodeHash(left: Hash, right: Hash): Hash {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) throw new RangeError('a hash has 32 bytes');
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256Bytes(node);
}

/** Whether two hashes are the same. What is no hash is like nothing. */
export function sameHash(one: Hash, other: Hash): boolean {
  return one.length === HASH_BYTES && other.length === HASH_BYTES && one.every((byte, at) => byte === other[at]);
}
