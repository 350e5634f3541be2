import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeCanonicalBase64url, encodeBase64url, Refusal } from '../protocol/index.js';

/**
 * Cursors name the alert at which a page ends, never its place in the log: a place would tell how much happened in between that the reader
 * may not know of. They are bound by a keyed hash to the member and the list (filter and order) that they were given for.
 */
export class Cursors {
  constructor(private readonly secret: Uint8Array) {}

  /** `list` spells the member, filter and order canonically; `id` is a UUID. */
  seal(list: string, id: string): string {
    const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
    return encodeBase64url(Buffer.concat([bytes, this.tag(list, bytes)]));
  }

  /** The UUID in a cursor. Throws `Refusal` ARGUMENT_INVALID for a cursor of another list, another member, or none of ours. */
  open(list: string, cursor: string, argument: string): string {
    const bytes = cursor.length === 43 ? decodeCanonicalBase64url(cursor) : null;
    if (!bytes || !timingSafeEqual(bytes.subarray(16), this.tag(list, bytes.subarray(0, 16)))) {
      throw new Refusal(
        'ARGUMENT_INVALID',
        'The cursor does not belong to this list.',
        'Use a cursor that this same query gave, or begin anew without one.',
        [argument],
      );
    }
    const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  private tag(list: string, id: Uint8Array): Buffer {
    return createHmac('sha256', this.secret).update(`${list.length}:`).update(list).update(id).digest().subarray(0, 16);
  }
}
