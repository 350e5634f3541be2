import { describe, expect, it } from '@jest/globals';
import { type AlarmRates, alarmRates } from './alarm-rates.js';
import { drawn } from '../../support/thoroughness.js';
import { falseDiscoveries, falseShares } from './drawn-families.js';
import { shownRates, TRADES } from './drawn-pieces.js';
import {
  HOLDING,
  NOT_HOLDING,
  SHARES_NOT_HOLDING,
  STEADY,
  STEADY_SHARES,
  WILD,
  type UnchangedWorld,
} from './worlds-without-change.js';

/** `npm run bench -- signals` draws many more, of every world. */
const DRAWS = 400;
/** What `src/statistics/signals/index.ts` says: how often there is an alarm at a level although nothing changed. */
const SAID = [
  [0.05, 0.06],
  [0.01, 0.015],
  [0.001, 0.0035],
] as const;

/** The same of series that are judged as shares of all. */
const SAID_OF_SHARES = [
  [0.05, 0.075],
  [0.01, 0.02],
  [0.001, 0.0035],
] as const;

/** A share of so many draws is above its mean by no more than chance does once in 3.5 million times. */
const chance = (share: number, draws: number) => 5 * Math.sqrt((share * (1 - share)) / draws);

/** A part of the worlds, for the time that all would take. */
const part = (worlds: readonly UnchangedWorld[], every: number) =>
  worlds.filter((_, at) => at % drawn(every, 2 * every) === 0);

describe('where nothing changed', () => {
  const worlds = [...part(STEADY, 4), ...part(HOLDING, 4), ...part(WILD, 6)];
  const measured = new Map<UnchangedWorld, AlarmRates>();
  const ratesIn = (world: UnchangedWorld): AlarmRates => {
    const rates = measured.get(world) ?? alarmRates(world, DRAWS);
    measured.set(world, rates);
    return rates;
  };

  it.each(worlds)('there are no more alarms than is said: $name', (world) => {
    const rates = ratesIn(world);
    expect(rates.judged).toBeGreaterThan(0.7 * DRAWS);
    for (const [level, said] of SAID) expect(rates.at(level)).toBeLessThan(said + chance(said, rates.judged));
  });

  it.each([0.05, 0.01, 0.001])('there are, over all worlds, hardly more than the level of %d', (level) => {
    const all = worlds.map(ratesIn);
    const judged = all.reduce((sum, rates) => sum + rates.judged, 0);
    const alarms = all.reduce((sum, rates) => sum + rates.at(level) * rates.judged, 0);
    expect(alarms / judged).toBeLessThan(1.1 * level + chance(level, judged) / 2);
  });

  it.each(NOT_HOLDING.filter(({ past }) => past === 20))('there are more in another world: $name', (world) => {
    expect(alarmRates(world, 3 * DRAWS).at(0.05)).toBeGreaterThan(0.06);
  });
});

describe('where nothing changed but everything', () => {
  it.each(part(STEADY_SHARES, 13))('shares give no more alarms than is said: $name', (world) => {
    const rates = alarmRates(world, DRAWS);
    expect(rates.judged).toBeGreaterThan(0.7 * DRAWS);
    for (const [level, said] of SAID_OF_SHARES) expect(rates.at(level)).toBeLessThan(said + chance(said, rates.judged));
  });

  it('series by themselves give alarms, and so do shares where others are missing', () => {
    const fivefold = STEADY_SHARES.find(({ name }) => name.startsWith('12 quarters, 20 of 400, five times'));
    const [missing] = part(SHARES_NOT_HOLDING, 1);
    if (!fivefold || !missing) throw new Error('no such world');
    expect(
      alarmRates(fivefold, DRAWS / 4, 1, ({ period, counts, threshold, seasonal }) => ({
        period,
        counts,
        threshold,
        seasonal,
      })).at(0.01),
    ).toBeGreaterThan(0.9);
    expect(alarmRates(missing, DRAWS).at(0.05)).toBeGreaterThan(0.3);
  });

  it('what the picture shows of corridors that do not move gives about as many alarms as the level', () => {
    const [steady, moving] = TRADES.filter(({ past }) => past === 8).map((trade) => shownRates(trade, 20));
    if (!steady || !moving) throw new Error('no such trade');
    for (const rates of [steady.own, steady.shares]) {
      expect(rates.judged).toBeGreaterThan(50);
      expect(rates.at(0.05)).toBeLessThan(0.06 + chance(0.06, rates.judged));
    }
    expect(moving.own.at(0.01)).toBeGreaterThan(0.5);
    expect(moving.shares.at(0.01)).toBeLessThan(0.1);
  });
});

describe('a rise', () => {
  const find = (mean: number, dispersion: number, rise: number, periods: string) => {
    const world = STEADY.find(({ name }) => name === `${periods}, mean ${mean}, φ ${dispersion}`);
    if (!world) throw new Error('no such world');
    return alarmRates(world, DRAWS, rise).at(0.01);
  };

  it('to three times is found at a mean of 20 after five years, and to twice at 100 after two', () => {
    expect(find(20, 1, 3, '20 quarters')).toBeGreaterThan(0.98);
    expect(find(20, 2, 3, '20 quarters')).toBeGreaterThan(0.85);
    expect(find(100, 1, 2, '8 quarters')).toBeGreaterThan(0.95);
    expect(find(100, 4, 2, '60 months')).toBeGreaterThan(0.9);
  });

  it('is mostly not found at a mean of 5, which the method does not promise', () => {
    expect(find(5, 2, 2, '8 quarters')).toBeLessThan(0.2);
  });

  it('is found beside a past outbreak', () => {
    const world = HOLDING.find(({ name }) => name === '20 quarters, one outbreak, φ 1');
    if (!world) throw new Error('no such world');
    expect(alarmRates(world, DRAWS, 2).at(0.01)).toBeGreaterThan(0.9);
  });
});

describe('a rise of a share', () => {
  it('is found where it is a large part of all as where it is a small one', () => {
    const find = (name: string, rise: number) => {
      const world = STEADY_SHARES.find((one) => one.name === name);
      if (!world) throw new Error('no such world');
      return alarmRates(world, DRAWS, rise).at(0.01);
    };
    expect(find('20 quarters, 20 of 400, nothing moves, φ 1', 3)).toBeGreaterThan(0.95);
    expect(find('20 quarters, 40 of 100, nothing moves, φ 1', 3)).toBeGreaterThan(0.95);
  });
});

describe('among many series', () => {
  const RATE = 0.1;
  const ROUNDS = 60;

  it('the share of false signals is about the declared one, too, where they are shares of one total', () => {
    const share = falseShares({ rising: 2, steady: 18, dispersions: [1], rate: RATE }, ROUNDS);
    expect(share).toBeLessThan(RATE + chance(RATE, ROUNDS) / 2);
  });

  it.each([
    [0, 40],
    [8, 32],
  ])('of which %i rise and %i do not, the share of false signals is about the declared one', (rising, steady) => {
    const share = falseDiscoveries({ rising, steady, dispersions: [1, 2], rate: RATE }, ROUNDS);
    expect(share).toBeLessThan(RATE + chance(RATE, ROUNDS) / 2);
  });
});
