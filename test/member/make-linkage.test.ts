import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../src/member/cli/run.js';
import { KeyStore } from '../../src/member/files/index.js';
import { makeLinkage, type MadeLinkage } from '../../src/member/make-linkage.js';
import { decodeStatement, EVENTS, readDisclosure, sha256Base64url, splitSent } from '../../src/protocol/index.js';
import { readIdentity } from '../../src/protocol/linkage/index.js';
import { CustodianProcesses } from './custodian-processes.js';
import { StoringHub } from './storing-hub.js';
import { nativeScrypt, profileNamed } from '../../src/member/files/index.js';

const RECORD = {
  names: { given: 'Zorvekplim', family: 'Quastelburn' },
  ...{ birthDate: '1991-05-17', birthCountry: 'AL', birthPlace: ['Drovnik', 'Drovnik'] },
  documents: [
    { type: 'passport', issuer: 'AL', number: 'ZQ7654321' },
    { type: 'passport', issuer: 'AL', number: 'ZQ765432' },
  ],
};
const CODES = ['xa-one', 'xb-two', 'xc-three'];

let custodians: CustodianProcesses;
let hub: StoringHub;
let home: string;
let person: string;
beforeAll(async () => {
  custodians = await CustodianProcesses.make();
  await Promise.all(CODES.map((code) => custodians.start(code)));
  hub = await StoringHub.start(custodians, custodians.seat);
  home = mkdtempSync(join(tmpdir(), 'symbolon-tokens-'));
  person = join(home, 'person.json');
  writeFileSync(person, JSON.stringify(RECORD));
  const store = KeyStore.open(home);
  await store.saveHub({ hub: hub.url, audience: 'https://hub.example' });
  await store.saveOfficerKey(custodians.seat);
});
afterAll(async () => {
  await hub.fake.stop();
  await custodians.remove();
  rmSync(home, { recursive: true, force: true });
});
afterEach(() => custodians.unmask());

const agreement = () => ({ profile: 'symbolon-linkage/1', epochs: [custodians.epoch()] });
const alertId = (): string => `alert:${randomUUID().replace(/^(.{14})4/, '$18')}`;

