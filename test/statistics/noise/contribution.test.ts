import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { approximate, type ContributionBounds, sensitivitySquaredOf } from '../../../src/protocol/privacy/index.js';
import {
  clipContributions,
  type CountedCell,
  DomainCounts,
  type PersonContribution,
} from '../../../src/statistics/noise/index.js';

const KEY = Buffer.from('a key of the accord');
const DOMAIN = ['NL', 'DE', 'BE', 'RO', 'BG', 'unknown'];
const cells = fc.array(fc.constantFrom(...DOMAIN), { maxLength: 12 });
const people = (listed: readonly (readonly string[])[]): PersonContribution[] =>
  listed.map((of, at) => ({ person: `person ${at}`, cells: of }));
const countsOver = (domain: readonly string[], contributions: readonly PersonContribution[]): CountedCell[] => {
  const counts = new DomainCounts(domain);
  for (const { cells: of } of contributions) counts.add(of);
  return counts.cells;
};
const bounds: fc.Arbitrary<ContributionBounds> = fc.record({
  cellsPerPerson: fc.integer({ min: 1, max: 4 }),
  alertsPerPerson: fc.integer({ min: 1, max: 3 }),
});

describe('a clipped contribution', () => {
  it('is part of the whole one, and within the bounds', () => {
    fc.assert(
      fc.property(cells, bounds, (of, limits) => {
        const kept = clipContributions(people([of]), limits, KEY)[0]?.cells ?? [];
        const countIn = (all: readonly string[], cell: string) => all.filter((one) => one === cell).length;
        expect(new Set(kept).size).toBe(Math.min(new Set(of).size, limits.cellsPerPerson));
        for (const cell of new Set(kept))
          expect(countIn(kept, cell)).toBe(Math.min(countIn(of, cell), limits.alertsPerPerson));
      }),
    );
  });

  it('is the same beside whichever others, and another under another key', () => {
    const hers = { person: 'she', cells: DOMAIN };
    const limits = { cellsPerPerson: 2, alertsPerPerson: 1 };
    const alone = clipContributions([hers], limits, KEY)[0];
    const others = people([['NL'], ['NL', 'NL'], ['DE', 'BE', 'BG']]);
    expect(clipContributions([...others, hers], limits, KEY)[3]).toEqual(alone);
    const underKeys = Array.from({ length: 20 }, (_, at) => clipContributions([hers], limits, Uint8Array.of(at))[0]);
    expect(new Set(underKeys.map((kept) => [...(kept?.cells ?? [])].sort().join())).size).toBeGreaterThan(5);
  });

  it('moves the counts, added or removed, by the declared sensitivity at most', () => {
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 8 }), cells, bounds, fc.nat(8), (others, hers, limits, at) => {
        const without = people(others);
        const withHer = [...without.slice(0, at), { person: 'she', cells: hers }, ...without.slice(at)];
        const [a, b] = [without, withHer].map((all) => countsOver(DOMAIN, clipContributions(all, limits, KEY)));
        const moved = (a ?? []).reduce((sum, { count }, cell) => sum + ((b?.[cell]?.count ?? 0) - count) ** 2, 0);
        expect(moved).toBeLessThanOrEqual(approximate(sensitivitySquaredOf(limits)));
      }),
    );
  });

  it('reaches the declared sensitivity', () => {
    const limits = { cellsPerPerson: 2, alertsPerPerson: 3 };
    const counts = countsOver(DOMAIN, clipContributions(people([[...DOMAIN, ...DOMAIN, ...DOMAIN]]), limits, KEY));
    const moved = counts.reduce((sum, { count }) => sum + count ** 2, 0);
    expect(moved).toBe(approximate(sensitivitySquaredOf(limits)));
  });

  it('is refused where a person stands twice, and bounds that are none', () => {
    const twice = [...people([['NL']]), ...people([['DE']])];
    const limits = { cellsPerPerson: 1, alertsPerPerson: 1 };
    expect(() => clipContributions(twice, limits, KEY)).toThrow(RangeError);
    for (const bound of [0, -1, 1.5]) {
      expect(() => clipContributions([], { ...limits, cellsPerPerson: bound }, KEY)).toThrow(RangeError);
      expect(() => sensitivitySquaredOf({ ...limits, alertsPerPerson: bound })).toThrow(RangeError);
    }
  });
});

describe('the counts over a domain', () => {
  it('hold every cell of it, in its order, and those that are empty as 0', () => {
    expect(countsOver(['DE', 'NL', 'BE'], people([['NL', 'NL'], ['DE']]))).toEqual([
      { cell: 'DE', count: 1 },
      { cell: 'NL', count: 2 },
      { cell: 'BE', count: 0 },
    ]);
  });

  it('take in no cell that was not declared, and none twice', () => {
    expect(() => countsOver(['NL'], people([['DE']]))).toThrow(RangeError);
    expect(() => countsOver(['NL', 'NL'], [])).toThrow(RangeError);
  });
});
