import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { FilterSql } from '../../src/alerts/index.js';
import { AlertListing } from '../../src/alerts/listing.js';
import { AlertLookup } from '../../src/alerts/alert-lookup.js';
import { Database } from '../../src/database/index.js';
import type { Principal } from '../../src/graphql/index.js';
import { CaseBook } from '../../src/ontology/index.js';
import { PURPOSES, type Purpose } from '../../src/protocol/index.js';
import { CaseCounts } from '../../src/statistics/case-counts.js';
import { testHub, type TestHub } from '../support/hub.js';
import { type DrawnAlert, type DrawnMember, idAt, seedSql, type World, worlds } from '../support/worlds.js';

const WORLDS = 500;
let hub: TestHub;
let owner: pg.Client;
let bound: pg.Client;
let unbound: DataSource;
let ids: { caseId: number; routeId: number };
let compared = 0;

beforeAll(async () => {
  hub = await testHub();
  const { url } = hub.database;
  owner = new pg.Client({ connectionString: url, options: '-c search_path=symbolon -c synchronous_commit=off' });
  bound = new pg.Client({ connectionString: url, options: '-c search_path=symbolon -c role=symbolon_app' });
  unbound = new DataSource({
    type: 'postgres',
    url,
    extra: { options: '-c search_path=symbolon -c synchronous_commit=off' },
  });
  await Promise.all([owner.connect(), bound.connect(), unbound.initialize()]);
  const caseId = await hub.app.get(CaseBook).idOf({ present: ['means/deception'], absent: [], oneOf: [] });
  const { rows } = await owner.query<{ id: number }>(
    "INSERT INTO route (hash, origin, transit, exploitation) VALUES ('\\x00', '{}', '{}', '{}') RETURNING id",
  );
  ids = { caseId, routeId: rows[0]?.id ?? 0 };
});
afterAll(async () => {
  await Promise.all([owner.end(), bound.end(), unbound.destroy()]);
  await hub.stop();
});

/** The rule in the words of PROTOCOL.md L3 and L4, written anew for this test. */
function mayRead(reader: DrawnMember, purpose: Purpose, alert: DrawnAlert): boolean {
  if (reader.state !== 'active' || !reader.mandate.includes(purpose)) return false;
  if (alert.sender === reader.code) return true;
  if (alert.state !== 'active' || alert.past || !alert.purposes.includes(purpose)) return false;
  if (alert.everyone || alert.members.includes(reader.code)) return true;
  const limits = [alert.countries?.includes(reader.country), alert.kinds?.includes(reader.kind)];
  const given = limits.filter((limit) => limit !== undefined);
  return given.length > 0 && !given.includes(false);
}

function readable({ alerts }: World, reader: DrawnMember, purpose: Purpose): number[] {
  return alerts.flatMap((alert, place) => (mayRead(reader, purpose, alert) ? [place] : []));
}

function principal({ code, kind, country, mandate }: DrawnMember, purpose: Purpose): Principal {
  const seat = { officer: 'desk', kid: 'none', role: 'liaison' as const, expiresAt: new Date(Date.now() + 60_000) };
  return { member: code, memberKind: kind, country, mandate, purpose, ...seat };
}

function same(found: unknown, expected: unknown): void {
  compared++;
  expect(found).toEqual(expected);
}

/** Reads a world by every way to alerts of the service, as each active member for one purpose. */
async function readAll(world: World, turn: number, listing: AlertListing, counts: CaseCounts): Promise<void> {
  for (const [place, member] of world.members.entries()) {
    const purpose = PURPOSES[(turn + place) % PURPOSES.length] ?? 'protection';
    if (member.state !== 'active') continue;
    const reader = principal(member, purpose);
    const expected = readable(world, member, purpose);
    const base = { afterId: null, beforeId: null, onDate: '2026-11-23' };
    const page = { size: 100, backward: false, after: null, before: null };
    for (const newestFirst of [true, false]) {
      const { rows } = await listing.page(reader, { ...base, page, filter: {}, newestFirst });
      const order = newestFirst ? [...expected].reverse() : expected;
      same(
        rows.map(({ id }) => id),
        order.map(idAt),
      );
    }
    const sender = world.alerts[0]?.sender ?? 'aa-one';
    const { rows: filtered } = await listing.page(reader, {
      ...base,
      page,
      filter: { kinds: ['case'], senders: [sender] },
      newestFirst: false,
    });
    const chosen = expected.filter((at) => world.alerts[at]?.kind === 'case' && world.alerts[at].sender === sender);
    same(
      filtered.map(({ id }) => id),
      chosen.map(idAt),
    );
    const one = turn % 9;
    same((await listing.find(reader, idAt(one), 'alert'))?.id ?? null, expected.includes(one) ? idAt(one) : null);
    const counted = (await counts.count(reader, {}, '2026-11-23')).reduce((sum, { alerts }) => sum + alerts, 0);
    const inForce = expected.filter((at) => world.alerts[at]?.state === 'active' && !world.alerts[at].past);
    same(counted, inForce.length);
  }
}

