import { createHmac } from 'node:crypto';
import { encodeBase64url } from '../../protocol/index.js';
import { encodeLinkageKey, type LinkageKey } from '../../protocol/linkage/index.js';

/** Of what the tokens of a row are made. */
export interface TokenRow {
  readonly line: number;
  /** The keys of its person, in the order in which they were derived. */
  readonly keys: readonly LinkageKey[];
  /** The profile of linkage keys, `name/version`. */
  readonly profile: string;
}

/**
 * By what it is known that tokens were made of these keys and no others: HMAC-SHA-256 (RFC 2104) over the profile and all keys as they are blinded in the
 * epoch, in order. Under a secret, because whoever guesses a person could derive the keys and compare.
 */
export function keysFingerprint(secret: Uint8Array, { keys, profile }: TokenRow, epoch: string): string {
  const encoded = keys.map((key) => encodeBase64url(encodeLinkageKey(epoch, key)));
  // As JSON, so that where one key ends and the next begins is part of it.
  return createHmac('sha256', secret)
    .update(JSON.stringify([profile, ...encoded]))
    .digest('base64url');
}
