import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newHubSecrets } from '../../src/hub-secrets.js';
import { publishAtCost } from '../support/costly-publication.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { freePort, testHub, type TestHub } from '../support/hub.js';
import { operate } from '../support/operator.js';

const LONG = { ANSWER_DAYS: '60', ERASURE_DAYS: '365' };
const CARD = JSON.stringify([{ code: 'nl-hoeder', url: 'https://hoeder.example', thumbprint: 'A'.repeat(43) }]);

let database: TestDatabase;
let folder: string;
let elsewhere: string;
let url: string;
let cards: string;

/** Starts a node of the hub, or of what is changed. */
function node(change: Partial<Pick<TestHub, 'folder' | 'url'>> & { environment?: Record<string, string> } = {}) {
  return testHub({ database, folder, url, environment: LONG, ...change });
}

beforeAll(async () => {
  database = await testDatabase();
  [folder, elsewhere] = [
    mkdtempSync(join(tmpdir(), 'symbolon-hub-')),
    mkdtempSync(join(tmpdir(), 'symbolon-elsewhere-')),
  ];
  url = `http://127.0.0.1:${await freePort()}`;
  cards = join(elsewhere, 'cards.json');
  writeFileSync(cards, CARD);
  const first = await node();
  await first.stop();
});
afterAll(async () => {
  await database.drop();
  for (const place of [folder, elsewhere]) rmSync(place, { recursive: true, force: true });
});

const terms = () => asOwner(database.url, 'SELECT answer_days, erasure_days FROM accord_term');
const heads = () => asOwner(database.url, 'SELECT size, issued_at FROM tree_head ORDER BY issued_at, size');

describe('a command of the operator', () => {
  it('leaves the terms and all that nodes do by themselves alone, whatever its shell is set to', async () => {
    await asOwner(
      database.url,
      "INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ('al-ngo', 'waiting', 'e', sha256(''))",
    );
    const before = [await terms(), await heads()];
    expect(before[0]).toEqual([{ answer_days: 60, erasure_days: 365 }]);
    expect(await operate({ folder, url }, database.url, ['custodians', cards])).toMatchObject({ code: 0 });
    expect(await asOwner(database.url, 'SELECT code FROM custodian')).toEqual([{ code: 'nl-hoeder' }]);
    expect([await terms(), await heads()]).toEqual(before);
  });

  it('changes the rules of disclosure within their bounds', async () => {
    const rule = () => asOwner(database.url, 'SELECT threshold, rounding FROM picture_rule');
    const disclose = (...args: string[]) => operate({ folder, url }, database.url, ['disclosure', ...args]);
    expect((await disclose('--threshold', '2')).output).toContain('--threshold takes a whole number from 3 to 1000');
    expect(await rule()).toEqual([{ threshold: 11, rounding: 1 }]);
    expect(await disclose('--rounding', '5')).toMatchObject({ code: 0 });
    expect(await rule()).toEqual([{ threshold: 11, rounding: 5 }]);
  });

  it('sets the budget of publications with noise, never below what is spent', async () => {
    const disclose = (...args: string[]) => operate({ folder, url }, database.url, ['disclosure', ...args]);
    const budget = () => asOwner(database.url, 'SELECT rho_micro FROM privacy_budget');
    expect((await disclose()).output).toContain('Nothing is published with noise');
    for (const wrong of ['-1', '1.2345678', '1001', 'much'])
      expect((await disclose('--budget', wrong)).output).toContain('--budget takes a number from 0 to 1000');
    expect(await budget()).toEqual([{ rho_micro: '0' }]);
    const set = await disclose('--budget', '0.5');
    expect(set.output).toContain('may cost rho 0.5 in all (epsilon 6.');
    expect(await budget()).toEqual([{ rho_micro: '500000' }]);
    await publishAtCost(database.url, 300_000);
    await expect(publishAtCost(database.url, 200_001)).rejects.toMatchObject({ code: 'SY002' });
    expect((await disclose('--budget', '0.2')).output).toContain('Publications have cost rho 0.3 already');
    expect(await budget()).toEqual([{ rho_micro: '500000' }]);
    expect((await disclose('--budget', '0.3')).output).toContain('of which 0.3 is spent');
  });

  it('makes no keys where there are none', async () => {
    const nowhere = join(elsewhere, 'nowhere');
    const ran = await operate({ folder: nowhere, url }, database.url, ['custodians', cards]);
    expect(ran.code).toBe(1);
    expect(ran.output).toContain('HUB_SECRET_FILE');
    expect(existsSync(nowhere)).toBe(false);
  });

  it.each([
    [['custodians', 'CARDS']],
    [['found', 'nl-baken', 'ro-punte', 'al-shtegu']],
    [['terms', '--answer-days', '1', '--erasure-days', '1']],
    [['disclosure', '--threshold', '3']],
    [['backup', 'BACKUP']],
    [['resume', '--because', 'nobody has asked for this']],
  ])('is refused with the keys of another hub: %j', async (command) => {
    writeFileSync(join(elsewhere, 'hub-secrets.json'), await newHubSecrets(true));
    const args = command.map((word) => ({ CARDS: cards, BACKUP: join(elsewhere, 'backup') })[word] ?? word);
    const before = await terms();
    const ran = await operate({ folder: elsewhere, url }, database.url, args);
    expect(ran.code).toBe(1);
    expect(ran.output).toContain('OTHER_HUBS_DATABASE');
    expect(await terms()).toEqual(before);
  });

  it('is refused on a database from which no node has served', async () => {
    const empty = await testDatabase('empty');
    const ran = await operate({ folder, url }, empty.url, ['custodians', cards]);
    expect(ran.output).toContain('NO_HUB_IN_DATABASE');
    expect(await asOwner(empty.url, "SELECT FROM pg_namespace WHERE nspname = 'symbolon'")).toEqual([]);
    await empty.drop();
  });
});