async function tokensOf(record: unknown, alert = alertId()): Promise<Extract<MadeLinkage, { kind: 'made' }>> {
  const identity = readIdentity(record);
  const made = await makeLinkage(
    {
      identity,
      agreement: agreement(),
      seat: custodians.seat,
      alert,
      purpose: 'protection',
      profileNamed,
    },
    { scrypt: nativeScrypt },
  );
  if (made.kind !== 'made') throw new Error(made.why);
  return made;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function symbolon(...argv: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run([...argv, '--purpose', 'protection'], {
    output: { out: (text) => void (out += text), err: (text) => void (err += text), terminal: false },
    environment: { SYMBOLON_HOME: home, SYMBOLON_HUB: hub.url },
    interactive: false,
  });
  return { code, out, err };
}

describe('tokens beside an alert', () => {
  it('are the same for the same person and stand under different digests', async () => {
    const alert = alertId();
    const [one, other] = [await tokensOf(RECORD, alert), await tokensOf(RECORD)];
    expect(one.epochs[0]?.tokens).toEqual(other.epochs[0]?.tokens);
    expect(one.linkage.digest).not.toBe(other.linkage.digest);
    expect(one.linkage.digest).toBe(sha256Base64url(one.disclosure));
    // Each once, or the hub would refuse them: two documents here have a number in common.
    const read = readDisclosure(one.disclosure, { digest: one.linkage.digest, alert });
    expect(read.epochs).toEqual([{ epoch: '2027-1', tokens: one.epochs[0]?.tokens }]);
    expect(one.disclosure).not.toContain('Zorvekplim');
  });

  it('meet across spellings and scripts in some keys', async () => {
    const [latin, cyrillic] = [
      await tokensOf({ ...RECORD, names: { parts: ['Zorvekplim Quastelburn'] }, documents: [] }),
      await tokensOf({ ...RECORD, names: { given: 'Зорвекплим', family: 'Quastelburn' }, documents: [] }),
    ];
    const known = new Set(latin.epochs[0]?.tokens.map(({ token }) => token));
    expect(cyrillic.epochs[0]?.tokens.filter(({ token }) => known.has(token)).length).toBeGreaterThan(5);
  });

  it('are made by no profile that this client does not have', async () => {
    const order = {
      identity: readIdentity(RECORD),
      seat: custodians.seat,
      alert: alertId(),
      purpose: 'protection',
      profileNamed,
    } as const;
    await expect(
      makeLinkage({ ...order, agreement: { ...agreement(), profile: 'symbolon-linkage/2' } }),
    ).rejects.toMatchObject({
      code: 'PROFILE_UNKNOWN',
    });
  });

  it('are none without an open epoch', async () => {
    const order = {
      identity: readIdentity(RECORD),
      seat: custodians.seat,
      alert: alertId(),
      purpose: 'protection',
      profileNamed,
    } as const;
    expect(await makeLinkage({ ...order, agreement: { ...agreement(), epochs: [] } })).toEqual({
      kind: 'none',
      why: 'no-open-epoch',
    });
  });

  it('are explained without a network and without a value of the record', async () => {
    const before = hub.fake.asked.length;
    const { code, out } = await symbolon(
      'pseudonymise',
      '--identity',
      person,
      '--explain',
      '--hub',
      'http://127.0.0.1:1',
    );
    expect([code, hub.fake.asked.length]).toEqual([0, before]);
    expect(out).toContain('strong');
    expect(out).toMatch(/T2\+D\/s:36 +FULL +\d+/);
    expect(`${out}${(await symbolon('pseudonymise', '--identity', person, '--explain', '--json')).out}`).not.toMatch(
      /Zorvekplim|zorvekplim|Quastelburn|Drovnik|7654321|SRFKPLM/i,
    );
  });

  it.each([
    ['1991-01-01', ['birth-month', 'birth-day']],
    ['1991-00-00', ['birth-month', 'birth-day']],
    ['1900-03-04', ['birth-year']],
    ['1991', []],
    ['1991-05-17', []],
  ])('are explained with what of the date %s is not believed', async (birthDate, unbelieved) => {
    const path = join(home, 'dated.json');
    writeFileSync(path, JSON.stringify({ ...RECORD, birthDate }));
    const { out } = await symbolon('pseudonymise', '--identity', path, '--explain', '--json');
    expect(JSON.parse(out)).toMatchObject({ unbelieved });
  });

  it('are counted in a trial, and shown only when asked for', async () => {
    const plain = await symbolon('pseudonymise', '--identity', person);
    const [tokens] = (await tokensOf(RECORD)).epochs;
    expect(plain.code).toBe(0);
    expect(plain.out).toMatch(/2027-1 +\d+ +x[abc]-\w+ answered/);
    for (const { token } of tokens?.tokens ?? []) expect(plain.out).not.toContain(token);
    const shown = await symbolon('pseudonymise', '--identity', person, '--show-tokens');
    for (const { token } of tokens?.tokens ?? []) expect(shown.out).toContain(token);
  });

  it('go with a raised alert, for its id alone', async () => {
    const { code, out } = await symbolon(
      ...['raise', '--present', 'act/recruitment', '--origin', 'AL', '--to', 'NL', '--identity', person, '--json'],
    );
    expect(code).toBe(0);
    const [stored] = hub.stored.slice(-1);
    const { alertId: id } = JSON.parse(out) as { alertId: string };
    const { disclosure } = splitSent(stored?.sent ?? '');
    const digest = stored?.content.linkage?.digest ?? '';
    expect(readDisclosure(disclosure ?? '', { digest, alert: id }).epochs).toHaveLength(1);
    expect(() => readDisclosure(disclosure ?? '', { digest, alert: alertId() })).toThrow();
  });

  it('are not made for a pattern, nor against the consent', async () => {
    const pattern = await symbolon('raise', '--kind', 'pattern', '--to', 'NL', '--identity', person);
    expect([pattern.code, pattern.err]).toEqual([14, expect.stringContaining('SCHEMA_INVALID')]);
    const alone = await symbolon(
      'raise',
      '--ground',
      'consent',
      '--consent',
      'alert',
      '--to',
      'NL',
      '--identity',
      person,
    );
    expect([alone.code, alone.err]).toEqual([14, expect.stringContaining('CONSENT_MISSING')]);
  });

  it('are made anew for an alert in force, which says the same as before', async () => {
    const raised = await symbolon(
      'raise',
      '--present',
      'act/recruitment',
      '--to',
      'NL',
      '--identity',
      person,
      '--json',
    );
    const { alertId: id } = JSON.parse(raised.out) as { alertId: string };
    const stored = hub.stored.find((one) => one.id === id);
    const before = hub.fake.answer;
    const { members } = JSON.parse(readFileSync(join(custodians.folder, 'members.json'), 'utf8')) as {
      members: readonly object[];
    };
    let updated = '';
    hub.fake.answer = (asked) => {
      if (asked.query.includes('StatementOfAlert'))
        return { alert: { statement: splitSent(stored?.sent ?? '').compact } };
      if (asked.query.includes('query Members'))
        return {
          members: { edges: members.map((node) => ({ node })), pageInfo: { hasNextPage: false, endCursor: null } },
        };
      if (!asked.query.includes('updateAlert(')) return before(asked);
      updated = String(asked.variables['statement']);
      return {
        result: {
          __typename: 'AlertAccepted',
          alertId: id,
          jti: 'j',
          payloadHash: 'h',
          receivedAt: '',
          repeated: false,
          receipt: 'r',
        },
      };
    };
    const { code, err } = await symbolon('retoken', id, '--identity', person);
    hub.fake.answer = before;
    expect([code, err]).toEqual([0, '']);
    const { compact, disclosure } = splitSent(updated);
    const { events } = decodeStatement(compact).claims as unknown as {
      events: Record<string, { alert: string; content: { linkage: { digest: string } } }>;
    };
    const said = events[EVENTS.alertUpdated];
    const digest = said?.content.linkage.digest ?? '';
    expect(digest).not.toBe(stored?.content.linkage?.digest);
    expect({ ...said?.content, linkage: null }).toEqual({ ...stored?.content, linkage: null });
    // The custodians answered again within the same epoch, because the request named the update.
    const anew = readDisclosure(disclosure ?? '', { digest, alert: id });
    const former = readDisclosure(splitSent(stored?.sent ?? '').disclosure ?? '', {
      digest: stored?.content.linkage?.digest ?? '',
      alert: id,
    });
    expect(anew).toEqual(former);
  });
});
