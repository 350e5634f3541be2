import { sha256 } from '@noble/hashes/sha2.js';
import { encodeBase64url } from './base64url.js';

const encoder = new TextEncoder();

/** SHA-256 (FIPS 180-4), 32 bytes. */
export function sha256Bytes(input: Uint8Array | string): Uint8Array {
  return sha256(typeof input === 'string' ? encoder.encode(input) : input);
}

/** SHA-256 as base64url, 43 characters. */
export function sha256Base64url(input: Uint8Array | string): string {
  return encodeBase64url(sha256Bytes(input));
}
