import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** Greek and Cyrillic. */
const NATIVE = /[\u0370-\u052f]/u;

/** A row as a person of a data set: what the normaliser takes, and who it really is. */
export interface BenchRecord {
  readonly person: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Which attributes a run may see. */
export type Attributes =
  'names+date' | '+place' | '+place+document' | 'names+date+country' | 'names+date+country+place+document';

/** Reads a FEBRL file: the place is the suburb and the postcode, the document is `soc_sec_id` as a national number of Australia. */
export function readFebrl(file: string, attributes: Attributes): BenchRecord[] {
  return rowsOf(file).map((row) => ({
    person: /^rec-(\d+)-/.exec(row['rec_id'] ?? '')?.[1] ?? '',
    record: {
      names: { given: row['given_name'], family: row['surname'] },
      birthDate: dateOf(row['date_of_birth'] ?? ''),
      birthCountry: 'AU',
      ...(attributes === 'names+date' ? {} : { birthPlace: [row['suburb'] ?? '', row['postcode'] ?? ''] }),
      ...(attributes === '+place+document'
        ? { documents: documentsOf('national-number', 'AU', row['soc_sec_id']) }
        : {}),
    },
  }));
}

/** Reads a synthetic cross-border file. It does not say who issued a document: one issuer stands for all. */
export function readSynthetic(file: string, attributes: Attributes): BenchRecord[] {
  return rowsOf(file).map((row) => ({
    person: row['ent'] ?? '',
    record: {
      names: { given: row['given'], family: row['family'] },
      birthDate: row['dob'],
      birthCountry: row['birth_country'],
      ...(attributes === 'names+date+country'
        ? {}
        : { birthPlace: row['birth_place'], documents: documentsOf('passport', 'NL', row['doc']) }),
    },
  }));
}

/** Pairs of a name in Latin letters and in another script. */
export function readNamePairs(file: string): (readonly [latin: string, native: string])[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [latin = '', native = ''] = line.split('\t');
      return latin === '' || native === '' ? [] : [[latin, native] as const];
    });
}

/** Pairs of a popular name as written at home and romanised, of some countries. */
export function readPopularNames(
  file: string,
  countries: readonly string[],
): (readonly [latin: string, native: string])[] {
  return rowsOf(file)
    .filter((row) => countries.includes(row['Country'] ?? ''))
    .map((row) => [row['Romanized Name'] ?? '', row['Localized Name'] ?? ''] as const)
    .filter(([latin, native]) => latin !== '' && NATIVE.test(native) && !NATIVE.test(latin));
}

export function rowsOf(file: string): Record<string, string>[] {
  return parse(readFileSync(file, 'utf8'), { columns: true, trim: true, bom: true, skip_empty_lines: true });
}

/** FEBRL's typing errors make days and months that do not exist; an officer would be asked again, here they are left out. */
function dateOf(text: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  if (Number(month) < 1 || Number(month) > 12) return year;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCDate() === Number(day) ? `${year}-${month}-${day}` : `${year}-${month}`;
}

function documentsOf(type: string, issuer: string, number: string | undefined): unknown[] {
  return number ? [{ type, issuer, number }] : [];
}
