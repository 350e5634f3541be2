import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PictureQuestion, PictureTableAnswer } from '../../../src/member/documents/picture.js';
import { pictureJsonStat } from '../../../src/member/picture/picture-json-stat.js';
import { answer, BY_YEAR_AND_PURPOSE, key, number, question } from './answered-tables.js';
import { breachesOfJsonStat } from './json-stat-rules.js';

const { question: asked, answer: answered } = BY_YEAR_AND_PURPOSE;

/** As it was written; that it keeps the rules of the format is tested for itself. */
interface Cube {
  readonly id: readonly string[];
  readonly size: readonly number[];
  readonly role: Readonly<Record<string, readonly string[]>>;
  readonly dimension: Readonly<
    Record<
      string,
      {
        readonly category: {
          readonly index: string[];
          readonly label: Readonly<Record<string, string>>;
          readonly unit?: unknown;
        };
      }
    >
  >;
  readonly value: readonly (number | null)[];
  readonly status: Readonly<Record<string, string>>;
  readonly note: readonly string[];
  readonly extension: unknown;
}

/** What a reader finds in a cell: its value and its status. */
function reader(of: PictureQuestion, as: PictureTableAnswer) {
  const cube: Cube = JSON.parse(pictureJsonStat(of, as));
  const at = (...categories: string[]): number =>
    categories.reduce((before, one, dimension) => {
      const place = cube.dimension[cube.id[dimension] ?? '']?.category.index.indexOf(one) ?? -1;
      expect(place).toBeGreaterThanOrEqual(0);
      return before * (cube.size[dimension] ?? 0) + place;
    }, 0);
  return {
    cube,
    cell: (...categories: string[]) => [cube.value[at(...categories)], cube.status[String(at(...categories))]],
  };
}

