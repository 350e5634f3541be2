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
}
