import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { PICTURE_DIMENSIONS } from '../../../src/member/documents/picture.js';
import { setIndex } from '../../../src/member/picture/set-index.js';
import { isOfTheCore, questionOf } from '../../../src/member/picture/set-questions.js';
import { fileNameOf, filesOf, TABLE_FORMATS } from '../../../src/member/picture/table-formats.js';
import { TABLE_SETS } from '../../../src/member/picture/table-sets.js';
import type { PictureDimension } from '../../../src/statistics/picture/dimension.js';
import { facetsOf } from '../../../src/statistics/picture/picture-request.js';
import { answer, number, question } from './answered-tables.js';

const SETS = [...TABLE_SETS.values()];
const TABLES = SETS.flatMap((set) => set.tables.map((table) => ({ set: set.name, ...table })));
const DIMENSIONS = PICTURE_DIMENSIONS.map((one) => one.toUpperCase().replaceAll('-', '_'));
const { by: none, ...asked } = question({ under: ['NL'] });
const NOTHING = { met: number(null), notMet: number(null), undetermined: number(null), withheld: number(null) };

function isDimension(name: string): name is PictureDimension {
  return DIMENSIONS.includes(name);
}

/** How many things the hub would have to count together that it does not: at most one is answered. */
function besideTheCore(by: readonly string[], under: readonly string[]): number {
  expect(by.filter(isDimension)).toEqual(by);
  const rest = {
    where: [],
    onDate: '2026-11-30',
    from: null,
    until: null,
    fill: true,
    scope: 'SHARED' as const,
    about: 'PERSON' as const,
  };
  return facetsOf({ by: by.filter(isDimension), under, ...rest }).length;
}

describe.each(SETS)('the set $name', ({ tables, notAvailable }) => {
  it('names its tables and files differently', () => {
    for (const format of TABLE_FORMATS) {
      const names = tables.map(({ name }) => fileNameOf(name, format));
      expect(new Set(names).size).toBe(tables.length);
    }
  });

  it('says what of the standard is not available, and why', () => {
    expect(notAvailable.some(({ what }) => /traffickers|perpetrators/.test(what))).toBe(true);
    expect(notAvailable.every(({ why }) => why !== '')).toBe(true);
  });
});

describe('the tables of the sets', () => {
  it.each(TABLES)('$set $name asks what the hub counts together, under the law where that can be', (table) => {
    const { by, under } = questionOf(table, asked);
    expect(by.length).toBeLessThanOrEqual(3);
    expect(besideTheCore(by, under)).toBeLessThanOrEqual(1);
    expect(under.length > 0).toBe(besideTheCore(by, ['NL']) <= 1);
  });

  it('take conditions on the core, which go with every table, and on nothing else', () => {
    expect(DIMENSIONS.filter(isOfTheCore)).toEqual(DIMENSIONS.filter((one) => besideTheCore([one], none) === 0));
  });
});

describe('the index of a set', () => {
  const [set] = SETS;
  if (!set) throw new Error('there is no set');
  const answeredTables = (asOf: readonly (string | null)[]) =>
    set.tables.map((table, at) => {
      const of = questionOf(table, asked);
      const verdicts = of.under.map((under) => ({ under, ...NOTHING }));
      const as = answer({ asOf: asOf[at % asOf.length] ?? null, verdicts });
      return { table, question: of, answer: as, files: filesOf('csv', fileNameOf(table.name, 'csv'), of, as) };
    });

  it('has what was asked, and the SHA-256 of each file', () => {
    const answered = answeredTables(['2026-11-30']);
    const index = setIndex(set, 'NL', answered);
    expect(index).toMatchObject({ set: set.name, law: 'NL', asOf: '2026-11-30', source: 'Symbolon.' });
    for (const [at, { files, question: of }] of answered.entries()) {
      expect(index.tables[at]).toMatchObject({
        question: of,
        ictip: null,
        measures: expect.arrayContaining(['alerts']),
      });
      expect(index.tables[at]?.files).toEqual(
        files.map(({ name, mediaType, text }) => ({
          ...{ file: name, mediaType, bytes: Buffer.byteLength(text) },
          sha256: createHash('sha256').update(text).digest('hex'),
        })),
      );
    }
  });

  it('says which tables are not judged, when a law was asked', () => {
    const notJudged = setIndex(set, 'NL', answeredTables([null])).tables.filter((one) => 'notJudged' in one);
    expect(notJudged.map(({ name }) => name)).toEqual(['victims-by-citizenship', 'victims-by-identification']);
  });

  it('says when the tables are not of one moment', () => {
    expect(setIndex(set, null, answeredTables(['2026-11-30', null])).asOf).toBe('not the same for all tables');
  });
});
