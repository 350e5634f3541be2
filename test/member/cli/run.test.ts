import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';
import { type OfficerSeat } from '../../../src/member/index.js';
import { KeyStore } from '../../../src/member/files/index.js';
import {
  decodeStatement,
  EVENTS,
  generateSigningKey,
  sha256Base64url,
  type AlertContent,
  type Json,
} from '../../../src/protocol/index.js';
import type { ImportReport } from '../../../src/member/import/import-report.js';
import { SignedAccord } from '../../support/signed-accord.js';
import { FakeHub, type Asked } from '../fake-hub.js';

const ACCORD_TEXT = 'We share what helps and nothing else.\n';
const ACCORD = { hash: sha256Base64url(ACCORD_TEXT), text: ACCORD_TEXT, audience: 'https://hub.example', quorum: 2 };
const STANDING = {
  __typename: 'StatementAccepted',
  receipt: 'r',
  member: { code: 'al-shtegu', name: 'Shtegu i Ri', country: 'AL', state: 'PENDING' },
};
const ACCEPTED = {
  __typename: 'AlertAccepted',
  alertId: 'alert:1',
  jti: 'j',
  payloadHash: 'h',
  receivedAt: '2026-11-23T19:08:00.000Z',
  repeated: false,
  receipt: 'r',
};

