import { describe, expect, it } from '@jest/globals';
import { countedCodes, countedYears, corridorsOf, numberOf } from '../../../src/console/picture/figure-numbers.js';
import {
  asksTable,
  changesTable,
  codesTable,
  verdictsTable,
  yearsTable,
} from '../../../src/console/picture/figure-tables.js';
import { rowsTable } from '../../../src/console/picture/rows-table.js';
import { tableCsv } from '../../../src/console/picture/table-csv.js';
import { namingIn } from './naming.js';
import { row, shown, tableOf, verdictsUnder } from './picture-answers.js';

const naming = namingIn('en');

describe('the numbers of a figure', () => {
  const table = tableOf(
    [
      row({ EXPLOITATION: 'BE' }, 20, 18),
      row({ EXPLOITATION: 'NL' }, 40, 12),
      row({ EXPLOITATION: 'FR' }, null, null),
      row({ EXPLOITATION: '?' }, 30, 11),
      row({ EXPLOITATION: '…' }, 15, null),
    ],
    105,
    50,
  );

  it('are the largest first, with what is not said and not shown beside them', () => {
    const { codes, unknown, withheld, total } = countedCodes(table, null);
    expect(codes.map(({ code, count }) => [code, count])).toEqual([
      ['NL', 40],
      ['BE', 20],
    ]);
    expect([unknown, withheld, total]).toEqual([shown(30), shown(15), shown(105)]);
  });

  it('are of those that are met, when a law is asked', () => {
    const { codes, withheld, total } = countedCodes(table, 'NL');
    expect(codes.map(({ code, count }) => [code, count])).toEqual([
      ['BE', 18],
      ['NL', 12],
    ]);
    expect([withheld, total]).toEqual([shown(null), shown(50)]);
  });

  it('are not made up for a law that the hub did not judge by', () => {
    expect(() => numberOf(table, 'BG')).toThrow('did not judge');
  });

  it('of corridors need both ends', () => {
    const rows = [
      row({ ORIGIN: 'RO', EXPLOITATION: 'DE' }, 41),
      row({ ORIGIN: '?', EXPLOITATION: 'DE' }, 90),
      row({ ORIGIN: 'AL', EXPLOITATION: 'NL' }, 55),
      row({ ORIGIN: 'MD', EXPLOITATION: 'IT' }, null),
    ];
    expect(corridorsOf(tableOf(rows, 200), null)).toEqual([
      { from: 'AL', to: 'NL', count: 55 },
      { from: 'RO', to: 'DE', count: 41 },
    ]);
  });

  it('of years have no gaps: what is too small is not none', () => {
    const years = countedYears(tableOf([row({ YEAR: '2018' }, 20), row({ YEAR: '2016' }, 30)], 60), null);
    expect(years).toEqual([
      { year: 2016, count: 30 },
      { year: 2017, count: null },
      { year: 2018, count: 20 },
    ]);
    expect(countedYears(tableOf([], null), null)).toEqual([]);
    expect(yearsTable(years, null, 11, naming).rows[1]).toEqual(['2017', 'fewer than 11']);
  });

  it('as a table have every row, and what stands for all others', () => {
    const written = codesTable(countedCodes(table, 'NL'), 'EXPLOITATION', 'NL', shown(null), naming);
    expect(written.head).toEqual(['Country of exploitation', 'Met under law NL']);
    expect(written.rows).toEqual([
      ['[BE]', '18'],
      ['[NL]', '12'],
      ['Not said', '11'],
      ['Not shown', 'fewer than 11'],
      ['Every other one', 'fewer than 11'],
    ]);
  });

  it('by several dimensions have the verdicts of each law beside them', () => {
    const rows = [
      row({ YEAR: '2016', GENDER: '?' }, 20, 12),
      row({ YEAR: '…', GENDER: 'person-gender/man' }, 90, null),
    ];
    const written = rowsTable(tableOf(rows, 110, 12), ['YEAR', 'GENDER'], ['NL'], naming);
    expect(written.head.slice(0, 4)).toEqual(['Year', 'Gender', 'Alerts', 'law NL: met']);
    expect(written.rows).toEqual([
      ['(Not shown)', '[person-gender/man]', '90', 'fewer than 11', '50', 'fewer than 11', 'fewer than 11'],
      ['[2016]', '(Not said)', '20', '12', '50', 'fewer than 11', 'fewer than 11'],
      ['Every other one', '', 'fewer than 11'],
    ]);
  });
});

it('verdicts, changes and questions are tables, too', () => {
  expect(verdictsTable([verdictsUnder('NL', 12)], naming).rows).toEqual([
    ['law NL', '12', '50', 'fewer than 11', 'fewer than 11'],
  ]);
  const change = {
    ...{ a: 'NL', b: 'BE', verdictA: 'UNDETERMINED', verdictB: 'MET', alerts: shown(90) },
    byElement: [{ kind: 'MEANS', alerts: shown(90) }],
  };
  expect(changesTable([change], naming).rows).toEqual([['law NL: undetermined', 'law BE: met', 'means 90', '90']]);
  const ask = {
    under: 'NL',
    kind: 'MEANS',
    anyOf: ['means/fraud', 'means/force'],
    settles: shown(12),
    lackedBy: shown(40),
  };
  expect(asksTable([ask], (id) => id.slice(6), naming).rows).toEqual([['law NL', 'means', 'fraud, force', '12', '40']]);
});

it('a table as CSV says what it is, and is no formula', () => {
  const csv = tableCsv(
    'What, changes',
    {
      head: ['Law', 'n'],
      rows: [
        ['=1+1', '12'],
        ['a, b', '<11'],
      ],
    },
    ['Not "prevalence"'],
  );
  expect(csv).toBe('# Title: What, changes\r\n# Note: Not ’prevalence’\r\nLaw,n\r\n\'=1+1,12\r\n"a, b",<11\r\n');
});
