import type { LinkageKey } from './linkage-keys.js';
import { NORMALISER_VERSION } from './profile.js';

const ENCODING_VERSION = '1';
const LENGTH_BYTES = 2;
const LONGEST_FIELD = 0xffff;
const encoder = new TextEncoder();

/**
 * The bytes that are blinded: encoding version, epoch, class, key id, normaliser version and the values, each as UTF-8 after its length in two bytes,
 * big-endian. No separators, so that two different keys never give the same bytes.
 */
export function encodeLinkageKey(epoch: string, { id, class: keyClass, values }: LinkageKey): Uint8Array {
  const fields = [ENCODING_VERSION, epoch, keyClass, id, String(NORMALISER_VERSION), ...values].map((field) =>
    encoder.encode(field),
  );
  const bytes = new Uint8Array(fields.reduce((sum, field) => sum + LENGTH_BYTES + field.length, 0));
  let at = 0;
  for (const field of fields) {
    if (field.length > LONGEST_FIELD)
      throw new RangeError('a field of a linkage key is longer than its length can say');
    bytes[at] = field.length >> 8;
    bytes[at + 1] = field.length & 0xff;
    bytes.set(field, at + LENGTH_BYTES);
    at += LENGTH_BYTES + field.length;
  }
  return bytes;
}
