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
  /** What is expected of all others at a period, where the series is judged as a share of all. */
  readonly others?: (at: number, period: number) => number;
}

/** Draws a series of a world; `rise` multiplies what is expected of the last period. */
export function seriesOf(world: UnchangedWorld, counts: DrawnCounts, rise = 1): CountSeries {
  const {
    period,
    past,
    mean,
    dispersion,
    seasonal = false,
    threshold = null,
    outbreaks = 0,
    memory = 0,
    others,
  } = world;
  const struck = new Set(Array.from({ length: outbreaks }, () => counts.below(past)));
  let deviation = memory > 0 ? 0.2 * counts.normal() : 0;
  const drawn = Array.from({ length: past + 1 }, (_, at) => {
    const factor = at === past ? rise : struck.has(at) ? 3 : 1;
    const count = counts.count(factor * mean(at / past, at) * Math.exp(deviation), dispersion);
    if (memory > 0) deviation = memory * deviation + 0.2 * Math.sqrt(1 - memory ** 2) * counts.normal();
    return threshold !== null && count < threshold ? null : count;
  });
  const series = { ...{ period, seasonal, threshold }, counts: drawn };
  if (!others) return series;
  const totals = drawn.map((count, at) => (count ?? 0) + counts.count(others(at / past, at), dispersion));
  return { ...series, totals: totals.map((total) => (threshold !== null && total < threshold ? null : total)) };
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

/** Worlds in which numbers vary by more than half of what they are, as where reports come in heaps. */
export const WILD: readonly UnchangedWorld[] = [
  ...atEachLength('mean 1000, φ 250', { mean: steady(1000), dispersion: 250 }),
  ...atEachLength('1000 of 4000, φ 250', { mean: steady(1000), others: steady(3000), dispersion: 250 }),
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

/** How everything may move while shares stay. */
const MOVING = [
  ['nothing moves', () => 1],
  ['five times as many of everything in the end', (at: number) => (at === 1 ? 5 : 1)],
  ['everything growing faster and faster', (at: number) => 1 + 7 * at ** 4],
  ['a third of everything in the end', (at: number) => (at === 1 ? 1 / 3 : 1)],
] as const;

/** Worlds in which a share stays what it was, whatever all do. */
export const STEADY_SHARES: readonly UnchangedWorld[] = [
  ...MOVING.flatMap(([moving, factor]) =>
    [
      [20, 380],
      [40, 60],
      [80, 20],
    ].flatMap(([mean = 0, rest = 0]) =>
      [1, 3].flatMap((dispersion) =>
        atEachLength(`${mean} of ${mean + rest}, ${moving}, φ ${dispersion}`, {
          ...{ mean: (at: number) => mean * factor(at), others: (at: number) => rest * factor(at), dispersion },
        }),
      ),
    ),
  ),
  ...[1, 3].flatMap((dispersion) =>
    atEachLength(`16 of 160 suppressed below 11, φ ${dispersion}`, {
      ...{ mean: steady(16), others: steady(144), dispersion, threshold: 11 },
    }),
  ),
];

/** Worlds in which a share rises though what it is a share of is all that moves. */
export const SHARES_NOT_HOLDING: readonly UnchangedWorld[] = [
  ...atEachLength('20 of 400, half of the others missing in the end', {
    ...{ mean: steady(20), others: (at) => (at === 1 ? 190 : 380), dispersion: 1 },
  }),
];
