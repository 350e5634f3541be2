import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quantileOfT, upperTailOfT } from '../../../src/statistics/signals/student-t.js';

describe("Student's t", () => {
  // Critical values as tabulated in the NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7.2, and Abramowitz and Stegun, table 26.10.
  it.each([
    [1, 0.05, 6.314],
    [1, 0.025, 12.706],
    [2, 0.005, 9.925],
    [3, 0.001, 10.215],
    [5, 0.01, 3.365],
    [6, 0.05, 1.943],
    [10, 0.025, 2.228],
    [17, 0.005, 2.898],
    [30, 0.001, 3.385],
    [58, 0.05, 1.672],
    [100, 0.025, 1.984],
  ])('of %i degrees of freedom is exceeded with probability %d from %d on', (freedom, upperTail, t) => {
    expect(quantileOfT(upperTail, freedom)).toBeCloseTo(t, 3);
  });

  it('has the closed forms of one and two degrees of freedom', () => {
    for (const t of [-3, -0.5, 0, 0.1, 1, 7]) {
      expect(upperTailOfT(t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 14);
      expect(upperTailOfT(t, 2)).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 14);
    }
  });

  it('is symmetric, falls, and is undone by its quantile', () => {
    const freedom = fc.integer({ min: 1, max: 120 });
    const t = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(freedom, t, (of, at) => {
        expect(upperTailOfT(at, of) + upperTailOfT(-at, of)).toBeCloseTo(1, 12);
        expect(upperTailOfT(at + 0.1, of)).toBeLessThan(upperTailOfT(at, of));
        const upper = upperTailOfT(Math.abs(at), of);
        if (upper > 1e-9) expect(upperTailOfT(quantileOfT(upper, of), of)).toBeCloseTo(upper, 12);
      }),
    );
  });

  it('refuses what is no probability of an upper half, and no degrees of freedom', () => {
    for (const tail of [0, 0.6, -1, Number.NaN]) expect(() => quantileOfT(tail, 5)).toThrow(RangeError);
    for (const freedom of [0, 1.5, Number.NaN]) expect(() => upperTailOfT(1, freedom)).toThrow(RangeError);
  });
});
