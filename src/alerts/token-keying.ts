import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { HUB_IDENTITY, type HubIdentity, linkageKeyFor } from '../identity/index.js';
import type { TokenDisclosure } from '../protocol/index.js';
import type { HubToken } from './linkage-arrival.js';

/** Keys tokens once more before anything is written, so that what was submitted is in no table, backup or log of the database (PROTOCOL.md K4). */
@Injectable()
export class TokenKeying {
  private readonly key: Uint8Array;

  constructor(@Inject(HUB_IDENTITY) hub: HubIdentity) {
    this.key = linkageKeyFor(hub, 'tokens');
  }

  /** The tokens of all epochs, each HMAC-SHA-256 over epoch, kind of key and token, the first 16 bytes. Lengths go before the texts, so that none runs into the next. */
  keyed({ epochs }: TokenDisclosure): readonly HubToken[] {
    return epochs.flatMap(({ epoch, tokens }) =>
      tokens.map(({ key: kind, token }) => {
        const mac = createHmac('sha256', this.key)
          .update(`${epoch.length}:${epoch}${kind.length}:${kind}`)
          .update(Buffer.from(token, 'base64url'));
        return { epoch, kind, token: mac.digest().toString('hex', 0, 16) };
      }),
    );
  }
}
