import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BudgetBook } from '../../src/custodian/budget-book.js';
import { DEFAULT_POLICY } from '../../src/custodian/budget-policy.js';

const DAY = 86_400;
const START = 20_000 * DAY;
const asked = (at: number, officer = 'desk-1', epoch = '2027-1') => ({
  ...{ member: 'xa-member', officer, epoch, counts: { FULL: 24 }, at },
});

/** How many alerts an officer gets through on a day when it asks for as many as it can. */
function asManyAsAllowed(book: BudgetBook, at: number, most = Infinity): number {
  for (let count = 0; count < most; count++) {
    try {
      book.assertAffordable(asked(at));
    } catch {
      return count;
    }
    book.spend(asked(at));
  }
  return most;
}

describe('a budget over time', () => {
  it('is three times the mean of the 90 days before, when that is more than ten', () => {
    const book = new BudgetBook(DEFAULT_POLICY);
    // 10 alerts on each of 60 days: a mean of 6.7, so that 20 are allowed.
    for (let day = 0; day < 60; day++) asManyAsAllowed(book, START + day * DAY, 10);
    expect(asManyAsAllowed(book, START + 60 * DAY)).toBe(20);
    // What lies further back than 90 days counts no more.
    expect(asManyAsAllowed(book, START + 151 * DAY)).toBe(10);
  });

  it('is ten for who asks little or begins', () => {
    const book = new BudgetBook(DEFAULT_POLICY);
    for (let day = 0; day < 90; day++) asManyAsAllowed(book, START + day * DAY, 3);
    expect(asManyAsAllowed(book, START + 90 * DAY)).toBe(10);
  });

  it('never lets anybody ask for more than ten, or three times its mean, on any day', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 120 }), (wishes) => {
        const book = new BudgetBook(DEFAULT_POLICY);
        const had: number[] = [];
        wishes.forEach((wish, day) => {
          const got = asManyAsAllowed(book, START + day * DAY, wish);
          const mean = had.slice(-90).reduce((sum, count) => sum + count, 0) / 90;
          expect(got).toBeLessThanOrEqual(Math.max(10, 3 * mean));
          expect(got).toBe(Math.min(wish, Math.max(10, Math.floor(3 * mean))));
          had.push(got);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('is another in another epoch, so that a new epoch begins low', () => {
    const book = new BudgetBook(DEFAULT_POLICY);
    for (let count = 0; count < 10; count++) book.spend(asked(START));
    expect(() => {
      book.assertAffordable(asked(START));
    }).toThrow(expect.objectContaining({ code: 'BUDGET_OFFICER' }));
    book.assertAffordable(asked(START, 'desk-1', '2027-2'));
  });

  it('of an hour is counted apart for granted budgets: they stop neither the others, nor are stopped by them', () => {
    const book = new BudgetBook({ ...DEFAULT_POLICY, alertsPerHour: 3, grantedPerHour: 2 });
    const grant = { member: 'xa-member', epoch: '2027-1', alerts: 100, partial: 0, until: START + DAY };
    book.addGrant('a-grant', grant);
    const granted = (at: number) => ({ ...asked(at), grant: 'a-grant' });
    const tooMuch = expect.objectContaining({ code: 'BREAKER_OPEN' });
    const affordable = (one: Parameters<BudgetBook['spend']>[0]) => () => {
      book.assertAffordable(one);
    };
    for (let count = 0; count < 2; count++) book.spend(granted(START));
    expect(affordable(granted(START))).toThrow(tooMuch);
    for (let count = 0; count < 3; count++) {
      affordable(asked(START))();
      book.spend(asked(START));
    }
    expect(affordable(asked(START))).toThrow(tooMuch);
    affordable(granted(START + 3600))();
    affordable(asked(START + 3600))();
  });
});