describe('a node', () => {
  it('does not serve from the database of a hub with other keys, or another address', async () => {
    writeFileSync(join(elsewhere, 'hub-secrets.json'), await newHubSecrets(true));
    const before = await heads();
    await expect(node({ folder: elsewhere })).rejects.toMatchObject({ code: 'OTHER_HUBS_DATABASE' });
    await expect(node({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ code: 'OTHER_HUBS_DATABASE' });
    expect(await heads()).toEqual(before);
  });

  it('does not start with other terms than the hub goes by, and says both', async () => {
    const refused = node({ environment: { ANSWER_DAYS: '14', ERASURE_DAYS: '30' } });
    await expect(refused).rejects.toMatchObject({ code: 'TERMS_DIFFER' });
    await expect(refused).rejects.toThrow(
      /ANSWER_DAYS=14 and ERASURE_DAYS=30.*ANSWER_DAYS=60 and ERASURE_DAYS=365.*hub -- terms --answer-days 14/,
    );
    expect(await terms()).toEqual([{ answer_days: 60, erasure_days: 365 }]);
  });

  it('starts with the terms to which the operator changed them', async () => {
    const change = (...days: string[]) =>
      operate({ folder, url }, database.url, [
        'terms',
        '--answer-days',
        days[0] ?? '',
        '--erasure-days',
        days[1] ?? '',
      ]);
    expect((await change('50', '40')).output).toContain('--erasure-days is less than --answer-days');
    expect((await operate({ folder, url }, database.url, ['terms', '--answer-days', '1'])).code).toBe(1);
    expect(await terms()).toEqual([{ answer_days: 60, erasure_days: 365 }]);
    const changed = await change('20', '200');
    expect(changed).toMatchObject({ code: 0, output: expect.stringContaining('ANSWER_DAYS=20 and ERASURE_DAYS=200') });
    expect((await operate({ folder, url }, database.url, ['terms'])).output).toContain('ERASURE_DAYS=200');
    await expect(node()).rejects.toMatchObject({ code: 'TERMS_DIFFER' });
    const next = await node({ environment: { ANSWER_DAYS: '20', ERASURE_DAYS: '200' } });
    await next.stop();
  });
});
