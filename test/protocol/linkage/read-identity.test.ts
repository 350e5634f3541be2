import { describe, expect, it } from '@jest/globals';
import { LINKAGE_REFUSAL_CODES, LinkageRefusal, readIdentity } from '../../../src/protocol/linkage/index.js';

const names = { given: 'Maria', family: 'Popescu' };
const MARKER = 'Zxqmarker';

const REFUSED: readonly (readonly [code: string, record: unknown, path: string])[] = [
  ['RECORD_NOT_AN_OBJECT', MARKER, ''],
  ['RECORD_NOT_AN_OBJECT', { names: [MARKER] }, 'names'],
  ['RECORD_NOT_AN_OBJECT', { names, documents: MARKER }, 'documents'],
  ['FIELD_UNKNOWN', { names, [MARKER]: 1 }, ''],
  ['FIELD_NOT_TEXT', { names: { given: 5 } }, 'names.given'],
  ['FIELD_NOT_TEXT', { names: { parts: [MARKER, 5] } }, 'names.parts.1'],
  ['FIELD_TOO_LONG', { names: { given: MARKER.repeat(30) } }, 'names.given'],
  ['TOO_MANY_VALUES', { names: { parts: Array<string>(11).fill(MARKER) } }, 'names.parts'],
  ['NAMES_MISSING', { names: {} }, 'names'],
  ['NAMES_MISSING', { names: { given: ' ', family: '123' } }, 'names'],
  ['BIRTH_DATE_UNREADABLE', { names, birthDate: MARKER }, 'birthDate'],
  ['BIRTH_DATE_AMBIGUOUS', { names, birthDate: '01/02/2003' }, 'birthDate'],
  ['BIRTH_DATE_IMPOSSIBLE', { names, birthDate: '2003-02-30' }, 'birthDate'],
  ['CALENDAR_UNKNOWN', { names, calendar: MARKER }, 'calendar'],
  ['COUNTRY_UNKNOWN', { names, birthCountry: MARKER }, 'birthCountry'],
  ['COUNTRY_UNKNOWN', { names, documents: [{ type: 'passport', number: MARKER }] }, 'documents.0.issuer'],
  ['DOCUMENT_TYPE_UNKNOWN', { names, documents: [{ type: MARKER, issuer: 'RO', number: 'A1' }] }, 'documents.0.type'],
  [
    'DOCUMENT_NUMBER_MISSING',
    { names, documents: [{ type: 'passport', issuer: 'RO', number: '--' }] },
    'documents.0.number',
  ],
];

describe('an identity record at the door', () => {
  it('is read whole', () => {
    const record = {
      names: { ...names, patronymic: ' ', parts: ['Elena'] },
      ...{ birthDate: '23.05.2001', birthCountry: 'RO', birthPlace: ['Țăndărei', 'Ialomița'] },
      documents: [{ type: 'passport', issuer: 'RO', number: '05 123' }],
    };
    expect(readIdentity(record)).toEqual({
      names: ['Maria', 'Popescu', 'Elena'],
      birthDate: { year: 2001, month: 5, day: 23 },
      birthCountry: 'RO',
      birthPlaces: ['Țăndărei', 'Ialomița'],
      documents: [{ type: 'passport', issuer: 'RO', number: '05 123' }],
    });
  });

  it('needs no more than a name', () => {
    expect(readIdentity({ names: { parts: ['فاطمة'] }, birthDate: '', birthPlace: null })).toMatchObject({
      birthDate: { year: null, month: null, day: null },
      ...{ birthCountry: null, birthPlaces: [], documents: [] },
    });
  });

  it.each(REFUSED)('is refused with %s, and nothing of it is repeated (%#)', (code, record, path) => {
    let refusal: unknown;
    try {
      readIdentity(record);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(LinkageRefusal);
    expect(refusal).toMatchObject({ code });
    expect((refusal as LinkageRefusal).path.join('.')).toBe(path);
    expect(String(refusal)).not.toContain(MARKER);
  });

  it('has a test for every code', () => {
    expect(new Set(REFUSED.map(([code]) => code))).toEqual(new Set(LINKAGE_REFUSAL_CODES));
  });
});
