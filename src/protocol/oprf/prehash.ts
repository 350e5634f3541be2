import { scryptAsync } from '@noble/hashes/scrypt.js';
import { lengthPrefixed } from '../length-prefixed.js';

/** scrypt (RFC 7914): how many blocks of 128 × `r` bytes it fills, and what comes out, bytes. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly dkLen: number;
}

/** A library's scrypt. */
export type Scrypt = (password: Uint8Array, salt: Uint8Array, cost: ScryptCost) => Promise<Uint8Array>;

/** `N` of the first profile; 4 MiB for each key. It changes the token, so that a profile has one value for all. */
export const DEFAULT_SCRYPT_N = 4096;

/** scrypt by `@noble/hashes`, for browsers. */
export const nobleScrypt: Scrypt = (password, salt, cost) => scryptAsync(password, salt, cost);

const encoder = new TextEncoder();

/**
 * The memory-hard hash of an encoded linkage key, 32 bytes, salted with epoch and class: what a guess costs to whoever holds t shares or has
 * budget left. `N` is the profile's.
 */
export function prehash(
  input: Uint8Array,
  { epoch, keyClass, N }: { readonly epoch: string; readonly keyClass: string; readonly N: number },
  scrypt: Scrypt = nobleScrypt,
): Promise<Uint8Array> {
  const salt = lengthPrefixed(...['symbolon prehash', epoch, keyClass].map((part) => encoder.encode(part)));
  return scrypt(input, salt, { N, r: 8, p: 1, dkLen: 32 });
}
