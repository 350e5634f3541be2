import type { CountSeries } from '../../../src/statistics/signals/index.js';
import type { DrawnCounts } from './drawn-counts.js';

/** How counts come about where nothing changes at the end. */
export interface UnchangedWorld {
  readonly name: string;
  readonly period: 'month' | 'quarter';
  /** Periods of the past. */
  readonly past: number;
  /** What is expected at a period, 0 being the oldest and 1 the one under question. */
  readonly mean: (at: number, period: number) => number;
  /** Variance over mean. */
  readonly dispersion: number;
  readonly seasonal?: boolean;
  readonly threshold?: number;
  /** How many periods of the past, anywhere, have three times as many. */
  readonly outbreaks?: number;
  /** How much of the logarithm of a deviation goes on to the next period; the deviations have a spread of 0.2. */
  readonly memory?: number;
}

/** Draws a series of a world; `rise` multiplies what is expected of the last period. */
export function seriesOf(world: UnchangedWorld, counts: DrawnCounts, rise = 1): CountSeries {
  const { period, past, mean, dispersion, seasonal = false, threshold = null, outbreaks = 0, memory = 0 } = world;
  const struck = new Set(Array.from({ length: outbreaks }, () => counts.below(past)));
  let deviation = memory > 0 ? 0.2 * counts.normal() : 0;
  const drawn = Array.from({ length: past + 1 }, (_, at) => {
    const factor = at === past ? rise : struck.has(at) ? 3 : 1;
    const count = counts.count(factor * mean(at / past, at) * Math.exp(deviation), dispersion);
    if (memory > 0) deviation = memory * deviation + 0.2 * Math.sqrt(1 - memory ** 2) * counts.normal();
    return threshold !== null && count < threshold ? null : count;
  });
  return { ...{ period, seasonal, threshold }, counts: drawn };
}

const steady = (mean: number) => () => mean;
const growing = (from: number, to: number) => (at: number) => from * (to / from) ** at;
const wave = (mean: number, year: number) => (_: number, period: number) =>
  mean * Math.exp(0.4 * Math.sin((2 * Math.PI * period) / year));

const LENGTHS = [
  { period: 'quarter', past: 8 },
  { period: 'quarter', past: 12 },
  { period: 'quarter', past: 20 },
  { period: 'month', past: 24 },
  { period: 'month', past: 60 },
] as const;

function atEachLength(name: string, world: Omit<UnchangedWorld, 'name' | 'period' | 'past'>): UnchangedWorld[] {
  return LENGTHS.map((length) => ({ ...length, ...world, name: `${length.past} ${length.period}s, ${name}` }));
}

/** Steady worlds in which the power is measured as well. */
export const STEADY: readonly UnchangedWorld[] = [5, 20, 100].flatMap((mean) =>
  [1, 2, 4].flatMap((dispersion) => atEachLength(`mean ${mean}, φ ${dispersion}`, { mean: steady(mean), dispersion })),
);

/** Worlds in which false alarms must not be more frequent than is said. */
export const HOLDING: readonly UnchangedWorld[] = [
  ...[1, 3].flatMap((dispersion) => [
    ...atEachLength(`three times as many in the end, φ ${dispersion}`, { mean: growing(15, 45), dispersion }),
    ...atEachLength(`a third in the end, φ ${dispersion}`, { mean: growing(45, 15), dispersion }),
    ...atEachLength(`growing by a straight line, φ ${dispersion}`, { mean: (at) => 20 + 20 * at, dispersion }),
    ...atEachLength(`twice as many in the last third, φ ${dispersion}`, {
      ...{ mean: (at) => (at > 2 / 3 ? 40 : 20), dispersion },
    }),
    ...atEachLength(`one outbreak, φ ${dispersion}`, { mean: steady(40), dispersion, outbreaks: 1 }),
    ...atEachLength(`two outbreaks, φ ${dispersion}`, { mean: steady(40), dispersion, outbreaks: 2 }),
    ...atEachLength(`suppressed below 11 at 16, φ ${dispersion}`, { mean: steady(16), dispersion, threshold: 11 }),
    ...atEachLength(`suppressed below 11 from 8 to 24, φ ${dispersion}`, {
      ...{ mean: growing(8, 24), dispersion, threshold: 11 },
    }),
  ]),
  ...LENGTHS.filter(({ past }) => past > 8).flatMap((length) =>
    [1, 3].map((dispersion) => ({
      ...{ ...length, dispersion, seasonal: true },
      name: `${length.past} ${length.period}s, a declared wave of the year, φ ${dispersion}`,
      mean: wave(30, length.period === 'month' ? 12 : 4),
    })),
  ),
];

/** Worlds that are not what the method supposes, in which it sees more rises than it says. */
export const NOT_HOLDING: readonly UnchangedWorld[] = [
  ...LENGTHS.filter(({ past }) => past > 8).map((length) => ({
    ...{ ...length, dispersion: 1 },
    name: `${length.past} ${length.period}s, a wave of the year that was not declared, at its crest`,
    mean: (_: number, period: number) =>
      wave(30, 1)(0, (period - length.past) / (length.period === 'month' ? 12 : 4) + 0.25),
  })),
  ...atEachLength('mean 100, of what deviates 0.8 stays', { mean: steady(100), dispersion: 1, memory: 0.8 }),
  ...atEachLength('growing faster and faster', { mean: (at) => 10 + 70 * at ** 4, dispersion: 1 }),
];
