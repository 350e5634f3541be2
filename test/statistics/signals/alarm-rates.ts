import { type CountSeries, findSignals } from '../../../src/statistics/signals/index.js';
import { DrawnCounts } from './drawn-counts.js';
import { seriesOf, type UnchangedWorld } from './worlds-without-change.js';

/** Shares of judged series that were called a rise at each level, by themselves. */
export interface AlarmRates {
  readonly judged: number;
  readonly drawn: number;
  readonly at: (level: number) => number;
}

/** Draws so many series of a world and judges each by itself, or what `seen` makes of it. */
export function alarmRates(
  world: UnchangedWorld,
  draws: number,
  rise = 1,
  seen: (series: CountSeries) => CountSeries = (series) => series,
): AlarmRates {
  const counts = new DrawnCounts(seedOf(world.name) + Math.round(1000 * rise));
  return ratesOf(Array.from({ length: draws }, () => seen(seriesOf(world, counts, rise))));
}

/** Judges each series by itself. */
export function ratesOf(all: readonly CountSeries[]): AlarmRates {
  const probabilities = all.flatMap((series) => {
    const [judgement] = findSignals([series], 0.01).judgements;
    return judgement && judgement.outcome !== 'not-judged' ? [judgement.probability] : [];
  });
  return {
    ...{ judged: probabilities.length, drawn: all.length },
    at: (level) => probabilities.filter((probability) => probability <= level).length / probabilities.length,
  };
}

/** A seed of its own for each world. */
export function seedOf(name: string): number {
  return [...name].reduce((seed, letter) => (Math.imul(seed, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7);
}
