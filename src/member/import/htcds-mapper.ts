import type { Crosswalk } from '../../protocol/crosswalk/index.js';
import { MemberError } from '../member-error.js';
import { readFlag, splitJoined } from './cell-readers.js';
import { readCrosswalk } from './crosswalk-file.js';
import type { SourceRow } from './csv-rows.js';
import { bare, HtcdsVocabulary } from './htcds-vocabulary.js';
import type { LossTally } from './loss-tally.js';
import { RowBuilder } from './row-builder.js';
import type { RowContent, RowFault, RowMapper } from './row-mapping.js';

type ColumnReader = (text: string, builder: RowBuilder) => void;

const MISSING = new Set(['', 'null', 'nan', 'unknown', '--none--', '-99']);
type DecidedBy = 'police' | 'ngo' | 'court-or-prosecution' | 'other-government' | 'other';

const DECIDERS: ReadonlyMap<string, DecidedBy> = new Map([
  ['police', 'police'],
  ['ngo', 'ngo'],
  ['courtorprosecution', 'court-or-prosecution'],
  ['nonpolicegovernmentalorganization', 'other-government'],
  ['other', 'other'],
] as const);
const PLACES: ReadonlyMap<string, 'origin' | 'transit' | 'exploitation'> = new Map([
  ['recruitment', 'origin'],
  ['transit', 'transit'],
  ['exploitation', 'exploitation'],
] as const);

/** Reads a sheet of HTCDS 2.0: columns by field name, with or without prefix, or by label. Throws `MemberError` BAD_INPUT when it is none. */
export function htcdsMapper(header: readonly string[]): RowMapper {
  const crosswalk = readCrosswalk('htcds-2.0');
  const vocabulary = new HtcdsVocabulary(crosswalk);
  const fields = header.map((column) => vocabulary.fieldOf(column));
  if (!fields.some((field) => field !== null && (vocabulary.isFlag(field) || field.startsWith('vic_')))) {
    throw new MemberError(
      'BAD_INPUT',
      'The header is not that of an HTCDS 2.0 sheet.',
      'Keep the field names (vic_MethodsOfControl) or labels (Methods of Control) on the first line.',
      ['header'],
    );
  }
  const events = eventReader(header, fields);
  const readers = header.map((column, i) => readerOf(column, fields[i] ?? null, vocabulary));
  return {
    format: 'IOM Human Trafficking Case Data Standard (HTCDS) 2.0',
    source: 'HTCDS by the International Organization for Migration, CC BY 4.0; no endorsement is implied.',
    notes: [
      'Names, addresses, dates of birth and case notes are not read: an alert has no place for them.',
      'Acts and means that the file does not state are left open.',
    ],
    map: (row, losses) => mapRow(row, readers, events, crosswalk, losses),
  };
}

function mapRow(
  row: SourceRow,
  readers: readonly ColumnReader[],
  events: (row: SourceRow, builder: RowBuilder) => void,
  crosswalk: Crosswalk,
  losses: LossTally,
): RowContent | readonly RowFault[] {
  const builder = new RowBuilder(crosswalk, row.line, losses);
  for (const [i, reader] of readers.entries()) {
    const text = (row.cells[i] ?? '').trim();
    if (!MISSING.has(text.toLowerCase())) reader(text, builder);
  }
  events(row, builder);
  return builder.finish();
}