describe('the picture as JSON-stat', () => {
  it('is a dataset of JSON-stat 2.0', () => {
    expect(breachesOfJsonStat(pictureJsonStat(asked, answered))).toEqual([]);
    expect(breachesOfJsonStat(pictureJsonStat(question(), answer({ asOf: null })))).toEqual([]);
  });

  it('has what is not known and what is withheld as categories, after the codes', () => {
    const { cube } = reader(asked, answered);
    expect(cube.id).toEqual(['year', 'purpose', 'measure']);
    expect(cube.role).toEqual({ time: ['year'], metric: ['measure'] });
    expect(cube.dimension['year']?.category.index).toEqual(['2012', '2013', 'UNKNOWN']);
    expect(cube.dimension['purpose']?.category.index).toEqual(['purpose/forced-labour', 'UNKNOWN', 'WITHHELD']);
    expect(cube.dimension['purpose']?.category.label).toMatchObject({ 'purpose/forced-labour': 'forced labour' });
    expect(cube.dimension['measure']?.category.unit).toMatchObject({
      ...{ alerts: { label: 'alerts' }, persons: { label: 'persons' }, withdrawn: { label: 'alerts' } },
    });
    expect(cube.dimension['measure']?.category.index).toEqual([
      ...['alerts', 'persons', 'withdrawn', 'NL_met', 'NL_not_met', 'NL_undetermined', 'NL_withheld'],
    ]);
  });

  it('has a number where it is shown, and null with the status c where it is too small or not listed', () => {
    const { cell } = reader(asked, answered);
    expect(cell('2012', 'purpose/forced-labour', 'alerts')).toEqual([30, undefined]);
    expect(cell('2012', 'purpose/forced-labour', 'NL_not_met')).toEqual([null, 'c']);
    expect(cell('2012', 'UNKNOWN', 'alerts')).toEqual([null, 'c']);
    expect(cell('2013', 'purpose/forced-labour', 'persons')).toEqual([44, undefined]);
    expect(cell('2012', 'purpose/forced-labour', 'withdrawn')).toEqual([null, 'c']);
    expect(cell('UNKNOWN', 'WITHHELD', 'NL_withheld')).toEqual([20, undefined]);
    expect(cell('2013', 'WITHHELD', 'NL_met')).toEqual([null, 'c']);
  });

  it('marks a break where the law of a number changed within its period, and nowhere else', () => {
    const { cell } = reader(asked, answered);
    expect(cell('2013', 'purpose/forced-labour', 'NL_met')).toEqual([25, 'b']);
    expect(cell('2013', 'purpose/forced-labour', 'alerts')).toEqual([50, undefined]);
    expect(cell('2012', 'purpose/forced-labour', 'NL_met')).toEqual([15, undefined]);
  });

  it('has what is not listed of one’s own alerts as 0, and says nothing of what the hub says nothing', () => {
    const rows = ['NL', 'BE'].map((code) => ({
      keys: [key('ORIGIN', code), key('TRANSIT', code)],
      ...{ alerts: number(3), verdicts: [] },
    }));
    const own = question({ by: ['ORIGIN', 'TRANSIT'], scope: 'OWN' });
    expect(reader(own, answer({ rows, threshold: 1, others: number(0) })).cell('NL', 'BE', 'alerts')).toEqual([
      ...[0, undefined],
    ]);
    expect(reader(own, answer({ rows, threshold: 1 })).cell('NL', 'BE', 'alerts')).toEqual([null, undefined]);
  });

  it('carries what the table says of itself', () => {
    const { cube } = reader(asked, answered);
    expect(cube).toMatchObject({ source: 'Symbolon.', updated: '2026-11-30' });
    expect(cube.note).toEqual(
      expect.arrayContaining([
        expect.stringContaining('is null with the status c'),
        'Law: NL, as law stands on 2026-11-30, for episodes of any date',
        'Caveat: Identified cases are not prevalence.',
      ]),
    );
    expect(cube.extension).toMatchObject({
      ...{
        threshold: 11,
        rounding: 1,
        breaks: answered.breaks,
        total: { alerts: number(120), persons: number(112), NL_met: number(40) },
      },
      statements: { caveat: 'Identified cases are not prevalence.' },
    });
  });

  it('is refused beyond a million cells, for which other formats are there', () => {
    const rows = Array.from({ length: 1001 }, (_, at) => ({
      keys: [key('MONTH', `m${at}`), key('ORIGIN', `o${at}`)],
      ...{ alerts: number(11), verdicts: [] },
    }));
    expect(() =>
      pictureJsonStat(question({ by: ['MONTH', 'ORIGIN'] }), answer({ rows, others: number(null) })),
    ).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('keeps the rules of the format and every number, whatever is answered', () => {
    const code = fc.oneof(fc.string(), fc.constantFrom('UNKNOWN', 'WITHHELD', '__proto__', 'constructor'));
    const counted = fc.option(fc.nat(), { nil: null });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(code, code, counted), { selector: ([a, b]) => JSON.stringify([a, b]) }),
        (all) => {
          const rows = all.map(([origin, gender, count]) => ({
            keys: [key('ORIGIN', origin), key('GENDER', gender)],
            ...{ alerts: number(count), verdicts: [] },
          }));
          const by = ['ORIGIN', 'GENDER'];
          expect(breachesOfJsonStat(pictureJsonStat(question({ by }), answer({ rows })))).toEqual([]);
          const { cell } = reader(question({ by }), answer({ rows }));
          for (const [origin, gender, count] of all)
            expect(cell(origin, gender, 'alerts')).toEqual([count, count === null ? 'c' : undefined]);
        },
      ),
    );
  });
});

describe('the rules of JSON-stat', () => {
  const { cube } = reader(asked, answered);
  it.each([
    ['a class of its own', { class: 'table' }, 'class is not dataset'],
    ['a value too few', { value: cube.value.slice(1) }, 'value has not as many elements as size has cells'],
    ['a status of no cell', { status: { 63: 'c' } }, 'status is of no cell: 63'],
    ['a role of no dimension', { role: { geo: ['geo'] } }, 'a role names no dimension: geo'],
    ['a number as text', { value: ['<11', ...cube.value.slice(1)] }, 'a value is no number'],
  ])('catch %s', (_, wrong, breach) => {
    expect(breachesOfJsonStat(JSON.stringify({ ...cube, ...wrong }))).toEqual([breach]);
  });
});
