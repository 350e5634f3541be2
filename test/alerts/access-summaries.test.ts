import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { AccessSummaries } from '../../src/alerts/index.js';
import { Database } from '../../src/database/index.js';
import { run } from '../../src/member/cli/run.js';
import { KeyStore } from '../../src/member/files/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { EVENTS } from '../../src/protocol/index.js';
import { type Desk, LinkStage } from '../links/link-stage.js';
import { testHub, type TestHub } from '../support/hub.js';
import { integrated } from '../support/integrated.js';
import { certify, organisation, say, seconds } from '../support/organisation.js';

const TO_ALL = {
  handling: { purposes: ['protection' as const], audience: { everyone: true as const }, code: 'H0' as const },
};
const DAY_MS = 86_400_000;

let hub: TestHub;
let stage: LinkStage;
let sender: Desk;
let reader: Desk;
let homes: string;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkStage.on(hub);
  sender = await stage.desk('BE', 'sender', 'ngo');
  reader = await stage.desk('BG', 'reader', 'ngo');
  homes = mkdtempSync(join(tmpdir(), 'symbolon-access-'));
  for (const desk of [sender, reader]) await keep(desk);
});
afterAll(async () => {
  await hub.stop();
  rmSync(homes, { recursive: true, force: true });
});

async function as(desk: Pick<Desk, 'member'>, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run(['--purpose', 'protection', ...argv], {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(homes, desk.member) },
    interactive: false,
  });
  return { code, out, err };
}

/** Keeps the keys of a desk where its commands look for them. */
async function keep(desk: Pick<Desk, 'member' | 'seat'>): Promise<void> {
  const store = KeyStore.open(join(homes, desk.member));
  await store.saveHub({ hub: hub.url, audience: hub.identity.audience });
  await store.saveOfficerKey(desk.seat);
}

/** A member whose join, and the countersignatures of it, were signed some days ago, and that the hub has only now. */
async function memberSince(country: string, name: string, days: number): Promise<Pick<Desk, 'member' | 'seat'>> {
  const who = await organisation(country, name, 'ngo', ['protection']);
  const membership = hub.app.get(MembershipService);
  const { mandate, kind, key } = who;
  const issued = { issuedAt: seconds() - days * 86_400 };
  const body = { accord: membership.accord.hash, name, kind, country, mandate, key: key.jwk };
  const { joinHash } = await membership.join(await say(hub, who, 'join', body, issued));
  for (const desk of [sender, reader]) {
    const vouching = { member: who.code, join: joinHash };
    await membership.countersign(await say(hub, stage.organisationOf(desk), 'countersign', vouching, issued));
  }
  const desk = { member: who.code, seat: await certify(hub, who, 'desk', 'case-worker') };
  await keep(desk);
  return desk;
}

/** A day before today, UTC. */
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** Has the reader read an alert of the sender on a day. */
async function readOn(day: string): Promise<void> {
  const alert = await stage.raise(sender, TO_ALL);
  expect((await as(reader, 'alerts', 'show', alert)).code).toBe(0);
  await stage.sql(`UPDATE access_record SET at = $2 WHERE alert_ids @> ARRAY[$1::uuid]`, [
    alert.slice('alert:'.length),
    `${day}T12:00:00.569Z`,
  ]);
}

const summaries = () => hub.app.get(AccessSummaries).run();

describe('the summary of a day', () => {
  it('comes once a day that ended, shows an owner its own records and no other’s, and says nothing else', async () => {
    for (const day of [daysAgo(3), daysAgo(1), daysAgo(1)]) await readOn(day);
    expect((await as(sender, 'reads', '--verify', daysAgo(1))).code).toBe(9);
    const second = await testHub({ database: hub.database, folder: hub.folder, url: hub.url });
    try {
      const done = await Promise.all([summaries(), second.app.get(AccessSummaries).run(), summaries()]);
      expect(done.reduce((sum, days) => sum + days, 0)).toBe(3);
    } finally {
      await second.stop();
    }
    expect(await summaries()).toBe(0);
    await integrated(hub);

    const statements = await stage.sql<{ statement: string }>('SELECT statement FROM access_summary ORDER BY day');
    expect(statements.map(({ statement }) => decodeJwt(statement)['events'])).toEqual(
      [3, 2, 1].map((days) => ({
        [EVENTS.accessSummary]: { day: daysAgo(days), root: expect.stringMatching(/^[\w-]{43}$/) },
      })),
    );
    const own = await as(sender, 'reads', '--verify', daysAgo(1));
    expect([own.code, own.out]).toEqual([0, expect.stringContaining(`All 2 access records of ${daysAgo(1)}`)]);
    expect((await as(sender, 'reads', '--verify', daysAgo(3))).out).toContain('All 1 access records');
    const none = await as(reader, 'reads', '--verify', daysAgo(1));
    expect([none.code, none.out]).toEqual([0, expect.stringContaining('Nobody read any of your alerts')]);
    const [mine, theirs] = [await proof(sender, daysAgo(1)), await proof(reader, daysAgo(1))];
    expect([mine.statement, mine.size]).toEqual([theirs.statement, theirs.size]);
    expect([mine.reads, theirs.reads]).toEqual([2, 0]);
    expect(mine.salt).not.toBe(theirs.salt);
  });

  it('shows a record that was taken back, added or changed afterwards', async () => {
    const day = daysAgo(1);
    const changes = [
      [`UPDATE access_record SET officer = officer || '-2'`, `UPDATE access_record SET officer = left(officer, -2)`],
      [`UPDATE access_record SET purpose = 'monitoring'`, `UPDATE access_record SET purpose = 'protection'`],
      [
        `UPDATE access_record SET at = at - interval '1 second'`,
        `UPDATE access_record SET at = at + interval '1 second'`,
      ],
    ] as const;
    const only = ` WHERE owner = '${sender.member}' AND at::date = '${day}'`;
    for (const [done, undone] of changes) {
      await stage.sql(done + only);
      const found = await as(sender, 'reads', '--verify', day);
      expect([found.code, found.err]).toEqual([8, expect.stringContaining('not those that it signed for')]);
      await stage.sql(undone + only);
      expect((await as(sender, 'reads', '--verify', day)).code).toBe(0);
    }
    const columns = 'owner, at, reader, officer, purpose, operation, alert_ids';
    await stage.sql(`INSERT INTO access_record (${columns}) SELECT ${columns} FROM access_record ${only} LIMIT 1`);
    expect((await as(sender, 'reads', '--verify', day)).code).toBe(8);
    const newest = `id = (SELECT max(id) FROM access_record ${only})`;
    await stage.sql(`DELETE FROM access_record WHERE ${newest}`);
    expect((await as(sender, 'reads', '--verify', day)).code).toBe(0);
    await stage.sql(`DELETE FROM access_record WHERE ${newest}`);
    expect((await as(sender, 'reads', '--verify', day)).code).toBe(8);
  });

  it('shows a hub that made its summary anew to fit', async () => {
    const day = daysAgo(2);
    expect((await as(sender, 'reads', '--verify', day)).code).toBe(0);
    await stage.sql(`UPDATE access_summary_owner SET reads = reads + 1 WHERE day = $1`, [day]);
    await stage.sql(`UPDATE access_summary_owner SET leaf = sha256(leaf) WHERE day = $1 AND owner = $2`, [
      day,
      reader.member,
    ]);
    expect((await as(sender, 'reads', '--verify', day)).code).toBe(8);
  });

  it('is owed for each day that ended, and for none that has not', async () => {
    expect((await as(sender, 'reads', '--verify', daysAgo(0))).code).toBe(9);
    for (const wrong of ['yesterday', '2026-13-01'])
      expect((await as(sender, 'reads', '--verify', wrong)).code).toBe(2);
  });
});

