/** Counts per period of a corridor, a form or a means. */
export interface CountSeries {
  readonly period: 'month' | 'quarter';
  /** Oldest first, without gaps; the last is the one under question. Null where the count is known only as fewer than `threshold`. */
  readonly counts: readonly (number | null)[];
  /** Below which counts are not shown; null when all are. */
  readonly threshold: number | null;
  /** Whether it swings through the year, so that a yearly wave belongs to what is expected. To be said beforehand, not after looking. */
  readonly seasonal: boolean;
}

/** Where periods stand, counted back from the one under question: the last of the past is 1. */
export type PeriodsBack = readonly number[];

/** One period of the past as the regression takes it. */
export interface PastPeriod {
  readonly back: number;
  readonly count: number;
}

/** What a series says of its past, each suppressed count in the middle of what it may be: 0 to one below the threshold. */
export function pastOf({ counts, threshold }: CountSeries): { past: readonly PastPeriod[]; suppressed: PeriodsBack } {
  const before = counts.slice(0, -1);
  const backOf = (at: number): number => before.length - at;
  return {
    past: before.map((count, at) => ({ back: backOf(at), count: count ?? ((threshold ?? 1) - 1) / 2 })),
    suppressed: before.flatMap((count, at) => (count === null ? [backOf(at)] : [])),
  };
}

/** What the logarithm of the expected count is made of at a period: a level, a straight trend, and for a seasonal series one wave a year. */
export function termsAt({ period, seasonal }: CountSeries, back: number): readonly number[] {
  const angle = (2 * Math.PI * back) / (period === 'month' ? 12 : 4);
  return seasonal ? [1, -back, Math.sin(angle), Math.cos(angle)] : [1, -back];
}

/** Throws RangeError for a series that is none: without a period, with what is no count, or suppressed without a threshold. */
export function assertCountSeries({ counts, threshold }: CountSeries): void {
  if (counts.length === 0) throw new RangeError('a series without a period');
  if (threshold !== null && !(Number.isSafeInteger(threshold) && threshold >= 1))
    throw new RangeError('a threshold that is not a whole number from 1 on');
  for (const count of counts) {
    if (count === null && threshold === null) throw new RangeError('a suppressed count without a threshold');
    if (count !== null && !(Number.isSafeInteger(count) && count >= 0))
      throw new RangeError('a count that is not a whole number from 0 on');
  }
}
