import { describe, expect, it } from '@jest/globals';
import { type RandomSource, secureSource, uniformBelow } from '../../../src/statistics/noise/random-source.js';
import { seededSource } from './seeded-source.js';

function scripted(...bytes: number[]): RandomSource {
  return { bytes: (count) => Uint8Array.from(bytes.splice(0, count)) };
}

describe('a uniform draw', () => {
  it('draws again what lies above its bound, instead of folding it in', () => {
    expect(uniformBelow(5n, scripted(7, 5, 6, 4))).toBe(4n);
    expect(uniformBelow(300n, scripted(0xff, 0xff, 0x01, 0x2b))).toBe(299n);
    expect(uniformBelow(1n << 64n, scripted(...Array<number>(8).fill(0xff)))).toBe((1n << 64n) - 1n);
  });

  it('has nothing to draw below one, and refuses to draw below none', () => {
    expect(uniformBelow(1n, scripted())).toBe(0n);
    expect(() => uniformBelow(0n, scripted())).toThrow(RangeError);
  });

  it.each([2, 3, 10, 255, 257])('below %i gives every number as often', (bound) => {
    const source = seededSource(`below ${bound}`);
    const counts = new Array<number>(bound).fill(0);
    const draws = 400 * bound;
    for (let i = 0; i < draws; i++) {
      const drawn = Number(uniformBelow(BigInt(bound), source));
      counts[drawn] = (counts[drawn] ?? Number.NaN) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 400)).toBeLessThan(6 * 20);
  });
});

describe('the secure source', () => {
  it('gives as many bytes as are asked for, and no byte twice', () => {
    const source = secureSource();
    const taken = [1, 16, 4090, 5000, 16, 16].map((count) => Buffer.from(source.bytes(count)));
    expect(taken.map(({ length }) => length)).toEqual([1, 16, 4090, 5000, 16, 16]);
    const long = taken.filter(({ length }) => length > 1).map((bytes) => bytes.toString('hex').slice(0, 32));
    expect(new Set(long).size).toBe(long.length);
    expect(taken.every((bytes) => bytes.length === 1 || bytes.some((byte) => byte !== 0))).toBe(true);
  });
});
