import { type CountSeries, pastOf } from '../../src/statistics/signals/count-series.js';
import { type Expectation, expectationOf } from '../../src/statistics/signals/expectation.js';
import { alarmRates, seedOf } from '../statistics/signals/alarm-rates.js';
import { DrawnCounts } from '../statistics/signals/drawn-counts.js';
import { falseDiscoveries, falseShares } from '../statistics/signals/drawn-families.js';
import { shownRates, TRADES } from '../statistics/signals/drawn-pieces.js';
import {
  HOLDING,
  NOT_HOLDING,
  seriesOf,
  SHARES_NOT_HOLDING,
  STEADY,
  STEADY_SHARES,
  type UnchangedWorld,
  WILD,
} from '../statistics/signals/worlds-without-change.js';

const LEVELS = [0.05, 0.01, 0.001] as const;
const RISES = [1.5, 2, 3] as const;
const NAME_WIDTH = 72;

/**
 * How often a signal is false in each made-up world and how often a rise is found; and how often signals would be false with suppressed counts taken at
 * their most, and with the bound of Noufaily et al. 2013.
 */
export function benchSignals(series: number, say: (line: string) => void): void {
  say(`${series} series of each world; shares in percent`);
  const levels = LEVELS.map((level) => `at ${100 * level} %`);
  say(rowOf('without change', ['judged', ...levels]));
  for (const [title, worlds] of [
    ['steady', STEADY],
    ['others in which it holds', HOLDING],
    ['wild', WILD],
    ['in which it does not hold', NOT_HOLDING],
    ['as shares of all', STEADY_SHARES],
    ['as shares of all, in which it does not hold', SHARES_NOT_HOLDING],
  ] as const) {
    say(`– ${title}`);
    for (const world of worlds) {
      const rates = alarmRates(world, series);
      say(rowOf(world.name, [percent(rates.judged / series), ...LEVELS.map((level) => percent(rates.at(level)))]));
    }
  }
  say(
    rowOf(
      'rises found at 1 %',
      RISES.map((rise) => `× ${rise}`),
    ),
  );
  for (const world of [...STEADY, ...STEADY_SHARES.filter(({ name }) => name.includes('nothing moves'))])
    say(
      rowOf(
        world.name,
        RISES.map((rise) => percent(alarmRates(world, Math.ceil(series / 4), rise).at(0.01))),
      ),
    );
  say(rowOf('share of false signals among 100 series, declared 10 %', ['0 rise', '10 rise', '50 rise']));
  for (const dispersion of [1, 2, 4]) {
    const shares = [0, 10, 50].map((rising) =>
      falseDiscoveries({ rising, steady: 100 - rising, dispersions: [dispersion], rate: 0.1 }, Math.ceil(series / 20)),
    );
    say(rowOf(`φ ${dispersion}`, shares.map(percent)));
  }
  say(rowOf('share of false signals among 20 shares of one total, declared 10 %', ['0 rise', '2 rise', '10 rise']));
  for (const dispersion of [1, 2, 4]) {
    const shares = [0, 2, 10].map((rising) =>
      falseShares({ rising, steady: 20 - rising, dispersions: [dispersion], rate: 0.1 }, Math.ceil(series / 20)),
    );
    say(rowOf(`φ ${dispersion}`, shares.map(percent)));
  }
  say(rowOf('without change but of everything, as the picture shows corridors', ['judged', ...levels]));
  for (const trade of TRADES)
    for (const [title, rates] of Object.entries(shownRates(trade, Math.ceil(series / 20))))
      say(rowOf(`${trade.name}, ${title}`, [rates.judged / rates.drawn, ...LEVELS.map(rates.at)].map(percent)));
  say(rowOf('without change, suppressed counts taken at their most', levels));
  for (const world of HOLDING.filter(({ threshold }) => threshold !== undefined)) {
    const rates = alarmRates(world, Math.ceil(series / 4), 1, atTheirMost);
    say(
      rowOf(
        world.name,
        LEVELS.map((level) => percent(rates.at(level))),
      ),
    );
  }
  say(rowOf('without change, by a negative binomial bound with what was estimated put in', levels));
  for (const world of STEADY) say(rowOf(world.name, plugInRates(world, Math.ceil(series / 4)).map(percent)));
}

/** A series as if each suppressed count of its past were just below the threshold. */
function atTheirMost(series: CountSeries): CountSeries {
  const most = (series.threshold ?? 1) - 1;
  return {
    ...series,
    counts: series.counts.map((count, at) => (at < series.counts.length - 1 ? (count ?? most) : count)),
  };
}

/** How often a bound is exceeded that takes the estimates for the truth. */
function plugInRates(world: UnchangedWorld, draws: number): number[] {
  const counts = new DrawnCounts(seedOf(world.name));
  const alarms = LEVELS.map(() => 0);
  for (let i = 0; i < draws; i++) {
    const drawn = seriesOf(world, counts);
    const expectation = expectationOf(drawn, pastOf(drawn).past);
    const probability = expectation ? upperTail(drawn.counts.at(-1) ?? 0, expectation) : 1;
    LEVELS.forEach((level, at) => (alarms[at] = (alarms[at] ?? 0) + (probability <= level ? 1 : 0)));
  }
  return alarms.map((count) => count / draws);
}

/** The probability of a count or a higher one, if it were negative binomial with just the mean and dispersion that were estimated. */
function upperTail(count: number, { mean, dispersion }: Expectation): number {
  const poisson = dispersion < 1.001;
  const size = mean / (dispersion - 1);
  let probability = poisson ? Math.exp(-mean) : dispersion ** -size;
  let below = 0;
  for (let x = 0; x < count; x++) {
    below += probability;
    probability *= poisson ? mean / (x + 1) : (((size + x) / (x + 1)) * (dispersion - 1)) / dispersion;
  }
  return 1 - below;
}

function rowOf(name: string, cells: readonly string[]): string {
  return [name.padEnd(NAME_WIDTH), ...cells.map((cell) => cell.padStart(9))].join('');
}

function percent(share: number): string {
  return (100 * share).toFixed(2);
}
