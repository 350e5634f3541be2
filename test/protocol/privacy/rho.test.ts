import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { epsilonOf, rational, rhoMicroOfGaussian, varianceOfGaussian } from '../../../src/protocol/privacy/index.js';

const ONE = rational(1n, 1n);
const positive = fc.bigInt({ min: 1n, max: 1_000_000n });

describe('the cost of a release', () => {
  it('is Δ²/2σ², rounded up', () => {
    expect(rhoMicroOfGaussian(ONE, rational(50n, 1n))).toBe(10_000);
    expect(rhoMicroOfGaussian(rational(4n, 1n), rational(3n, 1n))).toBe(666_667);
    expect(() => rhoMicroOfGaussian(ONE, rational(0n, 1n))).toThrow(RangeError);
  });

  it('is got back from the variance that was chosen for it, and never less', () => {
    fc.assert(
      fc.property(positive, positive, (sensitivity, rhoMicro) => {
        const variance = varianceOfGaussian(rational(sensitivity, 3n), Number(rhoMicro));
        expect(rhoMicroOfGaussian(rational(sensitivity, 3n), variance)).toBe(Number(rhoMicro));
      }),
    );
    expect(() => varianceOfGaussian(ONE, 0)).toThrow(RangeError);
    expect(() => varianceOfGaussian(ONE, 0.5)).toThrow(RangeError);
  });
});

describe('the ε of a cost at a δ', () => {
  const cases = fc.record({
    rhoMicro: fc.integer({ min: 1, max: 20_000_000 }),
    digits: fc.double({ min: 1, max: 15, noNaN: true }),
  });

  it('is nothing when nothing was spent, and what the formula of Bun and Steinke gives at most', () => {
    expect(epsilonOf(0, 1e-6)).toBe(0);
    fc.assert(
      fc.property(cases, ({ rhoMicro, digits }) => {
        const [rho, delta] = [rhoMicro / 1e6, 10 ** -digits];
        const epsilon = epsilonOf(rhoMicro, delta);
        expect(epsilon).toBeLessThanOrEqual(rho + 2 * Math.sqrt(rho * -Math.log(delta)));
        expect(epsilon).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is the least that the δ of that ε, by the same source, allows', () => {
    // δ(ε) = inf over α of exp((α - 1)(αρ - ε)) / (α - 1) · (1 - 1/α)^α, searched on a grid here.
    for (const [rho, delta] of [
      [0.01, 1e-6],
      [0.1, 1e-6],
      [0.5, 1e-5],
      [2.56, 1e-10],
    ] as const) {
      const epsilon = epsilonOf(rho * 1e6, delta);
      let least = Infinity;
      for (let step = -6000; step < 9000; step++) {
        const alpha = 1 + Math.exp(step / 1000);
        const log = (alpha - 1) * (alpha * rho - epsilon) - Math.log(alpha - 1) + alpha * Math.log1p(-1 / alpha);
        least = Math.min(least, log);
      }
      expect(least).toBeCloseTo(Math.log(delta), 4);
    }
  });

  it('grows with the cost and falls with δ', () => {
    expect(epsilonOf(200_000, 1e-6)).toBeGreaterThan(epsilonOf(100_000, 1e-6));
    expect(epsilonOf(100_000, 1e-9)).toBeGreaterThan(epsilonOf(100_000, 1e-6));
  });

  it.each([0, 1, -1, Number.NaN])('is not asked for at δ = %d', (delta) => {
    expect(() => epsilonOf(1, delta)).toThrow(RangeError);
  });
});
