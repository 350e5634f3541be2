import { describe, expect, it } from '@jest/globals';
import { beginningOf, periodName, periodOf } from '../../../src/statistics/picture-signals/period.js';

describe('a period', () => {
  it.each([
    ['2026-09', 'MONTH', '2026-09'],
    ['2026-09', 'QUARTER', '2026-Q3'],
    ['2026-10-01', 'QUARTER', '2026-Q4'],
    ['2026-12-31', 'MONTH', '2026-12'],
    ['2026-01-01', 'QUARTER', '2026-Q1'],
    ['2026', 'YEAR', '2026'],
    ['2026-12', 'YEAR', '2026'],
  ] as const)('of %s by %s is %s', (date, period, name) => {
    expect(periodName(periodOf(date, period), period)).toBe(name);
    const beginning = beginningOf(periodOf(date, period), period).toISOString();
    expect(periodName(periodOf(beginning, period), period)).toBe(name);
    expect(beginning).toMatch(/-01T00:00:00\.000Z$/);
  });

  it.each([
    ['MONTH', '2025-12', '2026-01'],
    ['QUARTER', '2025-12', '2026-03'],
    ['YEAR', '2025-01', '2026-12'],
  ] as const)('by %s is followed by that whose number is one more, over the turn of the year', (period, last, next) => {
    expect(periodOf(next, period)).toBe(periodOf(last, period) + 1);
  });
});