function readerOf(column: string, field: string | null, vocabulary: HtcdsVocabulary): ColumnReader {
  if (field === null) return lossReader(column, 'a column that the standard does not have');
  if (vocabulary.isFlag(field)) return flagReader(column, `htcds:${field}`);
  switch (field) {
    case 'prs_Citizenship':
      return (text, builder) => {
        for (const code of splitJoined(text)) builder.country(column, code, 'citizenship');
      };
    case 'prs_Gender':
      return (text, builder) => {
        const mapping = builder.term(column, vocabulary.termOf(field, text));
        if (mapping) builder.setGender(column, mapping);
      };
    case 'vic_AgeWhenTrafficked':
      return ageReader(column);
    case 'vic_TraffickingStatus':
      return (text, builder) => {
        const status = builder.term(column, vocabulary.termOf(field, text))?.present[0];
        if (status !== undefined) builder.setStatus(status);
      };
    case 'vic_TraffickingStatusDecisionMakingOrg':
      return (text, builder) => {
        const decidedBy = DECIDERS.get(bare(text));
        if (decidedBy === undefined)
          builder.fault(column, 'The value is none that the standard lists for this column.');
        else builder.setDecidedBy(decidedBy);
      };
    case 'hte_Country':
    case 'hte_Type':
    case 'hte_Date':
      return () => undefined;
    default:
      return vocabulary.isPicklist(field)
        ? picklistReader(column, field, vocabulary)
        : lossReader(column, 'an alert has no place for it');
  }
}

/** A checkbox: yes says that it is so; no is what an untouched box looks like, and says nothing. */
function flagReader(column: string, objectId: string): ColumnReader {
  return (text, builder) => {
    const flag = readFlag(text);
    const mapping = builder.term(column, objectId);
    if (flag === null) builder.fault(column, 'The value is neither yes nor no.');
    else if (flag && mapping) builder.holds(column, mapping);
  };
}

function picklistReader(column: string, field: string, vocabulary: HtcdsVocabulary): ColumnReader {
  return (text, builder) => {
    const values = vocabulary.isOneValue(field, text) ? [text] : splitJoined(text);
    for (const value of values) {
      const mapping = builder.term(column, vocabulary.termOf(field, value));
      if (mapping) builder.holds(column, mapping);
    }
  };
}

/** Years of age when first trafficked, as a band. */
function ageReader(column: string): ColumnReader {
  return (text, builder) => {
    const years = /^\d{1,3}(\.0+)?$/.test(text) ? Number(text) : NaN;
    if (!(years <= 120)) {
      builder.fault(column, 'The value is no age in years.');
      return;
    }
    builder.setAgeBand(
      `person-age-band/${BANDS.find(([, oldest]) => years <= oldest)?.[0] ?? '48-plus'}`,
      'exploitation',
    );
    if (years < 18) {
      for (const limit of [12, 14, 16]) if (years < limit) builder.assert(`age/under-${limit}`);
    }
  };
}

const BANDS: readonly (readonly [band: string, oldest: number])[] = [
  ['0-8', 8],
  ['9-17', 17],
  ['18-20', 20],
  ['21-23', 23],
  ['24-26', 26],
  ['27-29', 29],
  ['30-38', 38],
  ['39-47', 47],
];

/** The columns of a historic trafficking event belong together: its type says what its country and date are. */
function eventReader(
  header: readonly string[],
  fields: readonly (string | null)[],
): (row: SourceRow, builder: RowBuilder) => void {
  const at = (field: string): number => fields.indexOf(field);
  const [country, type, date] = [at('hte_Country'), at('hte_Type'), at('hte_Date')];
  const cell = (row: SourceRow, index: number): string => (index < 0 ? '' : (row.cells[index] ?? '').trim());
  return (row, builder) => {
    const where = cell(row, country);
    const when = cell(row, date);
    if (MISSING.has(where.toLowerCase()) && MISSING.has(when.toLowerCase())) return;
    const place = PLACES.get(bare(cell(row, type)));
    if (place === undefined) {
      builder.lose(header[Math.max(country, date)] ?? '', null, 'an event without a type');
      return;
    }
    if (!MISSING.has(where.toLowerCase())) builder.country(header[country] ?? '', where, place);
    const [, year, month] = /^((?:19|20)\d\d)(-(?:0[1-9]|1[0-2]))?/.exec(when) ?? [];
    if (year !== undefined && place === 'exploitation') builder.setStart(`${year}${month ?? ''}`);
  };
}

function lossReader(column: string, why: string): ColumnReader {
  return (_text, builder) => {
    builder.lose(column, null, why);
  };
}
