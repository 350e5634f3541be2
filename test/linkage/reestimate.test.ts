import { describe, expect, it } from '@jest/globals';
import { reestimate, type Rungs } from '../../src/linkage/index.js';
import { weights } from './matching-stage.js';

const pair: Rungs = { names: 'bothCodes', fullDate: 'all', partialDate: null, place: null, country: 'agrees' };
const pairs = (count: number, changes: Partial<Rungs> = {}) =>
  Array.from({ length: count }, () => ({ ...pair, ...changes }));

describe('weights estimated anew', () => {
  it('are none up to 1,000 confirmed pairs', () => {
    expect(reestimate(weights, pairs(1_000))).toBeNull();
    expect(reestimate(weights, pairs(1_001))).not.toBeNull();
  });

  it('go to what the confirmed pairs show, and leave no rung at nothing', () => {
    const anew = reestimate(weights, [...pairs(4_000), ...pairs(6_000, { names: 'oneCode', fullDate: 'yearOnly' })]);
    expect(anew?.names.bothCodes).toBeCloseTo(0.4, 1);
    expect(anew?.names.oneCode).toBeCloseTo(0.6, 1);
    expect(anew?.fullDate.yearOnly).toBeCloseTo(0.6, 1);
    expect(anew?.fullDate.none).toBeGreaterThan(0);
    for (const ladder of [anew?.names, anew?.fullDate, anew?.country])
      expect(Object.values(ladder ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('stay where nothing was compared, and what chance does stays as it ships', () => {
    const anew = reestimate(weights, pairs(2_000));
    expect(anew?.place.agrees).toBeCloseTo(weights.place.agrees, 2);
    expect(anew).toMatchObject({
      chanceOfPart: weights.chanceOfPart,
      known: weights.known,
      linkFrom: weights.linkFrom,
    });
  });
});
