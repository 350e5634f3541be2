/** Counts per period of a corridor, a form or a means. */
export interface CountSeries {
  readonly period: 'month' | 'quarter' | 'year';
  /** Oldest first, without gaps; the last is the one under question. Null where the count is known only as fewer than `threshold`. */
  readonly counts: readonly (number | null)[];
  /** Below which counts are not shown; null when all are. */
  readonly threshold: number | null;
  /** Whether it swings through the year, so that a yearly wave belongs to what is expected. To be said beforehand, not after looking. */
  readonly seasonal: boolean;
  /** What each count is a part of, where it is judged as a share of that: as many as counts, null where it is not known. */
  readonly totals?: readonly (number | null)[];
  /** How many days of release each period has, where it is judged for each of them, and not as a share: as many as counts. */
  readonly releaseDays?: readonly number[];
}

/** Where periods stand, counted back from the one under question: the last of the past is 1. */
export type PeriodsBack = readonly number[];

/** One period of the past as the regression takes it. */
export interface PastPeriod {
  readonly back: number;
  readonly count: number;
  /** What the count is a part of, or of how many days of release; 1 where it is judged by itself. */
  readonly exposure: number;
}

/**
 * What a series says of its past, each suppressed count in the middle of what it may be: 0 to one below the threshold, and no more than what it is a part of. A period of which that is not
 * known, or nothing, says nothing of a share and is left out, as is one without a day of release.
 */
export function pastOf(series: CountSeries): { past: readonly PastPeriod[]; suppressed: PeriodsBack } {
  const before = series.counts.slice(0, -1).flatMap((count, at) => {
    const exposure = exposureAt(series, at);
    return exposure === null ? [] : [{ back: series.counts.length - 1 - at, count, exposure }];
  });
  const middle = ((series.threshold ?? 1) - 1) / 2;
  return {
    past: before.map((one) => ({
      ...one,
      count: one.count ?? (series.totals ? Math.min(middle, one.exposure) : middle),
    })),
    suppressed: before.flatMap(({ back, count }) => (count === null ? [back] : [])),
  };
}

/** What the count at a place is a part of, or of how many days of release; 1 where it is judged by itself, null where that is not known or nothing. */
export function exposureAt({ totals, releaseDays }: CountSeries, at: number): number | null {
  const exposures = totals ?? releaseDays;
  if (!exposures) return 1;
  const exposure = exposures[at] ?? null;
  return exposure === 0 ? null : exposure;
}

/** How many periods make a year. */
export const PERIODS_A_YEAR = { month: 12, quarter: 4, year: 1 } as const;

/** What the logarithm of the expected count is made of at a period: a level, a straight trend, and for a seasonal series one wave a year. */
export function termsAt({ period, seasonal }: CountSeries, back: number): readonly number[] {
  const angle = (2 * Math.PI * back) / PERIODS_A_YEAR[period];
  return seasonal ? [1, -back, Math.sin(angle), Math.cos(angle)] : [1, -back];
}

/** Throws RangeError for a series that is none: without a period, with what is no count or more than what it is a part of, suppressed without a threshold, a wave of the year by years, or with days of release that are none. */
export function assertCountSeries(series: CountSeries): void {
  const { counts, threshold, totals, period, seasonal } = series;
  if (counts.length === 0) throw new RangeError('a series without a period');
  if (threshold !== null && !(Number.isSafeInteger(threshold) && threshold >= 1))
    throw new RangeError('a threshold that is not a whole number from 1 on');
  if (seasonal && period === 'year') throw new RangeError('a wave of the year in a series by years');
  if (totals && totals.length !== counts.length) throw new RangeError('not as many totals as counts');
  assertReleaseDays(series);
  for (const [at, count] of counts.entries()) {
    if (count !== null && totals && !((totals[at] ?? -1) >= count))
      throw new RangeError('a count without what it is a part of, or above it');
    if (count === null && threshold === null) throw new RangeError('a suppressed count without a threshold');
    if (count !== null && !(Number.isSafeInteger(count) && count >= 0))
      throw new RangeError('a count that is not a whole number from 0 on');
  }
}

function assertReleaseDays({ counts, totals, releaseDays }: CountSeries): void {
  if (!releaseDays) return;
  if (totals) throw new RangeError('a share for each day of release');
  if (releaseDays.length !== counts.length) throw new RangeError('not as many days of release as counts');
  if (!releaseDays.every((days) => Number.isSafeInteger(days) && days >= 0))
    throw new RangeError('days of release that are not a whole number from 0 on');
}
