import { hkdfSync } from 'node:crypto';
import type { SigningKey } from '../protocol/index.js';

/** The injection token of the hub's identity. */
export const HUB_IDENTITY = Symbol('HUB_IDENTITY');

/** Who this hub is. */
export interface HubIdentity {
  /** What statements name as `aud`, and receipts as `iss`. */
  readonly audience: string;
  /** Where members reach the hub, without a slash at the end. */
  readonly hubUrl: string;
  /** Signs receipts and access tokens. */
  readonly signingKey: SigningKey;
  /** Keys the cursors, 32 bytes or more. */
  readonly cursorSecret: Uint8Array;
  /** From which keys for tokens and pseudonyms are derived, 32 bytes or more. */
  readonly linkageSecret: Uint8Array;
}

/** A key of the hub for one use alone, 32 bytes (HKDF-SHA-256, RFC 5869). `use` names it; equal names give equal keys. */
export function linkageKeyFor({ linkageSecret }: Pick<HubIdentity, 'linkageSecret'>, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', linkageSecret, new Uint8Array(0), `symbolon linkage | ${use}`, 32));
}
