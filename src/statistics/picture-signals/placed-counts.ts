import { countedBy, isAbout } from '../picture/counted-by.js';
import type { KeptCount, PictureKey } from '../picture/picture-row.js';
import { combinations, keysIn } from '../picture/tabulate.js';
import { periodOf } from './period.js';
import { dimensionsOf, type SignalRequest, type SignalSubject } from './signal-request.js';

/** Alerts by series and period, before numbers are shown. Periods are given by their numbers. */
export interface PlacedCounts {
  readonly of: SignalSubject;
  /** Each series, by its keys as text. */
  readonly series: ReadonlyMap<string, { readonly keys: readonly PictureKey[]; readonly alerts: Sums }>;
  /** Alerts of which it is shown to which series they belong, or known that this is unknown. */
  readonly totals: Sums;
  /** Alerts of which that is withheld. */
  readonly withheld: Sums;
  /** Alerts counted in a period and placed in none, for they may be too old: it is withheld in which year their episode started. */
  readonly yearWithheld: Sums;
  /** Alerts that belong to no period. */
  readonly leftOut: number;
}

type Sums = ReadonlyMap<number, number>;

/** Places what is kept of a subject in its series and periods. */
export function placed(of: SignalSubject, kept: readonly KeptCount[], request: SignalRequest): PlacedCounts {
  const series = new Map<string, { keys: readonly PictureKey[]; alerts: Map<number, number> }>();
  const sums = { totals: new Map<number, number>(), withheld: new Map<number, number>() };
  const yearWithheld = new Map<number, number>();
  let leftOut = 0;
  const [isMeant, keysBy] = [meantBy(request), dimensionsOf(of).map(keysIn)];
  for (const one of kept) {
    if (!isMeant(one)) continue;
    const period = periodIn(one, request);
    if (period === null) {
      leftOut += one.alerts;
      continue;
    }
    if (mayBeTooOld(one, request)) {
      add(yearWithheld, period, one.alerts);
      continue;
    }
    const keys = keysBy.map((keysOf) => keysOf(one));
    const isWithheld = keys.flat().some(({ state }) => state === 'WITHHELD');
    add(isWithheld ? sums.withheld : sums.totals, period, one.alerts);
    for (const combination of combinations(keys)) {
      if (combination.some(({ state }) => state !== 'KNOWN')) continue;
      const name = JSON.stringify(combination);
      const found = series.get(name) ?? { keys: combination, alerts: new Map<number, number>() };
      series.set(name, found);
      add(found.alerts, period, one.alerts);
    }
  }
  return { of, series, ...sums, yearWithheld, leftOut };
}

function meantBy({ about, where }: SignalRequest): (kept: KeptCount) => boolean {
  const [isOfThem, isCounted] = [isAbout({ about }), countedBy({ where, from: null, until: null })];
  return (kept) => kept.register === 'counted' && isOfThem(kept) && isCounted(kept);
}

/** The period to which alerts belong; null where it is not known or not shown, or where they are shown to be about older episodes than are meant. */
function periodIn(kept: KeptCount, { time, period, oldest }: SignalRequest): number | null {
  if (time === 'EPISODE') {
    const start = period === 'YEAR' ? kept.core.year : kept.core.month;
    return start ? periodOf(start, period) : null;
  }
  if (kept.countedIn === null) return null;
  const { year } = kept.core;
  return year && Number(year) < Number(kept.countedIn.slice(0, 4)) - oldest ? null : periodOf(kept.countedIn, period);
}

/**
 * Whether alerts that are placed by when they were counted may be about any year, for theirs is withheld: what is brought in of many years at once mostly is. One that is unknown is what the alert
 * itself leaves open, whatever comes with it. Such are taken for new, or whoever records no dates would be left out of what rises.
 */
function mayBeTooOld({ core }: KeptCount, { time }: SignalRequest): boolean {
  return time === 'COUNTED' && (core.year ?? null) === null;
}

function add(sums: Map<number, number>, period: number, alerts: number): void {
  sums.set(period, (sums.get(period) ?? 0) + alerts);
}
