import { Refusal } from '../../protocol/index.js';
import type { PictureKey } from '../picture/picture-row.js';
import { type DisclosureRule, shown, type ShownCount } from '../picture/shown-count.js';
import type { PlacedCounts } from './placed-counts.js';
import type { SignalSubject } from './signal-request.js';

/** A number of a series at a period, and what it is a part of, as they are shown. */
export interface ShownPoint {
  readonly period: number;
  readonly alerts: ShownCount;
  readonly total: ShownCount;
  /** How many days of release the period has; null where it is not by when alerts were counted, or where they are released at once. */
  readonly releaseDays: number | null;
}

/** The periods that are asked for, from the first of the past to that under question. */
interface AskedPeriods {
  readonly since: number;
  readonly at: number;
  readonly releaseDaysIn: (period: number) => number | null;
}

/** A series as it is shown: the past, and at the end the period under question. */
export interface ShownSeries {
  readonly of: SignalSubject;
  readonly keys: readonly PictureKey[];
  readonly points: readonly ShownPoint[];
}

/** More is read by nobody, and would keep others waiting. */
const MOST_POINTS = 40_000;

/** The first period of which anything is shown; null for none. */
export function firstShown(all: readonly PlacedCounts[], rule: DisclosureRule): number | null {
  const periods = all.flatMap((one) => periodsShown(one, rule));
  return periods.length === 0 ? null : Math.min(...periods);
}

/** The last one of those up to `over`; null for none. */
export function latestShown(all: readonly PlacedCounts[], over: number, rule: DisclosureRule): number | null {
  const periods = all.flatMap((one) => periodsShown(one, rule)).filter((period) => period <= over);
  return periods.length === 0 ? null : Math.max(...periods);
}

function periodsShown({ totals }: PlacedCounts, rule: DisclosureRule): number[] {
  return [...totals].filter(([, alerts]) => shown(alerts, rule).count !== null).map(([period]) => period);
}

/** The series of which anything is shown within the periods. From here on there are only numbers that are shown. Throws `Refusal` ARGUMENT_INVALID for too many. */
export function shownSeries(
  all: readonly PlacedCounts[],
  { since, at, releaseDaysIn }: AskedPeriods,
  rule: DisclosureRule,
): ShownSeries[] {
  const periods = Array.from({ length: at - since + 1 }, (_, place) => since + place).map((period) => ({
    period,
    releaseDays: releaseDaysIn(period),
  }));
  const series = all.flatMap(({ of, series: counted, totals }) =>
    [...counted.values()]
      .map(({ keys, alerts }) => ({
        ...{ of, keys },
        points: periods.map(({ period, releaseDays }) => ({
          ...{ period, releaseDays },
          alerts: shown(alerts.get(period) ?? 0, rule),
          total: shown(totals.get(period) ?? 0, rule),
        })),
      }))
      .filter(({ points }) => points.some(({ alerts }) => alerts.count !== null)),
  );
  if (series.length * periods.length > MOST_POINTS)
    throw new Refusal(
      'ARGUMENT_INVALID',
      'There are too many series.',
      'Name fewer subjects, conditions, or less of the past.',
      ['of'],
    );
  return series;
}
