import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { pictureSdmx } from '../../../src/member/picture/picture-sdmx.js';
import { answer, BY_YEAR_AND_PURPOSE, key, number, question } from './answered-tables.js';

type Row = Readonly<Record<string, string>>;

const { question: asked, answer: answered } = BY_YEAR_AND_PURPOSE;
const ATTRIBUTES = [
  ...['TITLE', 'SOURCE_TYPE', 'LAST_UPDATE', 'REF_PERIOD', 'STAT_CONC_DEF', 'COMPAR_TIME', 'CONF_DATA_TR'],
  'COMMENT_DSET',
];
const SDMX_ID = /^[A-Za-z0-9_][A-Za-z0-9_@$-]*$/;
const TIME_PERIOD = /^\d{4}(-(Q[1-4]|\d\d(-\d\d)?))?$/;

/** The header, the row of the dataset’s attributes, and the observations. */
function read(csv: string): { header: string[]; dataset: Row; observations: Row[] } {
  const [header = [], ...lines]: string[][] = parse(csv, { record_delimiter: '\r\n' });
  const [dataset = {}, ...observations] = lines.map((line) =>
    Object.fromEntries(header.map((name, at) => [name, line[at] ?? ''])),
  );
  return { header, dataset, observations };
}

const find = (rows: readonly Row[], wanted: Row) =>
  rows.filter((row) => Object.entries(wanted).every(([name, value]) => row[name] === value));

/** Every breach of what SDMX-CSV 2.0 asks of such a file. */
function breaches(csv: string): string[] {
  const { header, dataset, observations } = read(csv);
  const from = header.indexOf('OBS_VALUE');
  const dimensions = header.slice(3, from);
  const keys = observations.map((row) => dimensions.map((one) => row[one]).join('.'));
  return [
    ...(header.slice(0, 3).join() === 'STRUCTURE,STRUCTURE_ID,ACTION' ? [] : ['the first columns are others']),
    ...(new Set(header).size === header.length ? [] : ['a column is there twice']),
    ...(new Set(keys).size === keys.length ? [] : ['an observation is there twice']),
    ...(dimensions.some((one) => dataset[one] !== '') ? ['the attributes of the dataset have a key'] : []),
    ...observations.flatMap((row) => [
      ...(/^SYMBOLON:[A-Z_]+\(\d+\.\d+\.\d+\)$/.test(row['STRUCTURE_ID'] ?? '') ? [] : ['the structure has no name']),
      ...(row['STRUCTURE'] === 'dataflow' && row['ACTION'] === 'I' ? [] : ['the structure or the action is another']),
      ...dimensions
        .filter((one) => !SDMX_ID.test(row[one] ?? ''))
        .map((one) => `${one} has no code: ${row[one] ?? ''}`),
      ...(TIME_PERIOD.test(row['TIME_PERIOD'] ?? '') ? [] : ['the time is no period']),
      ...((row['OBS_VALUE'] === '') === (row['CONF_STATUS'] === 'C') ? [] : ['what is empty is not confidential']),
      ...(/^\d*$/.test(row['OBS_VALUE'] ?? '') ? [] : ['the value is no number']),
    ]),
  ];
}

