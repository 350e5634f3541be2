import type { Crosswalk } from '../../protocol/crosswalk/index.js';
import { normaliseAgeBand, readFlag, readYear, splitJoined } from './cell-readers.js';
import { readCrosswalk } from './crosswalk-file.js';
import { recogniseEdition, type CtdcEdition } from './ctdc-edition.js';
import type { SourceRow } from './csv-rows.js';
import type { LossTally } from './loss-tally.js';
import { RowBuilder } from './row-builder.js';
import type { ProxyOptions, RowContent, RowFault, RowMapper } from './row-mapping.js';

type ColumnReader = (text: string, builder: RowBuilder) => void;

/** Missing, in one edition or another. `0` and `00` are missing in countries only; in a flag of 2017, 0 is a "no". */
const MISSING = new Set(['', '-99', '-99.0', 'null', 'nan', '.', 'unknown']);
const MISSING_COUNTRY = new Set(['0', '00', '0.0']);

/**
 * Who recruited is no statement about whether somebody was: `recruiterRelationFriend` at 0 leaves family. And the crosswalk
 * relates these flags to acts, so that their 0 would deny the acts.
 */
const ZERO_SAYS_NOTHING = /^recruiterRelation/;

/** Reads the CTDC edition that the header shows. Throws `MemberError` BAD_INPUT when it is none. */
export function ctdcMapper(header: readonly string[], proxies: ProxyOptions): RowMapper {
  const edition = recogniseEdition(header);
  const crosswalk = readCrosswalk(edition.crosswalk);
  const known = new Set([...crosswalk.rowsByTerm.keys()].map((id) => id.slice(edition.prefix.length + 1)));
  const valued = new Set(
    [...known].filter((name) => name.includes('/')).map((name) => name.slice(0, name.indexOf('/'))),
  );
  const readers = header.map((column) => readerOf(column, { edition, crosswalk, proxies, known, valued }));
  return {
    format: edition.title,
    source:
      'Counter-Trafficking Data Collaborative (CTDC), www.ctdatacollaborative.org: cite it with year, dataset and date of access.',
    notes: proxyNotes(header, proxies),
    map: (row, losses) => mapRow(row, readers, crosswalk, losses),
  };
}

function mapRow(
  row: SourceRow,
  readers: readonly ColumnReader[],
  crosswalk: Crosswalk,
  losses: LossTally,
): RowContent | readonly RowFault[] {
  const builder = new RowBuilder(crosswalk, row.line, losses);
  for (const [i, reader] of readers.entries()) {
    const text = (row.cells[i] ?? '').trim();
    if (!MISSING.has(text.toLowerCase())) reader(text, builder);
  }
  return builder.finish();
}

interface Columns {
  readonly edition: CtdcEdition;
  readonly crosswalk: Crosswalk;
  readonly proxies: ProxyOptions;
  /** Terms of the edition without the prefix. */
  readonly known: ReadonlySet<string>;
  /** Columns whose values are terms of their own. */
  readonly valued: ReadonlySet<string>;
}

function readerOf(column: string, columns: Columns): ColumnReader {
  const { edition, proxies, known, valued } = columns;
  switch (column) {
    case 'yearOfRegistration':
    case 'yearRegister':
      return yearReader(column, proxies);
    case 'citizenship':
      return countryReader(column, 'citizenship', edition);
    case 'CountryOfExploitation':
      return proxies.exploitationCountryIs === 'exploitation'
        ? countryReader(column, 'exploitation', edition)
        : lossReader(column, 'the country of first identification has no place in an alert');
    case 'UN_COO_Region':
    case 'UN_COE_Region':
      return lossReader(column, 'a region is no country');
    case 'gender':
      return (text, builder) => {
        if (isMissingNa(text)) return;
        const mapping = builder.term(column, `${edition.prefix}:gender/${text.replaceAll(' ', '_')}`);
        if (mapping) builder.setGender(column, mapping);
      };
    case 'ageBroad':
    case 'majorityStatus':
      return ageReader(column, edition, proxies);
    case 'MajorityEntry':
      return valueReader(column, edition, bandSpelling);
    default:
      if (known.has(column)) return termReader(column, columns);
      if (valued.has(column)) return valueReader(column, edition, (text) => text);
      return lossReader(column, 'a column that this edition does not have');
  }
}

