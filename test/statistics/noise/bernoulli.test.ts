import { describe, expect, it } from '@jest/globals';
import { drawBernoulli, drawBernoulliExp } from '../../../src/statistics/noise/bernoulli.js';
import type { RandomSource } from '../../../src/statistics/noise/random-source.js';
import { approximate, type Rational, rational } from '../../../src/protocol/privacy/index.js';
import { seededSource } from './seeded-source.js';

const DRAWS = 100_000;

function shareOf(draw: (p: Rational, source: RandomSource) => boolean, p: Rational): number {
  const source = seededSource(`${p.numerator}/${p.denominator}`);
  let hits = 0;
  for (let i = 0; i < DRAWS; i++) if (draw(p, source)) hits++;
  return hits / DRAWS;
}

const deviationOf = (p: number) => Math.sqrt((p * (1 - p)) / DRAWS);

describe('a draw of a rational probability', () => {
  it.each([rational(0n, 1n), rational(1n, 3n), rational(999n, 1000n), rational(1n, 1n)])(
    'is as likely as that',
    (p) => {
      const probability = approximate(p);
      expect(Math.abs(shareOf(drawBernoulli, p) - probability)).toBeLessThanOrEqual(5 * deviationOf(probability));
    },
  );

  it.each([rational(-1n, 2n), rational(3n, 2n)])('refuses what is no probability', (p) => {
    expect(() => drawBernoulli(p, seededSource(''))).toThrow(RangeError);
  });
});

describe('a draw of probability exp(-x)', () => {
  it.each([
    [0n, 1n],
    [1n, 1_000_000_000_000_000_000_000n],
    [1n, 10n],
    [1n, 2n],
    [2n, 3n],
    [1n, 1n],
    [3n, 2n],
    [2n, 1n],
    [41n, 8n],
  ])('is as likely as that for x = %s/%s', (numerator, denominator) => {
    const x = rational(numerator, denominator);
    const probability = Math.exp(-approximate(x));
    expect(Math.abs(shareOf(drawBernoulliExp, x) - probability)).toBeLessThanOrEqual(5 * deviationOf(probability));
  });

  it('follows the steps of the algorithm: it is true when the first draw to fail is at an odd place', () => {
    // For x = 1/2 the draws are below 2, 4, 6 …, and succeed with 0. One bit or two or three are read of each byte.
    const result = (...bytes: number[]) =>
      drawBernoulliExp(rational(1n, 2n), { bytes: (count) => Uint8Array.from(bytes.splice(0, count)) });
    expect(result(1)).toBe(true);
    expect(result(0, 1)).toBe(false);
    expect(result(0, 0, 5)).toBe(true);
    expect(result(0, 0, 7, 6, 0, 1)).toBe(false);
  });

  it('refuses what would be likelier than certain', () => {
    expect(() => drawBernoulliExp(rational(-1n, 2n), seededSource(''))).toThrow(RangeError);
  });
});