let home = '';
let hub: FakeHub;
let seat: OfficerSeat;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'symbolon-cli-'));
  seat = { member: 'al-shtegu', officer: 'desk-1', role: 'case-worker', key: await generateSigningKey() };
  hub = await FakeHub.start(seat, () => ({ accord: ACCORD }));
});
afterEach(async () => {
  await hub.stop();
  await rm(home, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function symbolon(...argv: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run(argv, {
    output: { out: (text) => void (out += text), err: (text) => void (err += text), terminal: false },
    environment: { SYMBOLON_HOME: home, SYMBOLON_HUB: hub.url },
    interactive: false,
  });
  return { code, out, err };
}

async function withSeat(): Promise<void> {
  const store = KeyStore.open(home);
  await store.saveHub({ hub: hub.url, audience: ACCORD.audience });
  await store.saveMemberKey({ member: seat.member, key: await generateSigningKey() });
  await store.saveOfficerKey(seat);
}

function bodyOf(asked: Asked | undefined, event: string): Json | undefined {
  const { events } = decodeStatement(String(asked?.variables['statement'])).claims;
  return Object.entries(events ?? {}).find(([name]) => name === event)?.[1];
}

describe('the command line', () => {
  it.each([
    ['keys', 'new'],
    ['keys', 'list'],
    ['keys', 'show'],
    ['join'],
    ['countersign'],
    ['rotate'],
    ['suspend'],
    ['reinstate'],
    ['leave'],
    ['officer', 'certify'],
    ['officer', 'revoke'],
    ['officer', 'list'],
    ['members'],
    ['members', 'pin'],
    ['whoami'],
    ['raise'],
    ['update'],
    ['withdraw'],
    ['import'],
    ['alerts', 'list'],
    ['alerts', 'show'],
    ['reads'],
    ['definitions', 'compare'],
    ['definitions', 'judge'],
    ['definitions', 'list'],
    ['picture'],
    ['verify'],
    ['witness'],
    ['prove'],
    ['evidence'],
    ['retoken'],
    ['flag-returnee'],
    ['outbox', 'list'],
    ['outbox', 'send'],
    ['outbox', 'drop'],
    ['pseudonymise'],
    ['links', 'list'],
    ['links', 'show'],
    ['links', 'compare'],
    ['links', 'confirm'],
    ['links', 'reject'],
    ['links', 'withdraw'],
  ])('helps with an example: %s %s', async (...command) => {
    const { code, out } = await symbolon(...command, '--help');
    expect(code).toBe(0);
    expect(out).toContain('Example:\n  $ symbolon ');
    expect(out).toContain('--json');
  });

  it('lists its exit codes in the help', async () => {
    const { code, out } = await symbolon('--help');
    expect(code).toBe(0);
    expect(out).toMatch(/Exit codes:\n +0 +done/);
  });

  it('ends with 2 when it does not understand', async () => {
    expect((await symbolon('raze')).code).toBe(2);
    expect((await symbolon('keys', 'new', 'al-shtegu/desk-1')).code).toBe(2);
    expect((await symbolon('whoami', '--as', 'al-shtegu/desk-1')).err).toContain('--purpose');
  });

  it('makes, lists and shows keys and never prints a private one', async () => {
    await symbolon('keys', 'new', 'al-shtegu');
    await symbolon('keys', 'new', 'al-shtegu/desk-1', '--role', 'case-worker', '--algorithm', 'ES256');
    const list = await symbolon('keys', 'list');
    expect(list.out).toMatch(/al-shtegu +member key +EdDSA/);
    expect(list.out).toMatch(/al-shtegu\/desk-1 +case-worker +ES256/);
    const shown = await symbolon('keys', 'show', 'al-shtegu', '--json');
    const { key } = await KeyStore.open(home).loadMember('al-shtegu');
    expect(JSON.parse(shown.out)).toMatchObject({ seat: 'al-shtegu', kid: key.kid, jwk: key.jwk });
    expect(shown.out).not.toContain(key.privateJwk.d);
    expect((await symbolon('keys', 'new', 'al-shtegu')).code).toBe(4);
  });

  it('joins: shows the accord, signs the hash of the very text, and remembers the hub', async () => {
    hub.answer = ({ query }) => (query.includes('join(') ? { result: STANDING } : { accord: ACCORD });
    const { code, out, err } = await symbolon(
      'join',
      'al-shtegu',
      '--name',
      'Shtegu i Ri',
      '--kind',
      'ngo',
      '--country',
      'al',
    );
    expect(err).toContain(ACCORD_TEXT.trim());
    expect(code).toBe(0);
    expect(out).toMatch(/stands +PENDING/);
    const { key } = await KeyStore.open(home).loadMember('al-shtegu');
    const body = bodyOf(hub.asked.at(-1), EVENTS.join);
    expect(body).toEqual({
      accord: ACCORD.hash,
      name: 'Shtegu i Ri',
      kind: 'ngo',
      country: 'AL',
      mandate: ['protection', 'prevention'],
      key: key.jwk,
    });
    expect(await KeyStore.open(home).loadHub()).toEqual({ hub: hub.url, audience: ACCORD.audience });
  });

  it('does not join another accord in the folder of one, where all pins would start anew', async () => {
    const store = KeyStore.open(home);
    const saved = { hub: hub.url, audience: 'https://first.example' };
    await store.saveHub(saved);
    hub.answer = () => ({ accord: ACCORD });
    const { code, err } = await symbolon('join', 'al-shtegu', '--name', 'Shtegu', '--kind', 'ngo', '--country', 'AL');
    expect([code, err]).toEqual([7, expect.stringContaining('--home')]);
    expect(hub.asked).toHaveLength(1);
    expect(await store.loadHub()).toEqual(saved);
  });

  it('does not sign an accord whose text has another hash than the hub says', async () => {
    hub.answer = () => ({ accord: { ...ACCORD, text: 'We share everything.' } });
    const { code, err } = await symbolon('join', 'al-shtegu', '--name', 'Shtegu', '--kind', 'ngo', '--country', 'AL');
    expect(code).toBe(11);
    expect(err).toContain('WRONG_ACCORD');
    expect(hub.asked).toHaveLength(1);
  });

  it('rotates: the next key is kept before it is sent, and takes its place when the hub has accepted it', async () => {
    await withSeat();
    const before = (await KeyStore.open(home).loadMember('al-shtegu')).key;
    hub.answer = () => ({ status: 503, body: {} });
    expect((await symbolon('rotate', '--as', 'al-shtegu')).code).toBe(3);
    const kept = (await KeyStore.open(home).findNextMemberKey('al-shtegu'))?.key;
    hub.answer = () => ({ result: { ...STANDING, member: { ...STANDING.member, state: 'ACTIVE' } } });
    expect((await symbolon('rotate', '--as', 'al-shtegu')).code).toBe(0);
    expect(decodeStatement(String(hub.asked.at(-1)?.variables['statement'])).kid).toBe(before.kid);
    expect((await KeyStore.open(home).loadMember('al-shtegu')).key.kid).toBe(kept?.kid);
  });

  it('certifies an officer with the role of the key that is here', async () => {
    await withSeat();
    hub.answer = () => ({ result: STANDING });
    expect((await symbolon('officer', 'certify', 'desk-1', '--as', 'al-shtegu', '--days', '30')).code).toBe(0);
    expect(bodyOf(hub.asked.at(-1), EVENTS.certifyOfficer)).toMatchObject({
      officer: 'desk-1',
      role: 'case-worker',
      key: seat.key.jwk,
    });
    expect((await symbolon('officer', 'certify', 'desk-1', '--as', 'al-shtegu', '--days', '401')).code).toBe(2);
  });

  it('leaves only when the code is written twice', async () => {
    await withSeat();
    expect((await symbolon('leave', '--as', 'al-shtegu', '--confirm', 'al-other')).code).toBe(2);
    expect(hub.asked).toHaveLength(0);
  });

  it('raises an alert from options', async () => {
    await withSeat();
    hub.answer = ({ query }) =>
      query.includes('law(') ? { law: { version: 3, variants: [{ id: 'NL-273f-1-1' }] } } : { result: ACCEPTED };
    const { code, out } = await symbolon(
      'raise',
      '--purpose',
      'protection',
      '--present',
      'act/recruitment,means/deception',
      '--age-band',
      '18-20',
      '--gender',
      'woman',
      '--origin',
      'AL',
      '--exploitation',
      'NL',
      '--start',
      '2026-03',
      '--code',
      'NL-273f-1-1',
      '--to',
      'NL,ngo',
      '--handling',
      'H1',
      '--evaluation',
      'A2',
      '--expires',
      '2027-01-01',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(ACCEPTED);
    expect(bodyOf(hub.asked.at(-1), EVENTS.alertRaised)).toEqual({
      kind: 'case',
      person: { ageBand: 'person-age-band/18-20', gender: 'person-gender/woman' },
      episode: { origin: ['AL'], exploitation: ['NL'], start: '2026-03' },
      facts: { present: ['act/recruitment', 'means/deception'] },
      nationalCodes: [{ variant: 'NL-273f-1-1', version: 3 }],
      legalBasis: { ground: 'vital-interest' },
      handling: { purposes: ['protection'], code: 'H1', audience: { countries: ['NL'], kinds: ['ngo'] } },
      evaluation: { source: 'A', information: 2 },
      expires: '2027-01-01',
    });
  });

  it('shows who would see an alert and sends nothing', async () => {
    await withSeat();
    const members = [{ code: 'nl-meetpunt', name: 'Meetpunt', kind: 'NGO' }];
    hub.answer = () => ({
      result: {
        __typename: 'AudiencePreview',
        total: 1,
        until: '2027-01-02T00:00:00.000Z',
        countries: [{ country: 'NL', members }],
        problems: [],
      },
    });
    const { code, out } = await symbolon('raise', '--preview', '--purpose', 'protection', '--to', 'NL');
    expect(code).toBe(0);
    expect(out).toMatch(/NL +nl-meetpunt/);
    expect(hub.asked.every(({ query }) => !query.includes('mutation'))).toBe(true);
  });

  it('says what is wrong, where, and what to do, and ends with the code of the class', async () => {
    await withSeat();
    hub.answer = () => ({
      result: {
        __typename: 'Refused',
        code: 'OFFICER_REVOKED',
        message: 'Revoked.',
        path: ['header', 'kid'],
        remedy: 'Ask your administrator.',
      },
    });
    const plain = await symbolon('withdraw', 'alert:1', '--reason', 'safety', '--purpose', 'protection');
    expect(plain).toEqual({
      code: 12,
      out: '',
      err: 'OFFICER_REVOKED: Revoked.\n  where:      header.kid\n  what to do: Ask your administrator.\n',
    });
    const json = await symbolon('withdraw', 'alert:1', '--reason', 'safety', '--purpose', 'protection', '--json');
    expect(JSON.parse(json.err)).toMatchObject({ error: { code: 'OFFICER_REVOKED', exitCode: 12 } });
  });

  it('prints no control characters that a name from elsewhere holds', async () => {
    await withSeat();
    const member = {
      code: 'xx-evil',
      name: 'Evil\u001b[2J\u202Ename',
      kind: 'NGO',
      country: 'XX',
      mandate: [],
      state: 'ACTIVE',
      keys: [],
      statements: [],
    };
    hub.answer = () => ({ members: { edges: [{ node: member }], pageInfo: { hasNextPage: false, endCursor: null } } });
    const { out } = await symbolon('members', '--purpose', 'protection');
    expect(out).toContain('Evil [2J name');
  });

  it('verifies a saved statement without the hub, and not a changed one', async () => {
    await withSeat();
    const accord = await SignedAccord.foundedBy(ACCORD.audience, 'xb-two', 'xc-three', 'xd-four');
    await accord.admit('al-shtegu', 'xb-two', 'xc-three');
    const held = { member: 'al-shtegu', key: accord.keyOf('al-shtegu') };
    await KeyStore.open(home).saveMemberKey(held, { replace: true });
    let alert = '';
    hub.answer = ({ query, variables }) => {
      if (query.includes('members(')) {
        const edges = accord.list.map((node) => ({ node }));
        return { members: { edges, pageInfo: { hasNextPage: false, endCursor: null } } };
      }
      alert = String(variables['statement']);
      if (!query.includes('certifyOfficer')) return { result: ACCEPTED };
      accord.of('al-shtegu').push(alert);
      return { result: STANDING };
    };
    await symbolon('officer', 'certify', 'desk-1', '--as', 'al-shtegu');
    await symbolon('raise', '--purpose', 'protection', '--to', 'NL', '--as', 'al-shtegu/desk-1');
    const [list, file] = [join(home, 'members.json'), join(home, 'alert.jws')];
    await symbolon('members', '--purpose', 'protection', '--save', list, '--as', 'al-shtegu/desk-1');
    await hub.stop();
    await writeFile(file, `${alert}\n`);
    expect(await symbolon('verify', file, '--members', list)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/issuer +al-shtegu/),
    });
    const saved = await readFile(list, 'utf8');
    await writeFile(list, saved.replaceAll('"statements": [', '"statements": [],"_": ['));
    expect((await symbolon('verify', file, '--members', list)).code).toBe(7);
    const [head = '', body = '', tail = ''] = alert.split('.');
    await writeFile(file, `${head}.${body}.${tail.slice(0, -4)}AAAA`);
    await writeFile(list, saved);
    expect((await symbolon('verify', file, '--members', list)).code).toBe(10);
    hub = await FakeHub.start(seat, () => ({}));
  });

  it('imports in a dry run without key or hub, and writes the report', async () => {
    const [file, report] = [join(home, 'cases.csv'), join(home, 'report.json')];
    await writeFile(
      file,
      'yearOfRegistration,gender,isForcedLabour,isSexualExploit\n2016,Female,1,\n2016,Somebody,1,\n',
    );
    const { code, out } = await symbolon('import', '--format', 'ctdc', file, '--dry-run', '--report', report);
    expect(code).toBe(6);
    expect(out).toMatch(/would be sent +1\n/);
    expect(out).toMatch(/3 +gender +UNKNOWN_VALUE/);
    expect(out).toContain('--recorded-under');
    expect(out).not.toContain('Somebody');
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({
      rows: 2,
      accepted: 1,
      refused: [{ line: 3, column: 'gender' }],
    });
  });

  it('addresses those who are named and nobody by default besides', async () => {
    await withSeat();
    const file = join(home, 'cases.csv');
    await writeFile(file, 'yearOfRegistration,gender,isForcedLabour,isSexualExploit\n2016,Female,1,\n');
    hub.answer = () => ({ batch: { results: [ACCEPTED], receipt: 'a.b.c' } });
    const audiences: unknown[] = [];
    for (const to of [[], ['--to', 'NL']]) {
      await rm(join(home, 'al-shtegu', 'imports'), { recursive: true, force: true });
      await symbolon('import', '--format', 'ctdc', file, ...to);
      const statements = hub.asked.at(-1)?.variables['statements'];
      const { claims } = decodeStatement(String(Array.isArray(statements) ? statements[0] : ''));
      const events = claims['events'] as unknown as Readonly<Record<string, AlertContent>>;
      audiences.push(events[EVENTS.alertRaised]?.handling.audience);
    }
    expect(audiences).toEqual([{ kinds: ['rapporteur'] }, { countries: ['NL'] }]);
  });

  it('imports through the hub and goes on where it stopped', async () => {
    await withSeat();
    const file = join(home, 'cases.csv');
    await writeFile(file, `yearOfRegistration,gender,isForcedLabour,isSexualExploit\n${'2016,Female,1,\n'.repeat(7)}`);
    let batches = 0;
    hub.answer = ({ variables }) => {
      if (++batches === 2) return { status: 502, body: {} };
      const list = variables['statements'];
      return { batch: { results: Array.isArray(list) ? list.map(() => ACCEPTED) : [], receipt: 'a.b.c' } };
    };
    const args = ['import', '--format', 'ctdc', file, '--batch', '3', '--give-up-after', '0', '--json'];
    expect((await symbolon(...args)).code).toBe(3);
    const { code, out } = await symbolon(...args);
    expect(code).toBe(0);
    const report = JSON.parse(out) as ImportReport;
    expect(report.accepted + report.acceptedBefore).toBe(7);
    expect(report.acceptedBefore).toBeGreaterThan(0);
  });
});
