import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { FileDirectory } from '../../src/custodian/index.js';
import {
  decodeStatement,
  EVENTS,
  generateSigningKey,
  signPayload,
  signStatement,
  type Json,
  type SigningKey,
} from '../../src/protocol/index.js';

const NOW = 1_790_000_000;
/** Since when the member's key counts. */
const KEY_FROM = NOW - 86_400;
let folder: string;
let file: string;
let memberKey: SigningKey;
let first: SigningKey;
let second: SigningKey;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'symbolon-directory-'));
  file = join(folder, 'members.json');
  [memberKey, first, second] = await Promise.all([generateSigningKey(), generateSigningKey(), generateSigningKey()]);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function said(
  event: string,
  body: { readonly [key: string]: Json },
  issuedAt: number,
  key = memberKey,
): Promise<string> {
  return signStatement({ issuer: 'xa-member', audience: 'https://hub.example', event, body, issuedAt }, key);
}

const certify = (officer: string, key: SigningKey, at: number, by?: SigningKey): Promise<string> =>
  said(
    EVENTS.certifyOfficer,
    { officer, role: 'liaison', key: JSON.parse(JSON.stringify(key.jwk)), until: at + 1000 },
    at,
    by,
  );

/** A certificate with other claims or of another type. */
async function misled(change: object, typ = 'secevent+jwt'): Promise<string> {
  const { claims } = decodeStatement(await certify('desk-1', first, NOW));
  return signPayload({ ...claims, ...change }, memberKey, typ);
}

async function save(statements: readonly string[], change: object = {}): Promise<void> {
  const keys = [
    {
      kid: memberKey.kid,
      jwk: JSON.stringify(memberKey.jwk),
      validFrom: new Date(KEY_FROM * 1000).toISOString(),
      validTo: null,
    },
  ];
  const member = {
    code: 'xa-member',
    state: 'ACTIVE',
    mandate: ['PROTECTION', 'PREVENTION'],
    keys,
    statements,
    ...change,
  };
  writeFileSync(file, JSON.stringify({ members: [member] }));
}

it('knows officers by their keys, from what their members signed', async () => {
  await save([await certify('desk-1', first, NOW)]);
  const directory = await FileDirectory.open(file);
  expect(await directory.findOfficer(first.kid)).toMatchObject({
    ...{
      member: 'xa-member',
      officer: 'desk-1',
      role: 'liaison',
      audience: 'https://hub.example',
      standing: 'active',
      mandate: ['protection', 'prevention'],
    },
    ...{ validFrom: NOW, validTo: NOW + 1000 },
  });
  expect(await directory.findOfficer(second.kid)).toBeNull();
  expect(await directory.findOfficer(memberKey.kid)).toBeNull();
});

it('lets a certificate end when it is replaced or revoked', async () => {
  await save([await certify('desk-1', first, NOW), await certify('desk-1', second, NOW + 10)]);
  expect(await (await FileDirectory.open(file)).findOfficer(first.kid)).toMatchObject({ validTo: NOW + 10 });
  await save([await certify('desk-1', first, NOW), await said(EVENTS.revokeOfficer, { officer: 'desk-1' }, NOW + 20)]);
  expect(await (await FileDirectory.open(file)).findOfficer(first.kid)).toMatchObject({ validTo: NOW + 20 });
});

it('takes no certificate that somebody else signed, and refuses a list with a forged one', async () => {
  await save([await certify('desk-1', first, NOW, second)]);
  expect(await (await FileDirectory.open(file)).findOfficer(first.kid)).toBeNull();
  const [head = '', body = ''] = (await certify('desk-1', first, NOW)).split('.');
  await save([[head, body, 'A'.repeat(86)].join('.')]);
  await expect(FileDirectory.open(file)).rejects.toMatchObject({ code: 'WRONG_KEY' });
});

it.each<[string, () => Promise<string>]>([
  ['in the name of another member', () => misled({ iss: 'xb-member' })],
  ['of another type', () => misled({}, 'epoch+jwt')],
  ['for no accord', () => misled({ aud: [] })],
  ['before the key counted', () => certify('desk-1', first, KEY_FROM - 3600)],
])('takes no certificate %s', async (_, make) => {
  await save([await make()]);
  expect(await (await FileDirectory.open(file)).findOfficer(first.kid)).toBeNull();
});

it('takes no certificate that a former key signed after its end', async () => {
  const validFrom = new Date(KEY_FROM * 1000).toISOString();
  const key = { kid: memberKey.kid, jwk: JSON.stringify(memberKey.jwk), validFrom };
  const keys = [{ ...key, validTo: new Date(NOW * 1000).toISOString() }];
  await save([await certify('desk-1', first, NOW - 10), await certify('desk-2', second, NOW + 3600)], { keys });
  const directory = await FileDirectory.open(file);
  expect(await directory.findOfficer(first.kid)).toMatchObject({ officer: 'desk-1' });
  expect(await directory.findOfficer(second.kid)).toBeNull();
});

it.each<[string, object]>([
  ['an unknown state', { state: 'GREAT' }],
  ['no statements', { statements: null }],
  ['keys that are none', { keys: [{ kid: 'x', jwk: '{' }] }],
])('refuses a list with %s', async (_, change) => {
  await save([], change);
  await expect(FileDirectory.open(file)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

it('refuses a list that is missing', async () => {
  await expect(FileDirectory.open(file)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

it('has nobody asked by the list of before while it reads a new one', async () => {
  await save([]);
  const directory = await FileDirectory.open(file);
  await save([await certify('desk-1', first, NOW)]);
  utimesSync(file, new Date(), new Date(Date.now() + 5000));
  await sleep(1100);
  const found = await Promise.all([1, 2, 3, 4].map(() => directory.findOfficer(first.kid)));
  expect(found.map((officer) => officer?.officer)).toEqual(['desk-1', 'desk-1', 'desk-1', 'desk-1']);
});
