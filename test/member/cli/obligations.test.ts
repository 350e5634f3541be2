import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { EVENTS, signStatement } from '../../../src/protocol/index.js';
import { type Desk, LinkStage } from '../../links/link-stage.js';
import { testHub, type TestHub } from '../../support/hub.js';
import { seconds } from '../../support/organisation.js';

let hub: TestHub;
let stage: LinkStage;
let sender: Desk;
let reader: Desk;
let homes: string;
let alert: string;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkStage.on(hub);
  sender = await stage.desk('BE', 'sender', 'ngo');
  reader = await stage.desk('BG', 'reader', 'ngo');
});
afterAll(() => hub.stop());
beforeEach(async () => {
  homes = mkdtempSync(join(tmpdir(), 'symbolon-obligations-'));
  for (const desk of [sender, reader]) {
    const store = KeyStore.open(join(homes, desk.member));
    await store.saveHub({ hub: hub.url, audience: hub.identity.audience });
    await store.saveOfficerKey(desk.seat);
  }
  alert = await stage.raise(sender, under('H2'));
});
afterEach(() => {
  rmSync(homes, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function under(code: 'H0' | 'H1' | 'H2') {
  return { handling: { purposes: ['protection' as const], audience: { everyone: true as const }, code } };
}

async function as(desk: Desk, ...argv: string[]): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await run([...argv, '--purpose', 'protection'], {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(homes, desk.member) },
    interactive: false,
  });
  return { code, out, err };
}

describe('a recipient', () => {
  beforeEach(async () => {
    expect((await as(reader, 'alerts', 'show', alert)).code).toBe(0);
    expect((await as(sender, 'withdraw', alert, '--reason', 'consent-withdrawn')).code).toBe(0);
  });

  it('sees what it owes, signs that it erased all of it, and the sender sees that verified', async () => {
    const owed = await as(reader, 'obligations');
    expect([owed.code, owed.out]).toEqual([0, expect.stringContaining(alert)]);
    expect(owed.out).toMatch(new RegExp(`${sender.member}\\s+withdrawn\\s+\\d{4}-\\d\\d-\\d\\d\\s+outstanding`));
    const done = await as(reader, 'erased', '--all-outstanding');
    expect([done.code, done.out]).toEqual([0, expect.stringContaining(alert)]);
    expect(done.err).toContain('Not touched');
    expect((await as(reader, 'obligations', '--state', 'outstanding,overdue')).out).toContain('Nothing is owed');
    expect((await as(reader, 'erased', '--all-outstanding')).out).toContain('Nothing is outstanding');
    const seen = await as(sender, 'obligations', '--owed-to-me', '--alert', alert);
    expect([seen.code, seen.out]).toEqual([0, expect.stringMatching(/bg-reader.*erased\s+verifies/)]);
    expect((await as(reader, 'erased', alert)).code).toBe(15);
  });

  it('keeps it on a ground in law, and may still erase it', async () => {
    const kept = await as(reader, 'retained', alert, '--because', 'court-order');
    expect([kept.code, kept.out]).toEqual([0, expect.stringContaining('court-order')]);
    const seen = await as(sender, 'obligations', '--owed-to-me', '--state', 'retained', '--alert', alert);
    expect([seen.code, seen.out]).toEqual([0, expect.stringMatching(/retained: court-order\s+verifies/)]);
    expect((await as(reader, 'erased', alert)).code).toBe(0);
    expect((await as(reader, 'retained', alert, '--because', 'court-order')).code).toBe(15);
  });

  it.each([
    ['erased'],
    ['erased', 'alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8', '--all-outstanding'],
    ['retained', 'alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8'],
    ['retained', 'alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8', '--because', 'she asked for it'],
  ])('is told what is missing: %s %s %s', async (...argv) => {
    expect((await as(reader, ...argv)).code).toBe(2);
  });

  it('signs nothing while a file in its folder still names the alert', async () => {
    const saved = join(homes, reader.member, reader.member, 'saved.json');
    writeFileSync(saved, JSON.stringify({ alert }));
    const refused = await as(reader, 'erased', alert);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('saved.json')]);
    expect((await as(reader, 'obligations', '--alert', alert)).out).toContain('outstanding');
    rmSync(saved);
    expect((await as(reader, 'erased', alert)).code).toBe(0);
  });
});

