import { type Rational, rational } from '../../protocol/privacy/index.js';
import { type RandomSource, uniformBelow } from './random-source.js';

/** True with exactly this probability. Throws RangeError for one outside 0 to 1. */
export function drawBernoulli({ numerator, denominator }: Rational, source: RandomSource): boolean {
  if (numerator < 0n || numerator > denominator) throw new RangeError('a probability outside 0 to 1');
  return uniformBelow(denominator, source) < numerator;
}

/**
 * True with probability exp(-exponent), exactly, though that number is irrational (Canonne, Kamath and Steinke 2020, Algorithm 1). Throws RangeError for an
 * exponent below 0.
 */
export function drawBernoulliExp(exponent: Rational, source: RandomSource): boolean {
  const { numerator, denominator } = exponent;
  if (numerator < 0n) throw new RangeError('a probability above 1');
  // exp(-(whole + rest)) is one exp(-1) after another, then exp(-rest).
  for (let whole = numerator / denominator; whole > 0n; whole--)
    if (!drawBernoulliExpWithinOne({ numerator: 1n, denominator: 1n }, source)) return false;
  return drawBernoulliExpWithinOne(rational(numerator % denominator, denominator), source);
}

/** Exponents from 0 to 1: draws of probability γ/1, γ/2, γ/3 … until one fails, which it does at an odd place with probability exp(-γ). */
function drawBernoulliExpWithinOne({ numerator, denominator }: Rational, source: RandomSource): boolean {
  let place = 1n;
  while (drawBernoulli({ numerator, denominator: denominator * place }, source)) place++;
  return place % 2n === 1n;
}
