import { describe, expect, it } from '@jest/globals';
import { fitPoisson, predict } from '../../../src/statistics/signals/poisson-regression.js';

/** Dobson 1990, page 93: counts by outcome (1 to 3) and treatment (1 to 3), the example of R's `glm`. */
const DOBSON = [18, 17, 15, 20, 10, 20, 25, 13, 12].map((count, at) => {
  const [outcome, treatment] = [at % 3, Math.floor(at / 3)];
  return { count, exposure: 1, terms: [1, +(outcome === 1), +(outcome === 2), +(treatment === 1), +(treatment === 2)] };
});

describe('a Poisson regression', () => {
  it('has the coefficients and standard errors that R prints for the example of Dobson', () => {
    const fit = fitPoisson(DOBSON);
    const rounded = (values: readonly number[], digits: number) => values.map((value) => +value.toFixed(digits) + 0);
    expect(rounded(fit?.coefficients ?? [], 6)).toEqual([3.044522, -0.454255, -0.292987, 0, 0]);
    const errors = fit?.covariance.map((row, at) => Math.sqrt(row[at] ?? Number.NaN)) ?? [];
    expect(rounded(errors, 4)).toEqual([0.1709, 0.2022, 0.1927, 0.2, 0.2]);
    expect(fit?.freedom).toBe(4);
  });

  it('with a level alone expects the mean, and has the dispersion that is variance over mean', () => {
    const fit = fitPoisson([4, 6, 5, 9, 6].map((count) => ({ count, exposure: 1, terms: [1] })));
    expect(fit?.expected.map((mean) => +mean.toFixed(9))).toEqual([6, 6, 6, 6, 6]);
    expect(fit?.dispersion).toBeCloseTo((4 + 0 + 1 + 9 + 0) / 6 / 4, 9);
    expect(fit?.leverage[0]).toBeCloseTo(1 / 5, 9);
    if (!fit) throw new Error('no fit');
    // The mean of five Poisson counts has a fifth of their variance.
    expect(predict(fit, { exposure: 1, terms: [1] }).variance).toBeCloseTo(6 / 5, 9);
  });

  it('carries a doubling on', () => {
    const fit = fitPoisson([1, 2, 4, 8, 16].map((count, at) => ({ count, exposure: 1, terms: [1, at] })));
    if (!fit) throw new Error('no fit');
    expect(fit.coefficients[1]).toBeCloseTo(Math.log(2), 9);
    expect(predict(fit, { exposure: 1, terms: [1, 5] }).mean).toBeCloseTo(32, 6);
    expect(fit.dispersion).toBeCloseTo(0, 9);
  });

  it('of a share with a level alone expects what all counts are of all that they are part of', () => {
    const fit = fitPoisson(
      [
        [4, 40],
        [6, 20],
        [20, 240],
      ].map(([count = 0, exposure = 0]) => ({ count, exposure, terms: [1] })),
    );
    if (!fit) throw new Error('no fit');
    expect(fit.expected.map((mean) => +mean.toFixed(9))).toEqual([4, 2, 24]);
    // A tenth of 50, known as well as the 30 counts tell: by a variance of 0.1² · 50² / 30.
    const { mean, variance } = predict(fit, { exposure: 50, terms: [1] });
    expect([mean, variance]).toEqual([expect.closeTo(5, 9), expect.closeTo(25 / 30, 9)]);
  });

  it.each([
    ['every count is zero', [0, 0, 0, 0]],
    ['only the last is not', [0, 0, 0, 9]],
    ['there are as many terms as counts', [3, 4]],
  ])('has no fit where %s', (_, counts) => {
    expect(fitPoisson(counts.map((count, at) => ({ count, exposure: 1, terms: [1, at] })))).toBeNull();
  });
});
