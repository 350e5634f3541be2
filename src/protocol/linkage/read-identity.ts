import { isCountryCode } from '../countries.js';
import { readBirthDate, UNKNOWN_BIRTH_DATE } from './birth-date.js';
import { CALENDARS } from './calendars.js';
import { DOCUMENT_TYPES, normaliseDocumentNumber } from './document-number.js';
import type { Identity, IdentityDocument } from './identity.js';
import { LinkageRefusal, type LinkageRefusalCode } from './linkage-refusal.js';
import { transliterate } from './transliterate.js';

const LONGEST_TEXT = 200;
const MOST_VALUES = 10;
const FIELDS = ['names', 'birthDate', 'calendar', 'birthCountry', 'birthPlace', 'documents'];
const NAME_FIELDS = ['given', 'family', 'patronymic', 'parts'];
const DOCUMENT_FIELDS = ['type', 'issuer', 'number'];

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly string[];

/**
 * Reads an identity record as it comes from a form or a file:
 * `{ names: { given, family, patronymic } | { parts: [] }, birthDate, calendar, birthCountry, birthPlace, documents: [{ type, issuer, number }] }`.
 * Everything but a name is optional, and an empty text is as good as none. Throws `LinkageRefusal`, which never repeats a value.
 */
export function readIdentity(record: unknown): Identity {
  const fields = fieldsOf(record, [], FIELDS);
  const names = readNames(fields['names']);
  const date = textOf(fields, 'birthDate', []);
  const calendar = oneOf(textOf(fields, 'calendar', []) ?? 'gregorian', CALENDARS, 'CALENDAR_UNKNOWN', ['calendar']);
  return {
    names,
    birthDate: date === null ? UNKNOWN_BIRTH_DATE : readBirthDate(date, calendar),
    birthCountry: countryOf(textOf(fields, 'birthCountry', []), ['birthCountry']),
    birthPlaces: textsOf(fields, 'birthPlace', []),
    documents: listOf(fields['documents'] ?? [], ['documents']).map((one, at) =>
      readDocument(one, ['documents', String(at)]),
    ),
  };
}

function readNames(value: unknown): readonly string[] {
  const fields = fieldsOf(value, ['names'], NAME_FIELDS);
  const names = NAME_FIELDS.flatMap((field) => textsOf(fields, field, ['names']));
  if (!names.some((name) => transliterate(name) !== '')) throw new LinkageRefusal('NAMES_MISSING', ['names']);
  return names;
}

function readDocument(value: unknown, path: Path): IdentityDocument {
  const fields = fieldsOf(value, path, DOCUMENT_FIELDS);
  const number = textOf(fields, 'number', path);
  if (number === null || normaliseDocumentNumber(number) === '')
    throw new LinkageRefusal('DOCUMENT_NUMBER_MISSING', [...path, 'number']);
  const issuer = countryOf(textOf(fields, 'issuer', path), [...path, 'issuer']);
  if (issuer === null) throw new LinkageRefusal('COUNTRY_UNKNOWN', [...path, 'issuer']);
  return {
    type: oneOf(textOf(fields, 'type', path) ?? '', DOCUMENT_TYPES, 'DOCUMENT_TYPE_UNKNOWN', [...path, 'type']),
    issuer,
    number,
  };
}

function fieldsOf(value: unknown, path: Path, allowed: readonly string[]): Fields {
  if (!isRecord(value)) throw new LinkageRefusal('RECORD_NOT_AN_OBJECT', path);
  if (Object.keys(value).some((field) => !allowed.includes(field))) throw new LinkageRefusal('FIELD_UNKNOWN', path);
  return value;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown, path: Path): readonly unknown[] {
  if (!Array.isArray(value)) throw new LinkageRefusal('RECORD_NOT_AN_OBJECT', path);
  if (value.length > MOST_VALUES) throw new LinkageRefusal('TOO_MANY_VALUES', path);
  return value;
}

function textOf(fields: Fields, field: string, path: Path): string | null {
  const value = fields[field];
  if (value === undefined || value === null) return null;
  const text = textAt(value, [...path, field]);
  return text.trim() === '' ? null : text;
}

/** One text or a list of them. */
function textsOf(fields: Fields, field: string, path: Path): readonly string[] {
  const value = fields[field];
  if (!Array.isArray(value)) return [textOf(fields, field, path) ?? []].flat();
  const texts = listOf(value, [...path, field]).map((one, at) => textAt(one, [...path, field, String(at)]));
  return texts.filter((text) => text.trim() !== '');
}

function textAt(value: unknown, path: Path): string {
  if (typeof value !== 'string') throw new LinkageRefusal('FIELD_NOT_TEXT', path);
  if (value.length > LONGEST_TEXT) throw new LinkageRefusal('FIELD_TOO_LONG', path);
  return value;
}

function countryOf(text: string | null, path: Path): string | null {
  if (text !== null && !isCountryCode(text)) throw new LinkageRefusal('COUNTRY_UNKNOWN', path);
  return text;
}

function oneOf<T extends string>(text: string, allowed: readonly T[], code: LinkageRefusalCode, path: Path): T {
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw new LinkageRefusal(code, path);
  return found;
}
