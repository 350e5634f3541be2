import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { lengthPrefixed } from '../length-prefixed.js';

/** The length of a token, bytes. */
export const TOKEN_LENGTH = 16;

const encoder = new TextEncoder();

/**
 * The token of a linkage key: HKDF (RFC 5869, SHA-256) of the evaluation's output, bound to the epoch and to the kind of key, so that
 * equal values of different kinds, or of different epochs, do not meet. The hub keys what it stores once more.
 */
export function tokenOf(
  output: Uint8Array,
  { epoch, keyId }: { readonly epoch: string; readonly keyId: string },
): Uint8Array {
  const info = lengthPrefixed(...['hub token', epoch, keyId].map((part) => encoder.encode(part)));
  return hkdf(sha256, output, undefined, info, TOKEN_LENGTH);
}
