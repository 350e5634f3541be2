import type { CountedClass } from '../../../src/statistics/disclosure/counted-class.js';
import { alertsIn } from '../../../src/statistics/disclosure/piece.js';
import { slice } from '../../../src/statistics/disclosure/slice.js';
import type { CountSeries } from '../../../src/statistics/signals/index.js';
import { type AlarmRates, ratesOf, seedOf } from './alarm-rates.js';
import { DrawnCounts } from './drawn-counts.js';

const THRESHOLD = 11;
const NONE = [''];
/** No facet is cut here. */
const NO_FACETS: CountedClass['facets'] = {
  ...{ law: NONE, control: NONE, sector: NONE, kind: NONE, 'sender-kind': NONE, identification: NONE },
  ...{ protection: NONE, citizenship: NONE, transit: NONE, recurrence: NONE },
  ...{ 'time-to-flag': NONE, 'time-to-retrafficking': NONE },
};

/** Corridors of which in the mean so many alerts come in a quarter, by three senders of five, one and one parts. */
export interface DrawnTrade {
  readonly name: string;
  readonly corridors: readonly number[];
  /** Quarters of the past. */
  readonly past: number;
  /** How many times as many alerts there are of every corridor at a quarter, 0 being the oldest and 1 the one under question. */
  readonly factor: (at: number) => number;
}

/** Where nothing but all together moves. */
export const TRADES: readonly DrawnTrade[] = (
  [
    ['nothing moves', () => 1],
    ['three times as many of everything in the end', (at: number) => (at === 1 ? 3 : 1)],
    ['everything growing to three times', (at: number) => 3 ** at],
  ] as const
).flatMap(([name, factor]) =>
  [8, 16].map((past) => ({
    ...{ name: `${past} quarters, ${name}`, past, factor },
    corridors: [8, 12, 16, 20, 25, 30, 40, 60, 100],
  })),
);

/** How often there is an alarm in what the picture shows of so many such trades, by corridors themselves and by their shares. */
export function shownRates(trade: DrawnTrade, rounds: number): { own: AlarmRates; shares: AlarmRates } {
  const counts = new DrawnCounts(seedOf(trade.name));
  const drawn = Array.from({ length: rounds }, () => shownSeries(trade, counts));
  return { own: ratesOf(drawn.flatMap(({ own }) => own)), shares: ratesOf(drawn.flatMap(({ shares }) => shares)) };
}

/** What the picture shows of each corridor, quarter by quarter, when each quarter's alerts are released together; also as shares of all of which the corridor is shown. */
function shownSeries(trade: DrawnTrade, counts: DrawnCounts): { own: CountSeries[]; shares: CountSeries[] } {
  const quarters = Array.from({ length: trade.past + 1 }, (_, at) => released(trade, counts, at / trade.past));
  const numberOf = (count: number): number | null => (count < THRESHOLD ? null : count);
  const totals = quarters.map((shown) => numberOf([...shown.values()].reduce((sum, count) => sum + count, 0)));
  const own = trade.corridors.map((_, corridor) => ({
    ...{ period: 'quarter' as const, seasonal: false, threshold: THRESHOLD },
    counts: quarters.map((shown) => numberOf(shown.get(String(corridor)) ?? 0)),
  }));
  return { own, shares: own.map((series) => ({ ...series, totals })) };
}

/** The alerts of a quarter that are shown with their corridor, by corridor. */
function released(trade: DrawnTrade, counts: DrawnCounts, at: number): ReadonlyMap<string, number> {
  const classes = new Map<string, CountedClass & { alerts: number; persons: number }>();
  for (const [corridor, mean] of trade.corridors.entries())
    for (let left = counts.count(mean * trade.factor(at), 1.5); left > 0; left--) {
      const one = alertOf(String(corridor), counts);
      const key = JSON.stringify([one.sender, one.core]);
      const same = classes.get(key);
      if (same) same.alerts = ++same.persons;
      else classes.set(key, { ...one, alerts: 1, persons: 1 });
    }
  const shown = new Map<string, number>();
  for (const { key, classes: counted } of slice([...classes.values()], [], THRESHOLD).core)
    if (key.origin !== undefined && key.exploitation !== undefined)
      shown.set(key.origin, (shown.get(key.origin) ?? 0) + alertsIn(counted));
  return shown;
}

function alertOf(corridor: string, counts: DrawnCounts): Omit<CountedClass, 'alerts' | 'persons'> {
  const oneOf = (...values: readonly string[]): string => values[counts.below(values.length)] ?? '';
  const core = {
    ...{ month: oneOf('2025-01', '2025-02', '2025-03', ''), year: oneOf('2025', '2025', '2024'), origin: corridor },
    ...{ exploitation: corridor, purpose: oneOf('sexual', 'sexual', 'labour'), gender: oneOf('woman', 'woman', 'man') },
    'age-band': oneOf('18-20', '21-23', '24-26', ''),
  };
  return { sender: oneOf('a', 'a', 'a', 'a', 'a', 'b', 'c'), core, facets: NO_FACETS, legalCase: '' };
}
