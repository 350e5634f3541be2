import { inverseOf, type Matrix, product } from './small-matrix.js';

/** Counts and the terms of each, alike in number. */
export interface Observation {
  readonly count: number;
  /** What the expected count is proportional to, above 0. */
  readonly exposure: number;
  readonly terms: readonly number[];
}

/** A Poisson regression with logarithmic link, fitted. */
export interface Fit {
  readonly coefficients: readonly number[];
  /** The expected count of each observation. */
  readonly expected: readonly number[];
  /** How much of each expected count hangs on its own observation, from 0 to 1. */
  readonly leverage: readonly number[];
  /** The variance of the coefficients were the dispersion 1. */
  readonly covariance: Matrix;
  /** Pearson's chi-square over the degrees of freedom, which is 1 for Poisson counts. */
  readonly dispersion: number;
  readonly freedom: number;
}

const MOST_STEPS = 50;
const SETTLED = 1e-10;

/**
 * Fits by iteratively reweighted least squares (McCullagh and Nelder 1989, §2.5). Null when that does not settle, as where every count is zero, or when
 * there are too few observations for the terms.
 */
export function fitPoisson(observations: readonly Observation[]): Fit | null {
  let expected = observations.map(({ count }) => count + 0.5);
  let coefficients: readonly number[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const covariance = inverseOf(informationOf(observations, expected));
    if (!covariance) return null;
    const score = observations.map(({ count, exposure, terms }, at) => {
      const mean = expected[at] ?? 0;
      return terms.map((term) => term * (mean * Math.log(mean / exposure) + count - mean));
    });
    const next = product(covariance, score.reduce(sumOf));
    const moved = next.reduce((most, value, at) => Math.max(most, Math.abs(value - (coefficients[at] ?? Infinity))), 0);
    coefficients = next;
    expected = observations.map(({ exposure, terms }) => exposure * Math.exp(dot(terms, next)));
    if (!expected.every((mean) => mean > 0 && mean < Infinity)) return null;
    if (moved < SETTLED) return fitAt(observations, expected, coefficients);
  }
  return null;
}

/** The expected count at another exposure and other terms, and the variance that it has by being estimated, were the dispersion 1. */
export function predict(
  { coefficients, covariance }: Fit,
  { exposure, terms }: Omit<Observation, 'count'>,
): { mean: number; variance: number } {
  const mean = exposure * Math.exp(dot(terms, coefficients));
  return { mean, variance: mean ** 2 * dot(terms, product(covariance, terms)) };
}

function fitAt(
  observations: readonly Observation[],
  expected: readonly number[],
  coefficients: readonly number[],
): Fit | null {
  const covariance = inverseOf(informationOf(observations, expected));
  const freedom = observations.length - coefficients.length;
  if (!covariance || freedom < 1) return null;
  const means = observations.map(({ count, terms }, at) => ({ count, terms, mean: expected[at] ?? 0 }));
  const chiSquare = means.reduce((sum, { count, mean }) => sum + (count - mean) ** 2 / mean, 0);
  return {
    ...{ coefficients, expected, covariance, freedom },
    leverage: means.map(({ terms, mean }) => mean * dot(terms, product(covariance, terms))),
    dispersion: chiSquare / freedom,
  };
}

/** Fisher's information: the sum of the products of the terms, each weighted with its expected count. */
function informationOf(observations: readonly Observation[], expected: readonly number[]): Matrix {
  const size = observations[0]?.terms.length ?? 0;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) =>
      observations.reduce(
        (sum, { terms }, at) => sum + (expected[at] ?? 0) * (terms[row] ?? 0) * (terms[column] ?? 0),
        0,
      ),
    ),
  );
}

function sumOf(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, at) => value + (b[at] ?? 0));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}
