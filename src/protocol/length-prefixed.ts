/** Bytes one after another. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Each part after its length in two bytes (RFC 9497 §1.2, I2OSP), so that no two lists of parts give the same bytes. */
export function lengthPrefixed(...parts: readonly Uint8Array[]): Uint8Array {
  return joined(...parts.flatMap((part) => [twoBytes(part.length), part]));
}

/** A number below 65,536 in two bytes, the larger first. */
export function twoBytes(value: number): Uint8Array {
  if (value > 0xffff) throw new RangeError('longer than 65,535 bytes (RFC 9497 §1.2)');
  return Uint8Array.of(value >> 8, value & 0xff);
}

/** A whole number from 0 to 2^53 - 1 in eight bytes, the largest first. */
export function eightBytes(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('not a whole number from 0 on');
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
