import { type ContributionBounds, type CountedCell, sensitivitySquaredOf } from './contribution.js';
import { drawDiscreteGaussian, halfWidth95 } from './discrete-gaussian.js';
import type { RandomSource } from './random-source.js';
import type { Rational } from './rational.js';
import { varianceOfGaussian } from './rho.js';

/** What a table with noise costs, and what it rests on. */
export interface NoiseTerms {
  /** Whole micro-rho that the table takes from the budget, from 1 on. */
  readonly rhoMicro: number;
  /** To which the counts were clipped before (`clipContributions`): the promise rests on it. */
  readonly contribution: ContributionBounds;
}

/** A table with noise. Everything in it may be published. */
export interface NoisyTable {
  /** Counts with noise, which may be below 0. Whoever sets those to 0 adds a little to every sum. */
  readonly cells: readonly { readonly cell: string; readonly noisy: number }[];
  readonly rhoMicro: number;
  readonly contribution: ContributionBounds;
  /** σ² of the discrete Gaussian noise in each cell. */
  readonly variance: Rational;
  /** The clipped count lies within so much of the noisy one, 95 times of 100. That is the noise alone, not what was clipped or never reported. */
  readonly halfWidth95: number;
}

/**
 * Adds independent discrete Gaussian noise to every cell of a declared domain, also those that are zero: `countsOver` gives them. Costs `rhoMicro`, which
 * the caller takes from the budget first (`spend`). Throws RangeError for terms or counts that are not whole, and for a cell that stands there twice.
 */
export function noisyTable(cells: readonly CountedCell[], terms: NoiseTerms, source: RandomSource): NoisyTable {
  const { rhoMicro, contribution } = terms;
  if (new Set(cells.map(({ cell }) => cell)).size < cells.length)
    throw new RangeError('a cell stands twice in a table');
  const variance = varianceOfGaussian(sensitivitySquaredOf(contribution), rhoMicro);
  return {
    cells: cells.map(({ cell, count }) => ({ cell, noisy: withNoise(count, variance, source) })),
    ...{ rhoMicro, contribution, variance },
    halfWidth95: halfWidth95(variance),
  };
}

function withNoise(count: number, variance: Rational, source: RandomSource): number {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('a count that is not a whole number from 0 on');
  const noisy = Number(BigInt(count) + drawDiscreteGaussian(variance, source));
  if (!Number.isSafeInteger(noisy)) throw new RangeError('noise too wide for a count');
  return noisy;
}
