import { type CountSeries, exposureAt, type PastPeriod, type PeriodsBack, termsAt } from './count-series.js';
import { outbreaksIn } from './past-outbreaks.js';
import { fitPoisson, type Observation, predict } from './poisson-regression.js';
import { quantileOfT, upperTailOfT } from './student-t.js';

/** What the past lets one expect of the period under question. */
export interface Expectation {
  readonly mean: number;
  /** Variance of the counts over their mean, as is estimated, and no less than by chance alone: 1, of a share what the share leaves. */
  readonly dispersion: number;
  /** The standard deviation of the count about the mean: its own, and that of the mean being estimated. */
  readonly deviation: number;
  /** Degrees of freedom: periods that the fit rests on, less its terms. */
  readonly freedom: number;
  /** Past outbreaks, which were left out of the fit. */
  readonly leftOut: PeriodsBack;
}

/** Fits the past, leaves out its outbreaks and fits what remains. Null when there is no fit. */
export function expectationOf(series: CountSeries, past: readonly PastPeriod[]): Expectation | null {
  const exposure = exposureAt(series, series.counts.length - 1);
  if (exposure === null) return null;
  const observations = past.map((one) => ({ ...one, terms: termsAt(series, one.back) }));
  const first = fitPoisson(observations);
  if (!first) return null;
  const least = leastDispersion(series, observations);
  const outbreak = outbreaksIn(observations, first, least);
  const leftOut = past.filter((_, at) => outbreak[at]).map(({ back }) => back);
  const fit = leftOut.length > 0 ? fitPoisson(observations.filter((_, at) => !outbreak[at])) : first;
  if (!fit) return null;
  const { mean, variance } = predict(fit, { exposure, terms: termsAt(series, 0) });
  const dispersion = Math.max(least, fit.dispersion);
  const deviation = Math.sqrt(dispersion * (mean + variance));
  return mean > 0 && deviation < Infinity ? { mean, dispersion, deviation, freedom: fit.freedom, leftOut } : null;
}

/** Variance over mean by chance alone: that of Poisson counts, of a share that of binomial ones. It is kept from nothing, for no estimate is that sure. */
function leastDispersion({ totals }: CountSeries, observations: readonly Observation[]): number {
  if (!totals) return 1;
  const sum = (valueOf: (one: Observation) => number): number =>
    observations.reduce((all, one) => all + valueOf(one), 0);
  return Math.max(0.05, 1 - sum(({ count }) => count) / sum(({ exposure }) => exposure));
}

/** The probability of so high a count or a higher one, if nothing changed. */
export function probabilityOf(count: number, { mean, dispersion, deviation, freedom }: Expectation): number {
  const power = symmetrisingPower(dispersion);
  const reached = Math.max(0, count - 0.5); // counts are whole: continuity correction
  return upperTailOfT((reached ** power - mean ** power) / (power * mean ** (power - 1) * deviation), freedom);
}

/** The count, not rounded, whose probability is the level: one above it is less probable. */
export function upperBoundAt(level: number, { mean, dispersion, deviation, freedom }: Expectation): number {
  const power = symmetrisingPower(dispersion);
  return mean * (1 + (quantileOfT(level, freedom) * power * deviation) / mean) ** (1 / power) + 0.5;
}

/**
 * The power that makes the distribution of counts symmetric: 1 - κ₃ mean / 3κ₂², with the cumulants κ₂ = φ mean and κ₃ = φ(2φ - 1) mean of negative binomial
 * counts, as of binomial ones (φ below 1). 2/3 for Poisson counts (φ = 1), as in Farrington et al. 1996; toward 1/3, which is Wilson and Hilferty's for the gamma distribution, as φ grows.
 */
function symmetrisingPower(dispersion: number): number {
  return (dispersion + 1) / (3 * dispersion);
}
