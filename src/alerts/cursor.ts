import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { decodeCanonicalBase64url, encodeBase64url, Refusal } from '../protocol/index.js';

const NONCE = 12;
const TAG = 16;

/**
 * Cursors are sealed (AES-256-GCM) with the list that they belong to: member, filter and order. They name the item at which a page ends; nobody outside can
 * read one, use it for another list, or learn from it how much lies in between. The nonce is a keyed hash of the content (as in RFC 5297), so that the same
 * place has the same cursor and no nonce ever serves two contents.
 */
export class Cursors {
  private readonly sealKey: Buffer;
  private readonly nonceKey: Buffer;

  constructor(secret: Uint8Array) {
    this.sealKey = Buffer.from(hkdfSync('sha256', secret, '', 'cursor seal', 32));
    this.nonceKey = Buffer.from(hkdfSync('sha256', secret, '', 'cursor nonce', 32));
  }

  /** `list` spells the member, filter and order canonically; `item` names a row. */
  seal(list: string, item: string): string {
    const nonce = createHmac('sha256', this.nonceKey)
      .update(JSON.stringify([list, item]))
      .digest()
      .subarray(0, NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.sealKey, nonce).setAAD(Buffer.from(list));
    return encodeBase64url(Buffer.concat([nonce, cipher.update(item, 'utf8'), cipher.final(), cipher.getAuthTag()]));
  }

  /** The item in a cursor. Throws `Refusal` ARGUMENT_INVALID for a cursor of another list, another member, or none of ours. */
  open(list: string, cursor: string, argument: string): string {
    const bytes = cursor.length <= 200 ? decodeCanonicalBase64url(cursor) : null;
    if (!bytes || bytes.length <= NONCE + TAG) throw notOurs(argument);
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.sealKey, bytes.subarray(0, NONCE)).setAAD(
        Buffer.from(list),
      );
      decipher.setAuthTag(bytes.subarray(-TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
    } catch {
      throw notOurs(argument);
    }
  }
}

function notOurs(argument: string): Refusal {
  const remedy = 'Use a cursor that this same query gave, or begin anew without one.';
  return new Refusal('ARGUMENT_INVALID', 'The cursor does not belong to this list.', remedy, [argument]);
}
