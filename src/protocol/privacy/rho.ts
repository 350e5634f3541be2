import { type Rational, rational } from './rational.js';

const MICRO = 1_000_000n;

/**
 * What a release costs in which one person can move the counts by so much (L2, squared) under discrete Gaussian noise of this variance, rounded up to
 * whole micro-rho (millionths of ρ).
 */
export function rhoMicroOfGaussian(sensitivitySquared: Rational, variance: Rational): number {
  // ρ = Δ² / 2σ², for the discrete Gaussian as for the continuous one: Canonne, Kamath and Steinke 2020. Cells are independent, and their ρ add up.
  const numerator = sensitivitySquared.numerator * variance.denominator * MICRO;
  const denominator = 2n * sensitivitySquared.denominator * variance.numerator;
  if (numerator <= 0n || denominator <= 0n) throw new RangeError('a sensitivity or variance that is not positive');
  return asSafeNumber((numerator + denominator - 1n) / denominator);
}

/** The variance of the noise for which a release costs exactly this: σ² = Δ² / 2ρ. */
export function varianceOfGaussian(sensitivitySquared: Rational, rhoMicro: number): Rational {
  assertRhoMicro(rhoMicro);
  if (rhoMicro === 0) throw new RangeError('no noise is wide enough for a release that costs nothing');
  return rational(sensitivitySquared.numerator * MICRO, 2n * sensitivitySquared.denominator * BigInt(rhoMicro));
}

/**
 * The ε for which what costs so much in all is (ε, δ)-differentially private: the least over α > 1 of αρ + ln(1/(αδ))/(α - 1) + ln(1 - 1/α) (Canonne,
 * Kamath and Steinke 2020; their program `cdp2adp.py` searches the same bound). Never above ρ + 2√(ρ ln(1/δ)) (Bun and Steinke 2016, Proposition 1.3).
 * Every α gives a true bound, so that a search that stops early gives a larger ε, not a false one. Throws RangeError for a δ that is not between 0 and 1.
 */
export function epsilonOf(rhoMicro: number, delta: number): number {
  assertRhoMicro(rhoMicro);
  if (!(delta > 0 && delta < 1)) throw new RangeError('delta is not between 0 and 1');
  if (rhoMicro === 0) return 0;
  const rho = rhoMicro / Number(MICRO);
  const bound = (beyondOne: number): number =>
    (1 + beyondOne) * rho -
    (Math.log(delta) + Math.log1p(beyondOne)) / beyondOne +
    Math.log(beyondOne) -
    Math.log1p(beyondOne);
  // The slope in α is ρ + ln(αδ)/(α - 1)², which changes its sign once, below the α that the bound of Bun and Steinke takes.
  let [low, high] = [0, Math.sqrt(-Math.log(delta) / rho)];
  for (let halvings = 0; halvings < 100; halvings++) {
    const middle = (low + high) / 2;
    const rises = rho + (Math.log(delta) + Math.log1p(middle)) / middle ** 2 > 0;
    [low, high] = rises ? [low, middle] : [middle, high];
  }
  return Math.max(0, bound(high));
}

/** Throws RangeError unless the number is whole, from 0 on, and added without rounding. */
export function assertRhoMicro(rhoMicro: number): void {
  if (!Number.isSafeInteger(rhoMicro) || rhoMicro < 0)
    throw new RangeError('not a whole number of micro-rho from 0 on');
}

function asSafeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('too much to be counted exactly');
  return Number(value);
}
