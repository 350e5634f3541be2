import type { SignalSeriesAnswer, SignalsAnswer } from '../../member/documents/index.js';

/** How many series rise, of how many that could be judged. */
export function signalsFinding({ series }: Pick<SignalsAnswer, 'series'>): {
  readonly rising: number;
  readonly judged: number;
} {
  const rising = series.filter(({ outcome }) => outcome === 'RISES').length;
  const judged = series.filter(({ outcome }) => outcome !== 'NOT_JUDGED').length;
  return { rising, judged };
}

/** Why series were not judged, with how many for each reason, the most first. */
export function seriesByReason(
  series: readonly Pick<SignalSeriesAnswer, 'reason'>[],
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { reason } of series) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The largest number that is no rise: the largest whole one below the bound. */
export function largestWithout(upperBound: number | null): number | null {
  return upperBound === null ? null : Math.max(0, Math.ceil(upperBound) - 1);
}
