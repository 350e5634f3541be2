import { describe, expect, it } from '@jest/globals';
import { publishedTables } from '../../../src/statistics/publication/published-table.js';
import { answer, key, number } from '../../member/picture/answered-tables.js';

const request = {
  ...({ by: ['YEAR', 'CITIZENSHIP'], under: [], where: [], from: null, until: null } as const),
  ...({ scope: 'SHARED', about: 'PERSON', fill: true, onDate: '2026-11-30' } as const),
};

/** A table of so many years and as many citizenships, which has a cell for each pair. */
function square(side: number) {
  const rows = Array.from({ length: side }, (_, at) => ({
    keys: [key('YEAR', String(1000 + at)), key('CITIZENSHIP', `X${String(at)}`)],
    ...{ alerts: number(11), verdicts: [] },
  }));
  return { one: { asked: { by: request.by }, request }, answer: answer({ rows, others: number(null) }) };
}

describe('the tables of a publication', () => {
  it('have room for as many cells together as a document has', () => {
    const [first, second] = publishedTables([square(400), square(400)]);
    expect([first?.dataset.value.length, second?.dataset.value.length]).toEqual([160_000, 160_000]);
    expect(first?.request).toEqual({ by: ['YEAR', 'CITIZENSHIP'] });
  });

  it.each([
    ['one is too large', [700]],
    ['all are together', [400, 400, 400]],
  ])('are refused as OVERSIZED when %s, before the cube is made', (_, sides) => {
    expect(() => publishedTables(sides.map(square))).toThrow(
      expect.objectContaining({
        code: 'OVERSIZED',
        path: ['events', 'https://w3id.org/symbolon/events/publication-asked', 'tables'],
      }),
    );
  });
});
