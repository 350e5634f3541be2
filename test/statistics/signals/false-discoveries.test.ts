import { describe, expect, it } from '@jest/globals';
import { levelOf } from '../../../src/statistics/signals/false-discoveries.js';

/** Benjamini and Hochberg 1995, §3.1. */
const PUBLISHED = [
  ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324],
  ...[0.4262, 0.5719, 0.6528, 0.759, 1],
];

describe('the level of a rate of false discoveries', () => {
  it('calls the four of the published example, in whichever order they stand', () => {
    for (const probabilities of [PUBLISHED, [...PUBLISHED].reverse()]) {
      const level = levelOf(probabilities, 0.05);
      expect(level).toBeCloseTo((4 * 0.05) / 15, 12);
      expect(probabilities.filter((probability) => probability <= level)).toHaveLength(4);
    }
  });

  it('steps up: what is too high for its own rank is called when one of a later rank is', () => {
    expect(levelOf([0.04, 0.045, 0.049], 0.05)).toBeCloseTo(0.05, 12);
  });

  it('is that which the first did not reach, where none is called', () => {
    expect(levelOf([0.9, 0.02, 0.5, 0.7], 0.05)).toBeCloseTo(0.0125, 12);
    expect(levelOf([0.3], 0.1)).toBeCloseTo(0.1, 12);
  });

  it('refuses another rate, and to judge nothing', () => {
    for (const rate of [0, 0.6, -1, Number.NaN]) expect(() => levelOf([0.1], rate)).toThrow(RangeError);
    expect(() => levelOf([], 0.1)).toThrow(RangeError);
  });
});
