import { Inject, Injectable } from '@nestjs/common';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../membership/index.js';

/** One accepted statement in a receipt. */
export interface ReceiptEntry {
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: Date;
}

/** The media type of the hub's receipts. */
export const RECEIPT_TYPE = 'receipt+jwt';

/** Signs what the hub answers for: that it stored these statements of this issuer, at these instants. */
@Injectable()
export class Receipts {
  constructor(@Inject(HUB_IDENTITY) private readonly hub: HubIdentity) {}

  /** One JWS over all entries; anybody with the hub's public key can check it. */
  sign(issuer: string, entries: readonly ReceiptEntry[]): string {
    const accepted = entries.map(({ jti, payloadHash, receivedAt }) => ({
      jti,
      payload_hash: payloadHash,
      received_at: receivedAt.toISOString(),
    }));
    const payload = { iss: this.hub.audience, iat: Math.floor(Date.now() / 1000), sub: issuer, accepted };
    return signNatively(payload, this.hub.signingKey, RECEIPT_TYPE);
  }
}
