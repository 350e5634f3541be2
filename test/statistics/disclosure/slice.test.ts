import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CountedClass } from '../../../src/statistics/disclosure/counted-class.js';
import { alertsIn } from '../../../src/statistics/disclosure/piece.js';
import { slice, type Slices } from '../../../src/statistics/disclosure/slice.js';
import { Attacker, type Cell, holds } from './attacker.js';
import { DOMAIN, drawnAlerts } from './drawn-alerts.js';

const THRESHOLD = 11;
const FACETS = ['law', 'control'] as const;

/** Every cell that one of the alerts is in: each of its values given or not. */
function cellsOf({ core, facets }: CountedClass): Cell[] {
  const [means = '', first = '', second = ''] = facets.law;
  const law = [[means], facets.law, [null, first, second], [null, first], [null, null, second], null];
  return [core.year, null].flatMap((year) =>
    [core.exploitation, null].flatMap((exploitation) =>
      [core.purpose, null].flatMap((purpose) =>
        law.flatMap((said) =>
          [facets.control, null].map((control) => ({
            core: {
              ...(year === null ? {} : { year }),
              ...(exploitation === null ? {} : { exploitation }),
              ...(purpose === null ? {} : { purpose }),
            },
            facets: { ...(said === null ? {} : { law: said }), ...(control === null ? {} : { control }) },
          })),
        ),
      ),
    ),
  );
}

/** Cells that fewer alerts are in than may be shown, those with several values given and those with few in turn. */
function smallCells(classes: readonly CountedClass[], most: number): { cell: Cell; alerts: number }[] {
  const cells = new Map(classes.flatMap(cellsOf).map((cell) => [JSON.stringify(cell), cell]));
  const small = [...cells.values()].flatMap((cell) => {
    const alerts = alertsIn(classes.filter((one) => holds(cell, one)));
    return alerts < THRESHOLD ? [{ cell, alerts }] : [];
  });
  const every = Math.max(1, Math.floor(small.length / most));
  return small.filter((_, at) => at % every === 0).slice(0, most);
}

/** What is left for a member that knows which alerts are its own. */
function without(sender: string | null, { core, facets, waiting }: Slices): Slices {
  const others = <T extends { readonly classes: readonly CountedClass[] }>(pieces: readonly T[]): T[] =>
    pieces
      .map((piece) => ({ ...piece, classes: piece.classes.filter((one) => one.sender !== sender) }))
      .filter(({ classes }) => classes.length > 0);
  return { core: others(core), facets: others(facets), waiting };
}

describe('what is published of a set of alerts', () => {
  it('lets nobody narrow down a number below the threshold, whatever tables they put together, and no sender the numbers of others', async () => {
    let looked = 0;
    await fc.assert(
      fc.asyncProperty(drawnAlerts, async (classes) => {
        const slices = slice(classes, FACETS, THRESHOLD);
        const senders = new Set(slices.core.flatMap((piece) => piece.classes.map(({ sender }) => sender)));
        for (const insider of [null, ...senders]) {
          const seen = without(insider, slices);
          if (seen.core.length === 0) continue;
          const attacker = await Attacker.over(seen, DOMAIN);
          try {
            for (const { cell, alerts } of smallCells(
              seen.core.flatMap((piece) => piece.classes),
              6,
            )) {
              const { least, most } = attacker.rangeOf(cell);
              looked++;
              expect(alerts).toBeGreaterThanOrEqual(least);
              expect(alerts).toBeLessThanOrEqual(most);
              expect(most - least).toBeGreaterThanOrEqual(THRESHOLD - 1);
            }
          } finally {
            attacker.dispose();
          }
        }
      }),
      { numRuns: 300, seed: 20261130 },
    );
    expect(looked).toBeGreaterThan(1_000);
  });

  it('counts each alert once in the core and once in each facet, or not at all', () => {
    fc.assert(
      fc.property(drawnAlerts, fc.integer({ min: 2, max: 30 }), (classes, threshold) => {
        const { core, facets, waiting } = slice(classes, FACETS, threshold);
        const counted = classes.filter((one) => !waiting.includes(one));
        for (const pieces of [core, ...FACETS.map((facet) => facets.filter((piece) => piece.facet === facet))])
          expect(pieces.flatMap((piece) => piece.classes).sort(bySpelling)).toEqual([...counted].sort(bySpelling));
        expect(waiting.reduce((sum, { persons }) => sum + persons, 0)).toBeLessThan(2 * threshold);
      }),
      { numRuns: 200 },
    );
  });

  it('holds in every piece what is shown of it, and enough persons, also without those of any one sender', () => {
    fc.assert(
      fc.property(drawnAlerts, fc.integer({ min: 2, max: 30 }), (classes, threshold) => {
        const { core, facets } = slice(classes, FACETS, threshold);
        for (const { facet, value, classes: alike } of facets)
          for (const one of alike)
            expect(value.every((part, at) => part === null || one.facets[facet][at] === part)).toBe(true);
        for (const piece of [...core, ...facets]) {
          for (const one of piece.classes) expect(one.core).toMatchObject(piece.key);
          const persons = piece.classes.reduce((sum, one) => sum + one.persons, 0);
          expect(persons).toBeGreaterThanOrEqual(threshold);
          for (const { sender } of piece.classes) {
            const others = alertsIn(piece.classes.filter((one) => one.sender !== sender));
            if (others > 0) expect(others).toBeGreaterThanOrEqual(threshold);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('shows everything of what is alike often enough', () => {
    const one: CountedClass = { ...alike('2024', 'deception'), alerts: 11, persons: 11 };
    const two: CountedClass = { ...alike('2025', 'force'), alerts: 30, persons: 30 };
    const { core, facets, waiting } = slice([one, two], FACETS, THRESHOLD);
    expect(core.map(({ key, classes }) => [key.year, key.month, alertsIn(classes)])).toEqual([
      ['2024', '', 11],
      ['2025', '', 30],
    ]);
    expect(facets.map(({ facet, value, classes }) => [facet, value, alertsIn(classes)])).toEqual([
      ['law', ['deception', 'met', 'met'], 11],
      ['law', ['force', 'met', 'met'], 30],
      ['control', ['debt'], 11],
      ['control', ['debt'], 30],
    ]);
    expect(waiting).toEqual([]);
  });

  it('does not take alerts of the same person for several persons', () => {
    const linked: CountedClass = { ...alike('2024', 'deception'), alerts: 14, persons: 10 };
    expect(slice([linked], FACETS, THRESHOLD)).toEqual({ core: [], facets: [], waiting: [linked] });
  });
});

function alike(year: string, means: string): CountedClass {
  const [drawn] = fc.sample(drawnAlerts, { numRuns: 1, seed: 1 });
  const [any] = drawn ?? [];
  if (!any) throw new Error('nothing was drawn');
  return {
    ...any,
    sender: 'aa-one',
    core: { ...any.core, year, exploitation: 'NL', purpose: 'labour' },
    facets: { ...any.facets, law: [means, 'met', 'met'], control: ['debt'] },
  };
}

function bySpelling(a: CountedClass, b: CountedClass): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
