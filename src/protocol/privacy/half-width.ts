import { approximate, type Rational } from './rational.js';

/** The 0.975 quantile of the standard normal distribution. */
const NORMAL_975 = 1.959963984540054;
/** Above this σ the discrete and the continuous distribution have the same quantiles, rounded up. */
const LARGE = 10_000;

/** The smallest k for which what a discrete Gaussian of this variance gives lies in -k to k at least 95 times of 100. For reading: computed in floating point. */
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