/** Draws worlds, seeds each, and has `check` look at it. */
async function throughWorlds(check: (world: World, turn: number) => Promise<void>): Promise<void> {
  let turn = 0;
  compared = 0;
  const property = fc.asyncProperty(worlds, async (world) => {
    await owner.query(seedSql(world, ids.caseId, ids.routeId));
    await check(world, turn++);
  });
  await fc.assert(property, { numRuns: WORLDS, seed: 20261123, endOnFailure: true });
  process.stdout.write(`${expect.getState().currentTestName ?? ''}: ${turn} worlds, ${compared} comparisons\n`);
}

describe('the firewall gives what the rule gives and nothing else', () => {
  it('with both layers', async () => {
    const [listing, counts, lookup] = [hub.app.get(AlertListing), hub.app.get(CaseCounts), hub.app.get(AlertLookup)];
    await throughWorlds(async (world, turn) => {
      await readAll(world, turn, listing, counts);
      const member = world.members.find(({ state }) => state === 'active');
      const purpose = PURPOSES[turn % PURPOSES.length] ?? 'protection';
      if (!member) return;
      const found = await lookup.find(principal(member, purpose), `alert:${idAt(0)}`, 'node');
      same(found?.id ?? null, readable(world, member, purpose).includes(0) ? `alert:${idAt(0)}` : null);
    });
  }, 240_000);

  it('with the condition of the service alone', async () => {
    const database = new Database(unbound);
    const [listing, counts] = [
      new AlertListing(database, hub.app.get(FilterSql)),
      new CaseCounts(database, hub.app.get(FilterSql)),
    ];
    await throughWorlds((world, turn) => readAll(world, turn, listing, counts));
  }, 240_000);

  it('with row-level security alone, for members of every state and every purpose, and nothing for nobody', async () => {
    await throughWorlds(async (world) => {
      await owner.query(
        "INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids) SELECT code, 'x', 'x', 'x', 'x', '{}' FROM member",
      );
      for (const member of world.members) {
        for (const purpose of PURPOSES) {
          const acting = `SET LOCAL symbolon.member = '${member.code}'; SET LOCAL symbolon.purpose = '${purpose}'`;
          const seen = await visible(acting);
          const expected = readable(world, member, purpose);
          const acts = member.state === 'active' && member.mandate.includes(purpose);
          const own = acts
            ? world.alerts.flatMap(({ sender }, place) => (sender === member.code ? [idAt(place)] : []))
            : [];
          same(seen, { alerts: expected.map(idAt), statements: own, records: acts ? [member.code] : [], changed: own });
        }
      }
      same(await visible(''), { alerts: [], statements: [], records: [], changed: [] });
    });
  }, 240_000);
});

/** What the app role sees and could change with no condition of ours. */
async function visible(acting: string): Promise<object> {
  await bound.query(`BEGIN; ${acting}`);
  try {
    const list = async (sql: string) => (await bound.query<{ it: string }>(sql)).rows.map(({ it }) => it);
    return {
      alerts: await list('SELECT id AS it FROM alert ORDER BY position'),
      statements: await list('SELECT alert_id AS it FROM alert_statement ORDER BY position'),
      records: await list('SELECT owner AS it FROM access_record'),
      changed: (await list("UPDATE alert SET state = 'withdrawn' RETURNING id AS it")).sort(),
    };
  } finally {
    await bound.query('ROLLBACK');
  }
}