describe('the picture as SDMX-CSV', () => {
  it('has the columns of Eurostat’s tables, with the action, a comment, and the attributes of the dataset', () => {
    expect(read(pictureSdmx(asked, answered)).header).toEqual([
      ...[
        'STRUCTURE',
        'STRUCTURE_ID',
        'ACTION',
        'FREQ',
        'PURPOSE',
        'INDICATOR',
        'LAW',
        'VERDICT',
        'PERIOD_STATE',
        'TIME_PERIOD',
      ],
      ...['OBS_VALUE', 'OBS_FLAG', 'CONF_STATUS', 'OBS_COM', 'UNIT_MEASURE', ...ATTRIBUTES],
    ]);
  });

  it('keeps the rules of SDMX-CSV 2.0, with and without a time and laws', () => {
    expect(breaches(pictureSdmx(asked, answered))).toEqual([]);
    expect(breaches(pictureSdmx(question(), answer()))).toEqual([]);
    const rows = [{ keys: [key('ORIGIN', 'BG')], alerts: number(20), verdicts: [] }];
    expect(breaches(pictureSdmx(question({ by: ['ORIGIN'] }), answer({ rows })))).toEqual([]);
  });

  it('has an observation for each number, in the year that is known', () => {
    const { observations } = read(pictureSdmx(asked, answered));
    const all = { TIME_PERIOD: '2012', PURPOSE: 'forced-labour', LAW: '_Z', VERDICT: '_T' };
    expect(find(observations, { ...all, INDICATOR: 'PERSONS' })).toEqual([
      expect.objectContaining({ OBS_VALUE: '28', CONF_STATUS: '', UNIT_MEASURE: 'PERSON' }),
    ]);
    expect(find(observations, { ...all, INDICATOR: 'WITHDRAWN' })).toEqual([
      expect.objectContaining({ OBS_VALUE: '', CONF_STATUS: 'C', UNIT_MEASURE: 'ALERT' }),
    ]);
    expect(find(observations, { ...all, INDICATOR: 'ALERTS' })).toEqual([
      expect.objectContaining({
        ...{ STRUCTURE: 'dataflow', STRUCTURE_ID: 'SYMBOLON:PICTURE_YEAR_PURPOSE(1.0.0)', ACTION: 'I', FREQ: 'A' },
        ...{ PERIOD_STATE: 'KNOWN', OBS_VALUE: '30', OBS_FLAG: '', CONF_STATUS: '', OBS_COM: '' },
      }),
    ]);
    expect(find(observations, { TIME_PERIOD: '2012', PURPOSE: 'forced-labour', LAW: 'NL' })).toHaveLength(4);
  });

  it('leaves what is too small empty, confidential, with the bound as a comment', () => {
    const { observations } = read(pictureSdmx(asked, answered));
    const small = { TIME_PERIOD: '2012', PURPOSE: 'forced-labour', LAW: 'NL', VERDICT: 'NOT_MET' };
    expect(find(observations, small)).toEqual([
      expect.objectContaining({ OBS_VALUE: '', CONF_STATUS: 'C', OBS_COM: '<11' }),
    ]);
  });

  it('puts what is of no shown year at the day of counting, in no series of years, and the total with it', () => {
    const { observations } = read(pictureSdmx(asked, answered));
    expect(find(observations, { TIME_PERIOD: '2026-11-30' }).map((row) => [row['FREQ'], row['PERIOD_STATE']])).toEqual([
      ...Array.from({ length: 7 }, () => ['_Z', '_T']),
      ...Array.from({ length: 7 }, () => ['_Z', '_U']),
    ]);
    expect(
      find(observations, { PERIOD_STATE: '_T', PURPOSE: '_T', INDICATOR: 'ALERTS', VERDICT: '_T' })[0]?.['OBS_VALUE'],
    ).toBe('120');
    expect(
      find(observations, { PERIOD_STATE: '_U', PURPOSE: 'WITHHELD', INDICATOR: 'ALERTS', VERDICT: '_T' })[0]?.[
        'OBS_VALUE'
      ],
    ).toBe('40');
  });

  it('flags a break where the law changed', () => {
    const { observations } = read(pictureSdmx(asked, answered));
    expect(
      find(observations, { OBS_FLAG: 'b' }).map((row) => [row['TIME_PERIOD'], row['LAW'], row['VERDICT']]),
    ).toEqual([
      ['2013', 'NL', 'MET'],
      ['2013', 'NL', 'UNDETERMINED'],
    ]);
  });

  it.each([
    [['YEAR', 'MONTH'], ['2024', '2024-05'], { YEAR: '2024', FREQ: 'M', TIME_PERIOD: '2024-05' }],
    [['QUARTER', 'YEAR'], ['2024-Q2', '2024'], { YEAR: '2024', FREQ: 'Q', TIME_PERIOD: '2024-Q2' }],
  ])('takes the finest of %j as the time', (by, codes, expected) => {
    const rows = [{ keys: by.map((one, at) => key(one, codes[at] ?? '')), alerts: number(20), verdicts: [] }];
    const csv = pictureSdmx(question({ by }), answer({ rows }));
    expect(breaches(csv)).toEqual([]);
    expect(read(csv).observations[1]).toMatchObject(expected);
  });

  it('says of the whole dataset what it is, in a row without a key', () => {
    expect(read(pictureSdmx(asked, answered)).dataset).toMatchObject({
      ...{ SOURCE_TYPE: 'Symbolon.', LAST_UPDATE: '2026-11-30', UNIT_MEASURE: '', OBS_VALUE: '' },
      STAT_CONC_DEF: expect.stringMatching(
        /^law: NL, as law stands on 2026-11-30, for episodes of any date; persons: how many the alerts are about at most/,
      ),
      COMPAR_TIME: expect.stringContaining('2013-11-15: NL changed'),
      CONF_DATA_TR: expect.stringContaining('is empty with CONF_STATUS C, and <11 in OBS_COM'),
      COMMENT_DSET: expect.stringContaining('Identified cases are not prevalence.'),
    });
  });

  it('has codes that SDMX takes, or is refused, whatever is answered', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (code, label) => {
        const rows = [{ keys: [key('SECTOR', code, label)], alerts: number(20), verdicts: [] }];
        const write = () => pictureSdmx(question({ by: ['SECTOR'] }), answer({ rows, source: label }));
        if (SDMX_ID.test(code)) expect(breaches(write())).toEqual([]);
        else if (!code.includes('/')) expect(write).toThrow(expect.objectContaining({ code: 'NOT_UNDERSTOOD' }));
      }),
    );
  });
});
