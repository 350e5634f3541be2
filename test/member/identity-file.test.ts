import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readIdentityFile } from '../../src/member/files/identity-file.js';
import { LINKAGE_REFUSAL_CODES } from '../../src/protocol/linkage/index.js';

/** Stands in every record below where a value goes, so that a value in an error is found. */
const MARK = 'Zorvekplim';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-identity-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(text: string | Uint8Array): string {
  const path = join(folder, 'record.json');
  writeFileSync(path, text);
  return path;
}

const names = { given: MARK };
const passport = { type: 'passport', issuer: 'RO', number: `${MARK}1` };
const FAULTS: readonly (readonly [code: string, path: string, record: unknown])[] = [
  ['RECORD_NOT_AN_OBJECT', 'identity', [MARK]],
  ['RECORD_NOT_AN_OBJECT', 'identity.names', { names: MARK }],
  ['FIELD_UNKNOWN', 'identity', { names, [MARK]: MARK }],
  ['FIELD_UNKNOWN', 'identity.names', { names: { ...names, [MARK]: MARK } }],
  ['FIELD_NOT_TEXT', 'identity.birthDate', { names, birthDate: 19910517 }],
  ['FIELD_TOO_LONG', 'identity.names.given', { names: { given: MARK.repeat(30) } }],
  ['TOO_MANY_VALUES', 'identity.birthPlace', { names, birthPlace: Array.from({ length: 11 }, () => MARK) }],
  ['NAMES_MISSING', 'identity.names', { names: { given: ' ' }, birthPlace: MARK }],
  ['BIRTH_DATE_UNREADABLE', 'identity.birthDate', { names, birthDate: MARK }],
  ['BIRTH_DATE_AMBIGUOUS', 'identity.birthDate', { names, birthDate: '05/06/1991' }],
  ['BIRTH_DATE_IMPOSSIBLE', 'identity.birthDate', { names, birthDate: '1991-02-30' }],
  ['CALENDAR_UNKNOWN', 'identity.calendar', { names, birthDate: '1991', calendar: MARK }],
  ['COUNTRY_UNKNOWN', 'identity.birthCountry', { names, birthCountry: MARK }],
  ['COUNTRY_UNKNOWN', 'identity.documents.0.issuer', { names, documents: [{ ...passport, issuer: MARK }] }],
  ['DOCUMENT_TYPE_UNKNOWN', 'identity.documents.0.type', { names, documents: [{ ...passport, type: MARK }] }],
  [
    'DOCUMENT_NUMBER_MISSING',
    'identity.documents.1.number',
    { names, documents: [passport, { ...passport, number: '-' }] },
  ],
];

async function faultOf(
  text: string | Uint8Array,
): Promise<{ code: string; message: string; path: readonly string[]; remedy: string }> {
  const failed: unknown = await readIdentityFile(fileOf(text)).then(
    () => null,
    (error: unknown) => error,
  );
  return failed as { code: string; message: string; path: readonly string[]; remedy: string };
}

describe('an identity file', () => {
  it.each(FAULTS)('is refused by %s, names the field %s and repeats no value', async (code, path, record) => {
    const fault = await faultOf(JSON.stringify(record));
    expect([fault.code, fault.path.join('.')]).toEqual([code, path]);
    expect(fault.remedy).not.toBe('');
    expect(`${fault.message} ${fault.remedy} ${fault.path.join()}`).not.toMatch(/Zorvekplim|1991|05\/06/);
  });

  it('has a test of each code', () => {
    expect(new Set(FAULTS.map(([code]) => code))).toEqual(new Set(LINKAGE_REFUSAL_CODES));
  });

  it.each([
    ['is no JSON', `{ "names": ${MARK} }`],
    ['says one thing twice', `{ "names": { "given": "${MARK}", "given": "${MARK}" } }`],
    ['is not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  ])('is refused when it %s', async (_, text) => {
    const fault = await faultOf(text);
    expect(fault.code).toBe('RECORD_NOT_AN_OBJECT');
    expect(fault.message).not.toContain(MARK);
  });

  it('is refused by its size before it is parsed, and when it is missing without its name', async () => {
    expect(await faultOf(' '.repeat(70_000))).toMatchObject({ code: 'BAD_INPUT', path: ['identity'] });
    const missing: unknown = await readIdentityFile(join(folder, MARK)).catch((error: unknown) => error);
    expect(missing).toMatchObject({ code: 'BAD_INPUT' });
    expect((missing as Error).message).not.toContain(MARK);
    expect((missing as Error).cause).toBeUndefined();
  });

  it('may begin with a byte order mark, as editors write it', async () => {
    const text = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify({ names }))]);
    expect((await readIdentityFile(fileOf(text))).identity.names).toEqual([MARK]);
  });

  it('comes over the standard input as -', async () => {
    async function* input(): AsyncIterable<Uint8Array> {
      await Promise.resolve();
      for (const part of JSON.stringify({ names }).match(/.{1,5}/g) ?? []) yield Buffer.from(part);
    }
    expect((await readIdentityFile('-', input())).identity.names).toEqual([MARK]);
  });

  it.each([
    ['', 'nothing'],
    ['1991', 'year'],
    ['1991-05', 'month'],
    ['1991-1-1', 'day'],
    ['19910101', 'day'],
    ['١٩٩١-٠٥', 'month'],
  ])('knows how precisely the date %j was written: %s', async (birthDate, precision) => {
    expect((await readIdentityFile(fileOf(JSON.stringify({ names, birthDate })))).writtenDate).toBe(precision);
  });
});
