import { type Rational, rational, wholeSquareRoot } from '../../protocol/privacy/index.js';
import { drawBernoulliExp } from './bernoulli.js';
import { drawDiscreteLaplace } from './discrete-laplace.js';
import type { RandomSource } from './random-source.js';

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
