import { describe, expect, it } from '@jest/globals';
import { halfWidth95, rational } from '../../../src/protocol/privacy/index.js';

describe('the width within which 95 of 100 draws lie', () => {
  it.each([
    [1n, 1n, 2], // P(|x| ≤ 1) = (1 + 2e^-½) / 2.5066… = 0.883, and 0.991 with 2e^-2 more
    [100n, 1n, 20], // P(|x| ≤ 19) is near that of a continuous 19.5, which is 0.949
    [25n, 1n, 10],
    [1n, 100n, 0],
    [10n ** 12n, 1n, 1_959_964],
  ])('at variance %s/%s is %i', (n, d, width) => {
    expect(halfWidth95(rational(n, d))).toBe(width);
  });
});
