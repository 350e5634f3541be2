import { describe, expect, it } from '@jest/globals';
import { reestimate, type RungCounts, type Rungs } from '../../src/linkage/index.js';
import { weights } from './matching-stage.js';

const pair: Rungs = { names: 'bothCodes', fullDate: 'all', partialDate: null, place: null, country: 'agrees' };

/** Counts so many pairs on these rungs. */
function pairs(...groups: readonly (readonly [count: number, changes?: Partial<Rungs>])[]): RungCounts {
  const on = (ladder: keyof Rungs) => {
    const counts = new Map<string, number>();
    for (const [count, changes] of groups) {
      const rung = { ...pair, ...changes }[ladder];
      if (rung !== null) counts.set(rung, (counts.get(rung) ?? 0) + count);
    }
    return counts;
  };
  return {
    ...{ names: on('names'), fullDate: on('fullDate'), partialDate: on('partialDate') },
    ...{ place: on('place'), country: on('country') },
  };
}

describe('weights estimated anew', () => {
  it('are none up to 1,000 confirmed pairs, on whichever rungs they stand', () => {
    expect(reestimate(weights, pairs([1_000]))).toBeNull();
    expect(reestimate(weights, pairs([600], [400, { names: 'one' }]))).toBeNull();
    expect(reestimate(weights, pairs([600], [401, { names: 'one' }]))).not.toBeNull();
  });

  it('go to what the confirmed pairs show, and leave no rung at nothing', () => {
    const anew = reestimate(weights, pairs([4_000], [6_000, { names: 'oneCode', fullDate: 'yearOnly' }]));
    expect(anew?.names.bothCodes).toBeCloseTo(0.4, 1);
    expect(anew?.names.oneCode).toBeCloseTo(0.6, 1);
    expect(anew?.fullDate.yearOnly).toBeCloseTo(0.6, 1);
    expect(anew?.fullDate.none).toBeGreaterThan(0);
    for (const ladder of [anew?.names, anew?.fullDate, anew?.country])
      expect(Object.values(ladder ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('stay where nothing was compared, and what chance does stays as it ships', () => {
    const anew = reestimate(weights, pairs([2_000]));
    expect(anew?.place.agrees).toBeCloseTo(weights.place.agrees, 2);
    expect(anew).toMatchObject({
      chanceOfPart: weights.chanceOfPart,
      known: weights.known,
      linkFrom: weights.linkFrom,
    });
  });
});
