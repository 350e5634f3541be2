import { type ContributionBounds, sensitivitySquaredOf } from './contribution-bounds.js';
import { halfWidth95 } from './half-width.js';
import type { Rational } from './rational.js';
import { epsilonOf, varianceOfGaussian } from './rho.js';

/** The δ at which ε is stated: far less than one in as many persons as a hub counts. */
export const PRIVACY_DELTA = 1e-9;

/** What a table with noise costs, and what it rests on. */
export interface NoiseTerms {
  /** Whole micro-rho that the table takes from the budget, from 1 on. */
  readonly rhoMicro: number;
  /** To which the counts were clipped: the promise rests on it. */
  readonly contribution: ContributionBounds;
}

/** What is said of a table with noise. All of it follows from its terms. */
export interface StatedNoise extends NoiseTerms {
  /** σ² of the discrete Gaussian noise in each cell. */
  readonly variance: Rational;
  /** The clipped count lies within so much of the noisy one, 95 times of 100. That is the noise alone, not what was clipped or never reported. */
  readonly halfWidth95: number;
  /** At `PRIVACY_DELTA`, of this table alone. */
  readonly epsilon: number;
}

/** What is to be said of a table with noise. Throws RangeError for terms that are not whole and positive. */
export function statedNoise({ rhoMicro, contribution }: NoiseTerms): StatedNoise {
  const variance = varianceOfGaussian(sensitivitySquaredOf(contribution), rhoMicro);
  return {
    ...{ rhoMicro, contribution, variance },
    halfWidth95: halfWidth95(variance),
    epsilon: epsilonOf(rhoMicro, PRIVACY_DELTA),
  };
}
