import { assertCountSeries, type CountSeries, pastOf, PERIODS_A_YEAR, type PeriodsBack } from './count-series.js';
import { type Expectation, expectationOf, probabilityOf, upperBoundAt } from './expectation.js';
import { levelOf } from './false-discoveries.js';

/** Why a series is not judged. */
export type ReasonNotJudged =
  /** Fewer than eight periods of which there is anything to judge by; for a yearly wave fewer than ten quarters or 24 months. */
  | 'TOO_LITTLE_PAST'
  /** More than half of the past is suppressed. */
  | 'TOO_MUCH_SUPPRESSED'
  /** The period under question is suppressed itself. */
  | 'OBSERVED_SUPPRESSED'
  /** The past has fewer than one a period: what is new has no past to rise against. */
  | 'TOO_FEW_COUNTED'
  /** The past does not settle on an expectation. */
  | 'NO_FIT';

/** A series that was judged, with the evidence. */
export interface Judged {
  readonly outcome: 'rises' | 'does-not-rise';
  readonly observed: number;
  /** What its own past lets one expect: level, trend and, for a seasonal series, the wave of the year; of a share, for as many as there are in all. */
  readonly expected: number;
  /** What a count had to be above to be a signal, beside all others that were judged with it. */
  readonly upperBound: number;
  /** (observed - expected) / (upperBound - expected): from 1 on it rises. */
  readonly exceedance: number;
  /** Of a count as high as this or higher, if nothing changed. */
  readonly probability: number;
  /** By how many times the variance is above the mean, 1 at least; of a share less, for what is most of all hardly varies. */
  readonly dispersion: number;
  /** How many periods of the past the expectation rests on. */
  readonly periodsUsed: number;
  /** Past outbreaks, left out: how many periods back each is. */
  readonly leftOut: PeriodsBack;
  /** Suppressed periods, taken in the middle of what they may be: how many periods back each is. */
  readonly suppressed: PeriodsBack;
}

/** A series that was not judged. It says neither that it rises nor that it does not. */
export interface NotJudged {
  readonly outcome: 'not-judged';
  readonly reason: ReasonNotJudged;
  readonly periods: number;
  readonly suppressed: PeriodsBack;
}

/** What was found in series that were judged together. */
export interface Signals {
  /** In the order of the series. */
  readonly judgements: readonly (Judged | NotJudged)[];
  /** Which share of the signals is false at most, in the mean. */
  readonly falseDiscoveryRate: number;
  /** The probability up to which a series was called a signal; null when none was judged. */
  readonly level: number | null;
}

/** Periods beyond the terms that are fitted: from fewer nothing can be said of how counts vary. */
const LEAST_FREEDOM = 6;
const LEAST_YEARS_OF_A_WAVE = 2;
const MOST_SUPPRESSED = 1 / 2;

/**
 * Judges which series rise against their own past. All that somebody looks at belong into one call: the more are looked at, the more seem to rise by
 * chance. `falseDiscoveryRate` is above 0 and at most a half. Throws RangeError for another one, and for what is no series of counts.
 */
export function findSignals(series: readonly CountSeries[], falseDiscoveryRate: number): Signals {
  const assessed = series.map(assess);
  const probabilities = assessed.flatMap((one) => ('reason' in one ? [] : [one.probability]));
  if (probabilities.length === 0) return { judgements: assessed.filter(isNotJudged), falseDiscoveryRate, level: null };
  const level = levelOf(probabilities, falseDiscoveryRate);
  return {
    judgements: assessed.map((one) => ('reason' in one ? one : judge(one, level))),
    ...{ falseDiscoveryRate, level },
  };
}

interface Assessed {
  readonly observed: number;
  readonly probability: number;
  readonly expectation: Expectation;
  readonly periodsUsed: number;
  readonly suppressed: PeriodsBack;
}

function assess(series: CountSeries): Assessed | NotJudged {
  assertCountSeries(series);
  const { past, suppressed } = pastOf(series);
  const not = (reason: ReasonNotJudged): NotJudged => ({
    outcome: 'not-judged',
    ...{ reason, periods: past.length, suppressed },
  });
  const observed = series.counts.at(-1) ?? null;
  if (past.length < leastPastOf(series)) return not('TOO_LITTLE_PAST');
  if (observed === null) return not('OBSERVED_SUPPRESSED');
  if (suppressed.length > MOST_SUPPRESSED * past.length) return not('TOO_MUCH_SUPPRESSED');
  if (past.reduce((sum, { count }) => sum + count, 0) < past.length) return not('TOO_FEW_COUNTED');
  const expectation = expectationOf(series, past);
  if (!expectation) return not('NO_FIT');
  const periodsUsed = past.length - expectation.leftOut.length;
  return { observed, probability: probabilityOf(observed, expectation), expectation, periodsUsed, suppressed };
}

function leastPastOf({ period, seasonal }: CountSeries): number {
  return seasonal ? Math.max(LEAST_FREEDOM + 4, LEAST_YEARS_OF_A_WAVE * PERIODS_A_YEAR[period]) : LEAST_FREEDOM + 2;
}

function judge({ observed, probability, expectation, periodsUsed, suppressed }: Assessed, level: number): Judged {
  const { mean, dispersion, leftOut } = expectation;
  const upperBound = upperBoundAt(level, expectation);
  return {
    outcome: probability <= level ? 'rises' : 'does-not-rise',
    ...{ observed, expected: mean, upperBound, probability, dispersion, periodsUsed, leftOut, suppressed },
    exceedance: (observed - mean) / (upperBound - mean),
  };
}

function isNotJudged(one: Assessed | NotJudged): one is NotJudged {
  return 'reason' in one;
}
