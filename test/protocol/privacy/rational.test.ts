import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { approximate, rational, wholeSquareRoot } from '../../../src/protocol/privacy/index.js';

describe('a fraction', () => {
  it('stands in lowest terms', () => {
    expect(rational(6n, 4n)).toEqual({ numerator: 3n, denominator: 2n });
    expect(rational(-6n, 4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(rational(0n, 7n)).toEqual({ numerator: 0n, denominator: 1n });
    expect(approximate(rational(1n, 8n))).toBe(0.125);
  });

  it.each([0n, -1n])('has no denominator of %s', (denominator) => {
    expect(() => rational(1n, denominator)).toThrow(RangeError);
  });
});

describe('the whole part of a square root', () => {
  it('is the largest whole number whose square is not above', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 200n }), (value) => {
        const root = wholeSquareRoot(value);
        expect(root * root <= value && value < (root + 1n) * (root + 1n)).toBe(true);
      }),
    );
    expect([0n, 1n, 3n, 4n, 99n, 100n].map(wholeSquareRoot)).toEqual([0n, 1n, 1n, 2n, 9n, 10n]);
    expect(() => wholeSquareRoot(-1n)).toThrow(RangeError);
  });
});
