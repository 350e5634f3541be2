import { describe, expect, it } from '@jest/globals';
import { readMatchingWeights } from '../../src/linkage/index.js';
import { profileText, weights } from './matching-stage.js';

const profile = JSON.parse(profileText) as { weights: Record<string, unknown> };
const withWeights = (changes: object) => JSON.stringify({ ...profile, weights: { ...profile.weights, ...changes } });

describe('the weights of a profile', () => {
  it('that ships are the shares of what records of one person look like', () => {
    for (const ladder of [weights.names, weights.fullDate, weights.partialDate, weights.place, weights.country])
      expect(Object.values(ladder).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
    expect(weights.linkFrom).toBeGreaterThan(weights.possibleFrom);
  });

  it.each([
    ['one is missing', withWeights({ known: undefined })],
    ['one is not above 0', withWeights({ known: 0 })],
    ['one is a text', withWeights({ names: { ...weights.names, none: '0.1' } })],
    ['one is not known', withWeights({ luck: 1 })],
    ['a ladder is missing', withWeights({ place: 1 })],
    ['there are none', '{}'],
  ])('are refused when %s', (_, text) => {
    expect(() => readMatchingWeights(text)).toThrow(TypeError);
  });
});
