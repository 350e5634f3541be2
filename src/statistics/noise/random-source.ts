import { randomFillSync } from 'node:crypto';

/** Where samplers take uniformly random bytes from. Each byte is given once. */
export interface RandomSource {
  /** So many bytes, which the caller may keep and change. */
  bytes(count: number): Uint8Array;
}

/** So many bytes are drawn at once, as a sampler asks for a few at a time. */
const POOL = 4096;

/**
 * The operating system's randomness (node:crypto). Anything that can be foretold, such as a seeded source, gives the noise away and belongs in
 * tests alone.
 */
export function secureSource(): RandomSource {
  let pool = new Uint8Array(0);
  let at = 0;
  return {
    bytes(count) {
      if (at + count > pool.length) {
        pool = randomFillSync(new Uint8Array(Math.max(POOL, count)));
        at = 0;
      }
      const taken = pool.slice(at, at + count);
      pool.fill(0, at, at + count); // noise that was added must not be found in memory later
      at += count;
      return taken;
    },
  };
}

/** A whole number from 0 to `bound` - 1, each exactly as likely as the others: what lies above is drawn again. Throws RangeError unless `bound` is positive. */
export function uniformBelow(bound: bigint, source: RandomSource): bigint {
  if (bound <= 0n) throw new RangeError('the bound of a uniform draw is not positive');
  if (bound === 1n) return 0n;
  const bits = (bound - 1n).toString(2).length;
  const size = Math.ceil(bits / 8);
  const mask = (1n << BigInt(bits)) - 1n;
  for (;;) {
    let drawn = 0n;
    for (const byte of source.bytes(size)) drawn = (drawn << 8n) | BigInt(byte);
    drawn &= mask;
    if (drawn < bound) return drawn;
  }
}
