import { type Rational, rational } from '../../protocol/privacy/index.js';
import { drawBernoulli, drawBernoulliExp } from './bernoulli.js';
import { type RandomSource, uniformBelow } from './random-source.js';

const ONE = rational(1n, 1n);
const HALF = rational(1n, 2n);

/**
 * A whole number x with probability proportional to exp(-|x| / scale), exactly (Canonne, Kamath and Steinke 2020, Algorithm 2). Throws RangeError for a scale
 * that is not positive.
 */
export function drawDiscreteLaplace(scale: Rational, source: RandomSource): bigint {
  const { numerator: t, denominator: s } = scale;
  if (t <= 0n) throw new RangeError('the scale of a discrete Laplace draw is not positive');
  for (;;) {
    const rest = uniformBelow(t, source);
    if (!drawBernoulliExp(rational(rest, t), source)) continue;
    let rounds = 0n;
    while (drawBernoulliExp(ONE, source)) rounds++;
    const magnitude = (rest + t * rounds) / s;
    const negative = drawBernoulli(HALF, source);
    if (negative && magnitude === 0n) continue; // zero would come twice as often
    return negative ? -magnitude : magnitude;
  }
}
