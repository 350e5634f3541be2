import { findSignals } from '../../../src/statistics/signals/index.js';
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
    const called = findSignals(family, rate).judgements.map(({ outcome }) => outcome === 'rises');
    const signals = called.filter(Boolean).length;
    shares += signals === 0 ? 0 : called.slice(rising).filter(Boolean).length / signals;
  }
  return shares / rounds;
}
