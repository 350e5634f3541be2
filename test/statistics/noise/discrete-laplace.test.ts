import { describe, expect, it } from '@jest/globals';
import { drawDiscreteLaplace } from '../../../src/statistics/noise/discrete-laplace.js';
import { approximate, rational } from '../../../src/protocol/privacy/index.js';
import { fits } from './goodness-of-fit.js';
import { seededSource } from './seeded-source.js';

const DRAWS = 20_000;

describe('the discrete Laplace distribution', () => {
  it.each([
    [1n, 3n],
    [1n, 1n],
    [5n, 2n],
    [12n, 1n],
  ])('is what is drawn, at scale %s/%s', (t, s) => {
    const scale = rational(t, s);
    const source = seededSource(`laplace ${t}/${s}`);
    const drawn = Array.from({ length: DRAWS }, () => drawDiscreteLaplace(scale, source));
    const like = (b: number) => fits({ drawn, weightOf: (x) => Math.exp(-Math.abs(x) / b), reach: Math.ceil(20 * b) });
    expect(like(approximate(scale))).toBe(true);
    expect(like(approximate(scale) * 1.1)).toBe(false);
  });

  it('has no scale of 0', () => {
    expect(() => drawDiscreteLaplace(rational(0n, 1n), seededSource(''))).toThrow(RangeError);
  });
});
