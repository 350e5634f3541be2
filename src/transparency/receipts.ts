import { Inject, Injectable } from '@nestjs/common';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import { decodeCanonicalBase64url } from '../protocol/index.js';
import { entryHash, RECEIPT_TYPE, writePlace } from '../protocol/transparency/index.js';
import type { LogPlace } from './log-writing.js';

/** One accepted statement in a receipt. */
export interface ReceiptEntry {
  readonly jti: string;
  /** 32 bytes, base64url. */
  readonly payloadHash: string;
  readonly place: LogPlace;
}

/** Signs what the hub answers for: that it accepted these statements of this issuer, and where its log has them (L8, T10). */
@Injectable()
export class Receipts {
  constructor(@Inject(HUB_IDENTITY) private readonly hub: HubIdentity) {}

  /** One JWS over all entries; anybody with the hub's public key can check it, and the log against it. */
  sign(issuer: string, entries: readonly ReceiptEntry[]): string {
    const accepted = entries.map((entry) => written(issuer, entry));
    const payload = { iss: this.hub.audience, iat: Math.floor(Date.now() / 1000), sub: issuer, accepted };
    return signNatively(payload, this.hub.signingKey, RECEIPT_TYPE);
  }
}

/** What was erased has no salt any more, and its receipt names no place: the first receipt does. */
function written(issuer: string, { jti, payloadHash: hash, place: { index, event, salt, receivedAt } }: ReceiptEntry) {
  const accepted = { jti, payload_hash: hash, received_at: receivedAt.toISOString() };
  const payloadHash = decodeCanonicalBase64url(hash);
  if (salt === null || payloadHash === null) return accepted;
  const leafHash = entryHash({ salt, event, issuer, receivedAt: accepted.received_at, payloadHash });
  return { ...accepted, log: writePlace({ index, event, salt, leafHash }) };
}
