import { drawBernoulliExp } from './bernoulli.js';
import { drawDiscreteLaplace } from './discrete-laplace.js';
import type { RandomSource } from './random-source.js';
import { approximate, type Rational, rational, wholeSquareRoot } from './rational.js';

/**
 * A whole number x with probability proportional to exp(-x² / 2σ²), exactly, where `variance` is σ² (Canonne, Kamath and Steinke 2020, Algorithm 3).
 * How long that takes depends on what is drawn. Throws RangeError for a variance that is not positive.
 */
export function drawDiscreteGaussian(variance: Rational, source: RandomSource): bigint {
  const { numerator: n, denominator: d } = variance;
  if (n <= 0n) throw new RangeError('the variance of a discrete Gaussian draw is not positive');
  const t = wholeSquareRoot(n / d) + 1n; // ⌊σ⌋ + 1
  for (;;) {
    const drawn = drawDiscreteLaplace(rational(t, 1n), source);
    const magnitude = drawn < 0n ? -drawn : drawn;
    // (|y| - σ²/t)² / 2σ² with σ² = n/d, over one denominator
    const distance = magnitude * d * t - n;
    if (drawBernoulliExp(rational(distance * distance, 2n * n * d * t * t), source)) return drawn;
  }
}

/** The 0.975 quantile of the standard normal distribution. */
const NORMAL_975 = 1.959963984540054;
/** Above this σ the discrete and the continuous distribution have the same quantiles, rounded up. */
const LARGE = 10_000;

/** The smallest k for which what `drawDiscreteGaussian` gives lies in -k to k at least 95 times of 100. For reading: computed in floating point. */
export function halfWidth95(variance: Rational): number {
  const square = approximate(variance);
  const deviation = Math.sqrt(square);
  if (deviation > LARGE) return Math.ceil(NORMAL_975 * deviation);
  const weights = [1];
  for (let x = 1; x <= 12 * deviation + 12; x++) weights.push(2 * Math.exp((-x * x) / (2 * square)));
  const wanted = 0.95 * weights.reduce((sum, weight) => sum + weight, 0);
  let within = 0;
  return weights.findIndex((weight) => (within += weight) >= wanted);
}
