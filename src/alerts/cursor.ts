import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { decodeCanonicalBase64url, encodeBase64url, Refusal } from '../protocol/index.js';

const ID = 16;
const NONCE = 12;
const TAG = 16;

/** The cursors of one list. */
export interface ListCursors {
  /** The cursor at an item; the same item of the same list has always the same. */
  of(item: string): string;
  /** The item of a cursor that the argument of this name gave. Throws `Refusal` ARGUMENT_INVALID for a cursor of another list, another member, or none of ours. */
  open(cursor: string, argument: string): string;
}

/**
 * Cursors name the item at which a page ends, never a place in the log, and hold only for the list that they belong to: member, filter and order, which
 * `list` spells canonically. Nobody can make one, use it for another list, or learn from it how much lies in between.
 */
export class Cursors {
  private readonly signKey: Buffer;
  private readonly sealKey: Buffer;
  private readonly nonceKey: Buffer;

  constructor(secret: Uint8Array) {
    const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
    [this.signKey, this.sealKey, this.nonceKey] = [
      derived('cursor sign'),
      derived('cursor seal'),
      derived('cursor nonce'),
    ];
  }

  /** Cursors at UUIDs that the reader sees in the page itself: signed. */
  ofIds(list: string): ListCursors {
    // An id is one block of AES, which under a key of the list's own is a keyed hash of it, at a tenth of what HMAC costs.
    const key = createHmac('sha256', this.signKey).update(list).digest();
    const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    const tagOf = (id: Uint8Array) => cipher.update(id);
    return {
      of(item) {
        const id = Buffer.from(item.replaceAll('-', ''), 'hex');
        return Buffer.concat([id, tagOf(id)]).toString('base64url');
      },
      open(cursor, argument) {
        const bytes = cursor.length <= 100 ? decodeCanonicalBase64url(cursor) : null;
        if (bytes?.length !== ID + TAG) throw notOurs(argument);
        const id = bytes.subarray(0, ID);
        if (!timingSafeEqual(bytes.subarray(ID), tagOf(id))) throw notOurs(argument);
        return Buffer.from(id)
          .toString('hex')
          .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      },
    };
  }

  /**
   * Cursors at items that the reader must not know: sealed (AES-256-GCM). The nonce is a keyed hash of the content (as in RFC 5297), so that the same item
   * has the same cursor and no nonce ever serves two contents.
   */
  ofSecrets(list: string): ListCursors {
    const associated = Buffer.from(list);
    return {
      of: (item) => {
        const whole = createHmac('sha256', this.nonceKey)
          .update(JSON.stringify([list, item]))
          .digest();
        const nonce = whole.subarray(0, NONCE);
        const cipher = createCipheriv('aes-256-gcm', this.sealKey, nonce).setAAD(associated);
        return encodeBase64url(
          Buffer.concat([nonce, cipher.update(item, 'utf8'), cipher.final(), cipher.getAuthTag()]),
        );
      },
      open: (cursor, argument) => {
        const bytes = cursor.length <= 200 ? decodeCanonicalBase64url(cursor) : null;
        if (!bytes || bytes.length <= NONCE + TAG) throw notOurs(argument);
        try {
          const decipher = createDecipheriv('aes-256-gcm', this.sealKey, bytes.subarray(0, NONCE)).setAAD(associated);
          decipher.setAuthTag(bytes.subarray(-TAG));
          return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
        } catch {
          throw notOurs(argument);
        }
      },
    };
  }
}

function notOurs(argument: string): Refusal {
  const remedy = 'Use a cursor that this same query gave, or begin anew without one.';
  return new Refusal('ARGUMENT_INVALID', 'The cursor does not belong to this list.', remedy, [argument]);
}
