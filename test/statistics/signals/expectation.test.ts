import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CountSeries, pastOf, termsAt } from '../../../src/statistics/signals/count-series.js';
import {
  type Expectation,
  expectationOf,
  probabilityOf,
  upperBoundAt,
} from '../../../src/statistics/signals/expectation.js';

function expectationAfter(past: readonly (number | null)[], more: Partial<CountSeries> = {}): Expectation | null {
  const series: CountSeries = { period: 'quarter', threshold: 11, seasonal: false, ...more, counts: [...past, 0] };
  return expectationOf(series, pastOf(series).past);
}

describe('what is expected', () => {
  it('after ten quarters of 16 is 16, with a deviation that can be worked out by hand', () => {
    const expected = expectationAfter(new Array<number>(10).fill(16));
    expect(expected).toMatchObject({ dispersion: 1, freedom: 8, leftOut: [] });
    expect(expected?.mean).toBeCloseTo(16, 9);
    // A straight line through x = -10 … -1, at 0: 1/10 + 5.5²/82.5 of the variance of one count is that of the mean.
    expect(expected?.deviation).toBeCloseTo(Math.sqrt(16 * (1 + 1 / 10 + 5.5 ** 2 / 82.5)), 9);
  });

  it('has an upper bound and probabilities that can be worked out by hand', () => {
    const expected: Expectation = { mean: 27, dispersion: 1, deviation: 6, freedom: 8, leftOut: [] };
    // 27 · (1 + 2/3 · 1.8595 · 6 / 27)^1.5 + 1/2, with t of 8 degrees at 0.05
    expect(upperBoundAt(0.05, expected)).toBeCloseTo(27 * (1 + (2 / 3) * 1.859548 * (6 / 27)) ** 1.5 + 0.5, 4);
    expect(probabilityOf(27.5, expected)).toBeCloseTo(0.5, 12);
    // (64^⅔ - 27^⅔) / (⅔ · 27^-⅓ · 6) = (16 - 9) / (4/3) = 5.25, of which t with 8 degrees gives 0.00039
    expect(probabilityOf(64.5, expected)).toBeCloseTo(0.00039, 5);
    // Of dispersion 2 the power is 1/2: (√49 - √25) / (½ · 5 / 25 · 10) = 2, of which t with 2 degrees gives 0.0918
    const overdispersed = { mean: 25, dispersion: 2, deviation: 10, freedom: 2, leftOut: [] };
    expect(probabilityOf(49.5, overdispersed)).toBeCloseTo(0.0917517, 6);
  });

  it('is bounded where the probability is the level', () => {
    const drawn = fc.record({
      mean: fc.double({ min: 1, max: 500, noNaN: true }),
      dispersion: fc.double({ min: 1, max: 20, noNaN: true }),
      deviation: fc.double({ min: 1, max: 100, noNaN: true }),
      freedom: fc.integer({ min: 3, max: 60 }),
      leftOut: fc.constant([]),
    });
    fc.assert(
      fc.property(drawn, fc.double({ min: 1e-5, max: 0.4, noNaN: true }), (expected, level) => {
        const bound = upperBoundAt(level, expected);
        expect(probabilityOf(bound, expected) / level).toBeCloseTo(1, 5);
        expect(probabilityOf(bound + 1, expected)).toBeLessThan(level);
      }),
    );
  });

  it('goes on with a trend, and is the higher the higher what a series ends with', () => {
    expect(expectationAfter([10, 11, 12, 13, 14, 15, 17, 19, 21])?.mean).toBeGreaterThan(21);
    expect(expectationAfter([21, 19, 17, 15, 14, 13, 12, 11, 10])?.mean).toBeLessThan(10);
  });

  it('follows the wave of the year where one is declared', () => {
    const year = [20, 40, 20, 10];
    const past = [...year, ...year, ...year, ...year];
    const [none, crest] = [past, [...past, 20]].map((of) => expectationAfter(of, { seasonal: true })?.mean ?? 0);
    expect(none).toBeCloseTo(20, 0);
    expect(crest).toBeCloseTo(40, 0);
    expect(termsAt({ period: 'month', seasonal: true, counts: [], threshold: null }, 12)[2]).toBeCloseTo(0, 12);
  });

  it('is not moved by a past outbreak, which it names, as soon as twelve periods show what is usual', () => {
    const usual = [18, 22, 20, 19, 23, 20, 17, 21, 20, 22, 19, 20];
    const struck = usual.with(8, 80);
    expect(expectationAfter(struck)?.leftOut).toEqual([4]);
    expect(expectationAfter(struck)?.mean).toBeCloseTo(expectationAfter(usual)?.mean ?? 0, -1);
    expect(expectationAfter(usual)?.leftOut).toEqual([]);
    expect(expectationAfter(usual.with(8, 0))?.leftOut).toEqual([]);
  });

  it('takes a suppressed count in the middle of what it may be', () => {
    const past = [12, null, 14, 13, null, 12, 15, 13];
    expect(expectationAfter(past)).toEqual(
      expectationAfter(
        past.map((count) => count ?? 5),
        { threshold: 11 },
      ),
    );
  });
});
