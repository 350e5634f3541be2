import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spend } from '../../../src/protocol/privacy/index.js';

describe('a budget', () => {
  it('bears a release that just fits, and none beyond', () => {
    expect(spend(1_000, 900, 100)).toEqual({ allowed: true, spent: 1_000, remaining: 0 });
    expect(spend(1_000, 900, 101)).toEqual({ allowed: false, spent: 900, remaining: 100 });
    expect(spend(1_000, 1_200, 0)).toEqual({ allowed: false, spent: 1_200, remaining: 0 });
  });

  it('is never overspent, and what is spent is the sum of what was allowed, however it is asked', () => {
    const amount = fc.oneof(fc.nat(1_000), fc.maxSafeNat());
    fc.assert(
      fc.property(amount, fc.array(amount, { maxLength: 50 }), (budget, costs) => {
        let [spent, allowedSum] = [0, 0n];
        for (const cost of costs) {
          const asked = spend(budget, spent, cost);
          if (asked.allowed) allowedSum += BigInt(cost);
          expect(asked.allowed).toBe(BigInt(spent) + BigInt(cost) <= BigInt(budget));
          expect(BigInt(asked.spent)).toBe(allowedSum);
          expect(asked.spent + asked.remaining).toBe(budget);
          spent = asked.spent;
        }
        expect(spent).toBeLessThanOrEqual(budget);
      }),
    );
  });

  it.each([0.5, -1, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('does not take %d for an amount', (amount) => {
    expect(() => spend(amount, 0, 0)).toThrow(RangeError);
    expect(() => spend(10, amount, 0)).toThrow(RangeError);
    expect(() => spend(10, 0, amount)).toThrow(RangeError);
  });
});
