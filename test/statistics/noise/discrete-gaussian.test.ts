import { describe, expect, it } from '@jest/globals';
import { approximate, halfWidth95, rational } from '../../../src/protocol/privacy/index.js';
import { drawDiscreteGaussian } from '../../../src/statistics/noise/discrete-gaussian.js';
import { fits } from './goodness-of-fit.js';
import { seededSource } from './seeded-source.js';

const DRAWS = 20_000;
const drawnAt = (n: bigint, d: bigint) => {
  const source = seededSource(`gaussian ${n}/${d}`);
  return Array.from({ length: DRAWS }, () => drawDiscreteGaussian(rational(n, d), source));
};
const weightAt = (square: number) => (x: number) => Math.exp((-x * x) / (2 * square));

describe('the discrete Gaussian distribution', () => {
  it.each([
    [1n, 5n],
    [1n, 1n],
    [5n, 2n],
    [37n, 1n],
    [250n, 1n],
  ])('is what is drawn, at variance %s/%s', (n, d) => {
    const drawn = drawnAt(n, d);
    const square = approximate(rational(n, d));
    const like = (variance: number) =>
      fits({ drawn, weightOf: weightAt(variance), reach: Math.ceil(8 * Math.sqrt(variance)) + 2 });
    expect(like(square)).toBe(true);
    expect(like(square * 1.15)).toBe(false);
  });

  it('is drawn as well where the variance is a long fraction', () => {
    const source = seededSource('long');
    const variance = rational(10n ** 30n + 7n, 3n * 10n ** 28n);
    const drawn = Array.from({ length: DRAWS }, () => drawDiscreteGaussian(variance, source));
    expect(fits({ drawn, weightOf: weightAt(100 / 3), reach: 50 })).toBe(true);
  });

  it('has no variance of 0', () => {
    expect(() => drawDiscreteGaussian(rational(0n, 1n), seededSource(''))).toThrow(RangeError);
  });
});

describe('the width within which 95 of 100 draws lie', () => {
  it('covers what is drawn', () => {
    const width = BigInt(halfWidth95(rational(37n, 1n)));
    const within = drawnAt(37n, 1n).filter((x) => -width <= x && x <= width).length / DRAWS;
    expect(within).toBeGreaterThan(0.945);
    expect(within).toBeLessThan(0.97);
  });
});