it('whoever compared with an alert erases the key that opened what was said, and no other', async () => {
  const [own, theirs, further] = [
    await stage.raise(reader, under('H0')),
    alert,
    await stage.raise(sender, under('H0')),
  ];
  const link = await stage.suggest([
    [reader, own],
    [sender, theirs],
  ]);
  const other = await stage.suggest([
    [reader, own],
    [sender, further],
  ]);
  for (const one of [link, other])
    for (const desk of [reader, sender]) expect((await as(desk, 'links', 'compare', one)).code).toBe(0);
  await as(reader, 'alerts', 'show', alert);
  await as(sender, 'withdraw', alert, '--reason', 'consent-withdrawn');
  const folder = join(homes, reader.member, reader.member, 'comparisons');
  expect(readdirSync(folder)).toHaveLength(2);
  const done = await as(reader, 'erased', alert, '--json');
  expect(JSON.parse(done.out)).toMatchObject([{ alert, comparisonKeys: 1 }]);
  expect(readdirSync(folder)).toEqual([`${other.slice('link:'.length)}.json`]);
  expect(existsSync(join(homes, reader.member, reader.member, 'officers'))).toBe(true);
});

it('a sender finds an answer that the hub made up', async () => {
  await as(reader, 'alerts', 'show', alert);
  await as(sender, 'withdraw', alert, '--reason', 'consent-withdrawn');
  await as(reader, 'retained', alert, '--because', 'court-order');
  const uuid = alert.slice('alert:'.length);
  await stage.sql(`UPDATE obligation SET state = 'erased', ground = NULL WHERE alert_id = $1`, [uuid]);
  const lied = await as(sender, 'obligations', '--owed-to-me', '--alert', alert);
  expect([lied.code, lied.out]).toEqual([7, expect.stringContaining('DOES NOT VERIFY')]);
  const { audience } = hub.identity;
  const claims = { issuer: reader.member, audience, event: EVENTS.alertErased, body: { alert }, issuedAt: seconds() };
  const forged = await signStatement(claims, sender.seat.key);
  await stage.sql('UPDATE obligation_statement SET statement = $2 WHERE alert_id = $1', [uuid, forged]);
  expect((await as(sender, 'obligations', '--owed-to-me', '--alert', alert)).code).toBe(7);
});

describe('a recipient of an alert under H2', () => {
  it('asks, and the sender gives, refuses and takes back', async () => {
    const asked = await as(reader, 'permission', 'ask', alert, '--use', 'pass-on', '--to', 'DE', '--json');
    const { permission } = JSON.parse(asked.out) as { permission: { id: string } }; // parsing
    const listed = await as(sender, 'permission', 'list', '--of-me');
    expect(listed.out).toMatch(new RegExp(`${permission.id}\\s+bg-reader\\s+pass-on\\s+protection\\s+DE\\s+asked`));
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    const given = await as(sender, 'permission', 'give', permission.id, '--until', until);
    expect([given.code, given.out]).toEqual([0, expect.stringMatching(new RegExp(`given[^]*until +${until}`))]);
    expect((await as(reader, 'permission', 'list')).out).toMatch(new RegExp(`given +${until}`));
    const back = await as(sender, 'permission', 'refuse', permission.id, '--reason', 'safety');
    expect([back.code, back.out]).toEqual([0, expect.stringMatching(/refused[^]*safety/)]);
    expect((await as(sender, 'permission', 'give', permission.id, '--until', until)).code).toBe(15);
    expect((await as(reader, 'permission', 'ask', alert, '--use', 'evidence', '--to', 'somewhere')).code).toBe(2);
    const free = await stage.raise(sender, under('H0'));
    const needless = await as(reader, 'permission', 'ask', free, '--use', 'evidence', '--to', 'DE');
    expect([needless.code, needless.err]).toEqual([14, expect.stringContaining('PERMISSION_NOT_APPLICABLE')]);
  });
});