describe('a day without a leaf', () => {
  it('is no fault of the hub when it ended before one was a member, and is one when it ended later', async () => {
    const newcomer = await memberSince('DE', 'newcomer', 10);
    for (const before of [20, 11]) {
      const asked = await as(newcomer, 'reads', '--verify', daysAgo(before));
      expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('not a member yet')]);
    }
    for (const after of [10, 5, 2]) {
      const asked = await as(newcomer, 'reads', '--verify', daysAgo(after));
      expect([asked.code, asked.err]).toEqual([8, expect.stringContaining('ended more than a day ago')]);
    }
    const today = await stage.desk('FR', 'today', 'ngo');
    await keep(today);
    expect((await as(today, 'reads', '--verify', daysAgo(1))).code).toBe(9);
    expect((await as(today, 'reads', '--verify', daysAgo(2))).code).toBe(2);
  });
});

describe('a record that comes late', () => {
  it('is waited for when it was under way as its day was closed', async () => {
    const day = daysAgo(1);
    await stage.sql('DELETE FROM access_summary WHERE day = $1', [day]);
    await stage.sql('DELETE FROM access_summary_owner WHERE day = $1', [day]);
    await stage.sql(`UPDATE access_closing SET until = '-infinity'`);
    const before = await stage.sql(`SELECT FROM access_record WHERE owner = $1 AND at::date = $2`, [
      sender.member,
      day,
    ]);
    const database = hub.app.get(Database);
    const writer = { member: reader.member, purpose: 'protection' as const };
    const summarised = await database.asMember(writer, async (transaction) => {
      await transaction.query(
        `INSERT INTO access_record (at, owner, reader, officer, purpose, operation, alert_ids)
         VALUES ($1, $2, $3, 'desk', 'protection', 'alerts', '{}')`,
        [`${day}T23:59:59Z`, sender.member, reader.member],
      );
      const running = summaries();
      await until(async () => {
        const [closing] = await stage.sql<{ closed: boolean }>(
          `SELECT until > '-infinity' AS closed FROM access_closing`,
        );
        return closing?.closed === true;
      });
      expect(await stage.sql('SELECT FROM access_summary WHERE day = $1', [day])).toEqual([]);
      return { running };
    });
    expect(await summarised.running).toBe(1);
    await integrated(hub);
    expect((await proof(sender, day)).reads).toBe(before.length + 1);
    expect((await as(sender, 'reads', '--verify', day)).code).toBe(0);
  });

  it('is dated after its day when that is closed', async () => {
    const closed = new Date(Date.now() + 3_600_000).toISOString();
    await stage.sql('UPDATE access_closing SET until = $1', [closed]);
    const alert = await stage.raise(sender, TO_ALL);
    expect((await as(reader, 'alerts', 'show', alert)).code).toBe(0);
    const seen = await as(sender, 'reads', '--alert', alert, '--json');
    expect(JSON.parse(seen.out)).toMatchObject({ edges: [{ node: { at: closed } }] });
  });
});

/** Waits until something holds that another transaction brings about. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

interface Proof {
  readonly statement: string;
  readonly size: number;
  readonly reads: number;
  readonly salt: string;
}

async function proof(desk: Desk, day: string): Promise<Proof> {
  const { text } = await desk.ask(
    'query ($day: CalendarDate!) { it: accessSummary(day: $day) { statement size reads salt } }',
    { day },
  );
  return (JSON.parse(text) as { data: { it: Proof } }).data.it; // parsing
}
