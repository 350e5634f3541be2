import { setImmediate } from 'node:timers/promises';
import { type NoiseTerms, type Rational, type StatedNoise, statedNoise } from '../../protocol/privacy/index.js';
import type { CountedCell } from './contribution.js';
import { drawDiscreteGaussian } from './discrete-gaussian.js';
import type { RandomSource } from './random-source.js';

/** For how long noise is drawn before others get their turn, milliseconds. */
const AT_ONCE = 8;

/** A table with noise. Everything in it may be published. */
export interface NoisyTable extends StatedNoise {
  /** Counts with noise, which may be below 0. Whoever sets those to 0 adds a little to every sum. */
  readonly cells: readonly { readonly cell: string; readonly noisy: number }[];
}

/**
 * Adds independent discrete Gaussian noise to every cell of a declared domain, also those that are zero: `DomainCounts` gives them. Costs `rhoMicro`, which
 * has to be taken from the budget before anybody sees the table (`spend`). Others get their turn between the draws. Rejects with RangeError for terms or counts that
 * are not whole, and for a cell that stands there twice.
 */
export async function noisyTable(
  cells: readonly CountedCell[],
  terms: NoiseTerms,
  source: RandomSource,
): Promise<NoisyTable> {
  if (new Set(cells.map(({ cell }) => cell)).size < cells.length)
    throw new RangeError('a cell stands twice in a table');
  const stated = statedNoise(terms);
  const noisy: { cell: string; noisy: number }[] = [];
  let begun = performance.now();
  for (const { cell, count } of cells) {
    noisy.push({ cell, noisy: withNoise(count, stated.variance, source) });
    if (performance.now() - begun < AT_ONCE) continue;
    await setImmediate();
    begun = performance.now();
  }
  return { ...stated, cells: noisy };
}

function withNoise(count: number, variance: Rational, source: RandomSource): number {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('a count that is not a whole number from 0 on');
  const noisy = Number(BigInt(count) + drawDiscreteGaussian(variance, source));
  if (!Number.isSafeInteger(noisy)) throw new RangeError('noise too wide for a count');
  return noisy;
}
