import { sha256Bytes } from './digest.js';

/**
 * The id of what one statement brings into being: its kind and a UUID (version 8, RFC 9562 §5.8) from SHA-256 over kind, issuer and `jti`, so that the
 * sender knows it before the hub answers, and it says nothing about how much else the hub holds.
 */
export function derivedIdOf(kind: string, issuer: string, jti: string): string {
  const bytes = sha256Bytes(`${kind}:${issuer.length}:${issuer}:${jti}`).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${kind}:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