function yearReader(column: string, { yearIs }: ProxyOptions): ColumnReader {
  return (text, builder) => {
    const year = readYear(text);
    if (isMissingNa(text)) return;
    if (!year) builder.fault(column, 'The value is neither a year nor a range of years.');
    else if (yearIs === 'registration') builder.lose(column, null, 'the year of registration has no place in an alert');
    else if (year.from !== year.to) builder.lose(column, null, 'a range of years is no date');
    else builder.setStart(year.from);
  };
}

function countryReader(
  column: string,
  where: 'citizenship' | 'exploitation',
  { naIsNamibia }: CtdcEdition,
): ColumnReader {
  return (text, builder) => {
    for (const code of splitJoined(text)) {
      if (MISSING_COUNTRY.has(code) || (code === 'NA' && !naIsNamibia)) continue;
      builder.country(column, code, where);
    }
  };
}

/** The age is that at registration in every edition, and is given as such unless the member knows better. */
function ageReader(column: string, { prefix }: CtdcEdition, { ageIs }: ProxyOptions): ColumnReader {
  return (text, builder) => {
    const mapping = isMissingNa(text) ? null : builder.term(column, `${prefix}:${column}/${bandSpelling(text)}`);
    const band = mapping?.present.find((concept) => concept.startsWith('person-age-band/'));
    if (band !== undefined && band !== 'person-age-band/unknown') builder.setAgeBand(band, ageIs);
  };
}

/** A column that is a term itself: a flag, or one that only repeats or describes. */
function termReader(column: string, { edition, crosswalk }: Columns): ColumnReader {
  const objectId = `${edition.prefix}:${column}`;
  const repeats = (crosswalk.rowsByTerm.get(objectId) ?? []).every((row) => row.subjectId === null);
  return (text, builder) => {
    if (isMissingNa(text)) return;
    const mapping = builder.term(column, objectId);
    if (!mapping) return;
    if (repeats) {
      if (readFlag(text) !== false) builder.lose(column, null, mapping.comments[0] ?? 'no counterpart');
      return;
    }
    const flag = readFlag(text);
    if (flag === null) builder.fault(column, 'The value is not 1, 0 or missing.');
    else if (flag) builder.holds(column, mapping);
    else if (edition.zeroIsNo && !ZERO_SAYS_NOTHING.test(column)) builder.holdsNot(mapping);
  };
}

/** A column whose values are terms, several joined by `;`. */
function valueReader(column: string, { prefix }: CtdcEdition, spell: (text: string) => string): ColumnReader {
  return (text, builder) => {
    for (const value of splitJoined(text)) {
      if (isMissingNa(value)) continue;
      const mapping = builder.term(column, `${prefix}:${column}/${spell(value).replaceAll(' ', '_')}`);
      if (mapping) builder.holds(column, mapping);
    }
  };
}

function lossReader(column: string, why: string): ColumnReader {
  return (_text, builder) => {
    builder.lose(column, null, why);
  };
}

function bandSpelling(text: string): string {
  return normaliseAgeBand(text) ?? text.replaceAll(' ', '_');
}

/** Outside the country columns `NA` is what statistics programs write for missing. */
function isMissingNa(text: string): boolean {
  return text === 'NA';
}

function proxyNotes(header: readonly string[], proxies: ProxyOptions): string[] {
  const has = (...names: string[]): boolean => names.some((name) => header.includes(name));
  return [
    ...(has('yearOfRegistration', 'yearRegister') && proxies.yearIs === 'episode-start'
      ? [
          'The year of registration is given as the start of the episode, which may lie earlier (--year-is registration leaves it out).',
        ]
      : []),
    ...(has('CountryOfExploitation') && proxies.exploitationCountryIs === 'exploitation'
      ? [
          'CountryOfExploitation is for part of the sources the country of first identification (--exploitation-country-is first-identification leaves it out).',
        ]
      : []),
    ...(has('ageBroad', 'majorityStatus') && proxies.ageIs === 'registration'
      ? [
          'The age is given as that at registration: it shows who was a minor, and never that somebody was not (--age-is exploitation says that it was the age when it happened).',
        ]
      : []),
    'Acts and means that the file does not state are left open.',
  ];
}
