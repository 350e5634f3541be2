import { type CountSeries, findSignals } from '../../../src/statistics/signals/index.js';
import { DrawnCounts } from './drawn-counts.js';
import { seriesOf, STEADY } from './worlds-without-change.js';

/** Series that are judged together: steady ones at means of 20 and 100, of all lengths, of which some rise to three times in the end. */
export interface Family {
  readonly rising: number;
  readonly steady: number;
  readonly dispersions: readonly number[];
  /** The declared rate of false discoveries. */
  readonly rate: number;
}

/** Quarters by which shares of one total are judged. */
const QUARTERS = 12;

/** The same of corridors of 20 and 100 a quarter that are judged as shares of all of them, where some rise to three times in the end. */
export function falseShares({ rising, steady, dispersions: [dispersion = 1], rate }: Family, rounds: number): number {
  const counts = new DrawnCounts(rising + 1);
  const means = Array.from({ length: rising + steady }, (_, at) => (at % 2 === 0 ? 20 : 100));
  let shares = 0;
  for (let round = 0; round < rounds; round++) {
    const drawn = means.map((mean, at) =>
      Array.from({ length: QUARTERS + 1 }, (_, quarter) =>
        counts.count(quarter === QUARTERS && at < rising ? 3 * mean : mean, dispersion),
      ),
    );
    const totals = Array.from({ length: QUARTERS + 1 }, (_, quarter) =>
      drawn.reduce((sum, one) => sum + (one[quarter] ?? 0), 0),
    );
    const series = drawn.map((of) => ({
      period: 'quarter' as const,
      seasonal: false,
      threshold: null,
      counts: of,
      totals,
    }));
    shares += falseShareOf(series, rising, rate);
  }
  return shares / rounds;
}

/** Which share of the signals in a family was false, in the mean over so many families; none where there was no signal. */
export function falseDiscoveries({ rising, steady, dispersions, rate }: Family, rounds: number): number {
  const counts = new DrawnCounts(rising + 1);
  const worlds = STEADY.filter(
    ({ name, dispersion }) => /mean (20|100),/.test(name) && dispersions.includes(dispersion),
  );
  let shares = 0;
  for (let round = 0; round < rounds; round++) {
    const family = Array.from({ length: rising + steady }, (_, at) => {
      const world = worlds[counts.below(worlds.length)];
      if (!world) throw new Error('no world of these dispersions');
      return seriesOf(world, counts, at < rising ? 3 : 1);
    });
    shares += falseShareOf(family, rising, rate);
  }
  return shares / rounds;
}

/** Which share of the signals is false where the first so many series rise; none where there is no signal. */
function falseShareOf(family: readonly CountSeries[], rising: number, rate: number): number {
  const called = findSignals(family, rate).judgements.map(({ outcome }) => outcome === 'rises');
  const signals = called.filter(Boolean).length;
  return signals === 0 ? 0 : called.slice(rising).filter(Boolean).length / signals;
}
