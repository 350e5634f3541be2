import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOnTheWeb, pictureCsv } from '../../../src/member/picture/picture-csv.js';
import { answer, BY_YEAR_AND_PURPOSE, key, number, question } from './answered-tables.js';

const { question: asked, answer: answered } = BY_YEAR_AND_PURPOSE;
const FORMULA = /^\s*[=+\-@＝＋－＠]/;
const hostile = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'=+-@"\',;|\t\r\n# a1<'), maxLength: 12 }),
  fc.string({ unit: 'grapheme' }),
);

/** As a program reads it. */
function records(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, comment: '#', comment_no_infix: true, record_delimiter: '\r\n' });
}

/** As a spreadsheet reads it, comments and all. */
function cells(csv: string): string[] {
  const rows: string[][] = parse(csv, { relax_column_count: true, relax_quotes: true });
  return rows.flat();
}

/** As a spreadsheet may read it where semicolons part the cells, and the quotes are none to it. */
function cellsBySemicolon(csv: string): string[] {
  return csv.split(/[;\r\n]+/).map((cell) => cell.replace(/^["\s]*/, ''));
}

describe('the picture as CSV', () => {
  it('has a line for each row, with code, label and state of each dimension, and each number', () => {
    expect(records(pictureCsv(asked, answered))[0]).toEqual({
      ...{ year_code: '2012', year_label: '2012', year_state: 'known' },
      ...{ purpose_code: 'purpose/forced-labour', purpose_label: 'forced labour', purpose_state: 'known' },
      ...{
        alerts: '30',
        persons: '28',
        withdrawn: '<11',
        NL_met: '15',
        NL_not_met: '<11',
        NL_undetermined: '15',
        NL_withheld: '<11',
      },
    });
    expect(records(pictureCsv(asked, answered))).toHaveLength(4);
  });

  it('writes what is too small as <11, and what is not known or withheld as rows of their own', () => {
    const rows = records(pictureCsv(asked, answered));
    expect(rows[1]).toMatchObject({ purpose_code: '', purpose_state: 'unknown', alerts: '<11', NL_met: '<11' });
    expect(rows[3]).toMatchObject({ year_state: 'unknown', purpose_label: 'withheld', purpose_state: 'withheld' });
  });

  it('says above the table what it is, in lines that begin with #', () => {
    const comments = pictureCsv(asked, answered)
      .split('\r\n')
      .filter((line) => line.startsWith('#'));
    expect(comments).toEqual([
      '# Title: Alerts by year in which the episode started, purpose of exploitation under NL',
      '# Source: Symbolon.',
      '# As of: 2026-11-30',
      '# Period: episodes that started in 2012 or later and in 2013 or earlier',
      '# Law: NL, as law stands on 2026-11-30, for episodes of any date',
      '# Persons: how many the alerts are about at most: alerts about somebody who was counted with an earlier alert are left out, as far as confirmed links tell and are many enough to be shown',
      '# Break: 2013-11-15: NL changed (began: NL-273f-1-9); what happened before and after came about under different law',
      '# Suppression: every number is a sum of groups of at least 11 persons that are counted together or not at all; a number below 11, 0 among them, is written as <11, never as 0 and never left empty; what is withheld may belong to any row',
      '# Rounding: none',
      '# Counted in all: 120 alerts, 112 persons at most, 12 alerts withdrawn since they were counted, 40 alerts met under NL, <11 alerts not met under NL, 60 alerts undetermined under NL, 20 alerts verdict withheld under NL',
      '# Adding up: rows need not add up: what counts in several of them (two purposes, or a broader concept and its narrower ones) is in each',
      '# Not listed: <11 for every combination of codes that is not listed',
      '# Caveat: Identified cases are not prevalence.',
    ]);
  });

  it('says of one’s own alerts that they are exact and not for publication', () => {
    const own = pictureCsv(question({ scope: 'OWN' }), answer({ threshold: 1, alerts: number(0) }));
    expect(own).toContain('# Title: Own alerts\r\n');
    expect(own).toContain('# Suppression: none: these are one’s own alerts, exactly, and not for publication\r\n');
    expect(records(own)).toEqual([{ alerts: '0' }]);
  });

  it('has no column of persons where the hub does not say them, and says so', () => {
    const rows = [
      {
        keys: [key('SECTOR', 'sector/construction')],
        alerts: number(11),
        persons: null,
        withdrawn: null,
        verdicts: [],
      },
    ];
    const csv = pictureCsv(question({ by: ['SECTOR'] }), answer({ persons: null, withdrawn: null, rows }));
    expect(Object.keys(records(csv)[0] ?? {})).toEqual(['sector_code', 'sector_label', 'sector_state', 'alerts']);
    expect(csv).toContain('# Persons: not counted in this table: several alerts may be about one person\r\n');
  });

  it('names conditions and rounding, and that nothing is counted yet', () => {
    const where = [{ dimension: 'EXPLOITATION', anyOf: ['NL', 'BE'], unknown: true }];
    const csv = pictureCsv(question({ where, until: '2020' }), answer({ asOf: null, rounding: 5 }));
    expect(csv).toContain('# Title: Alerts with country of exploitation NL or BE or unknown\r\n');
    expect(csv).toContain('# As of: nothing is counted yet\r\n');
    expect(csv).toContain('# Period: episodes that started in 2020 or earlier\r\n');
    expect(csv).toContain('# Rounding: numbers are rounded to multiples of 5\r\n');
  });

  it('is one table of one width whatever the hub sends, and no cell of it is a formula to any spreadsheet', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (code, label, source) => {
        const csv = pictureCsv(
          question({ by: ['ORIGIN'] }),
          answer({
            source,
            caveat: label,
            rows: [{ keys: [key('ORIGIN', code, label)], alerts: number(11), verdicts: [] }],
          }),
        );
        expect(records(csv)).toHaveLength(1);
        expect([...cells(csv), ...cellsBySemicolon(csv)].filter((cell) => FORMULA.test(cell))).toEqual([]);
        expect(cells(csv).slice(-4)).toEqual(expect.arrayContaining(['11']));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a row lacks a dimension', { rows: [{ keys: [key('YEAR', '2012')], alerts: number(11), verdicts: [] }] }],
    ['a number is neither there nor too small', { alerts: { count: null, fewerThan: null } }],
    ['a law is not answered', { verdicts: [] }],
    ['a row lacks the persons that the whole has', { rows: answered.rows.map((row) => ({ ...row, persons: null })) }],
  ])('is refused when %s', (_, wrong) => {
    expect(() => pictureCsv(asked, { ...answered, ...wrong })).toThrow(
      expect.objectContaining({ code: 'NOT_UNDERSTOOD' }),
    );
  });
});

describe('its metadata for CSV on the Web', () => {
  interface Described {
    readonly dialect: { readonly skipRows: number };
    readonly tableSchema: { readonly columns: readonly { name: string; datatype: string | { format: string } }[] };
  }
  const metadata: Described = JSON.parse(csvOnTheWeb(asked, answered, 'picture.csv'));

  it('skips as many lines as there are comments, and names each column in its order', () => {
    const lines = pictureCsv(asked, answered).split('\r\n');
    expect(lines[metadata.dialect.skipRows]).toBe(metadata.tableSchema.columns.map(({ name }) => name).join(','));
    expect(lines.slice(0, metadata.dialect.skipRows).every((line) => line.startsWith('# '))).toBe(true);
  });

  it('says how each cell is written', () => {
    const formats = metadata.tableSchema.columns.map(({ datatype }) =>
      typeof datatype === 'string' ? '' : `^(${datatype.format})$`,
    );
    for (const row of records(pictureCsv(asked, answered)))
      for (const [at, cell] of Object.values(row).entries()) expect(cell).toMatch(new RegExp(formats[at] ?? '^$'));
  });

  it('says what the file says', () => {
    expect(metadata).toMatchObject({
      ...{ url: 'picture.csv', 'dc:source': 'Symbolon.', 'dc:description': 'Identified cases are not prevalence.' },
      'dc:modified': { '@value': '2026-11-30', '@type': 'xsd:date' },
      notes: [expect.objectContaining({ suppression: expect.stringContaining('is written as <11') })],
    });
  });
});
