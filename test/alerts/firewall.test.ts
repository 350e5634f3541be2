import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { AlertService } from '../../src/alerts/index.js';
import { AccessRecords } from '../../src/alerts/access-records.js';
import { AlertLookup } from '../../src/alerts/alert-lookup.js';
import { AlertPresenter } from '../../src/alerts/alert-presenter.js';
import { AlertResolver } from '../../src/alerts/alert.resolver.js';
import { AudiencePreviews } from '../../src/alerts/audience-preview.js';
import { Conditions, FilterSql } from '../../src/alerts/conditions.js';
import { Cursors } from '../../src/alerts/cursor.js';
import { readFilter } from '../../src/alerts/graphql-filter.js';
import { AlertListing } from '../../src/alerts/listing.js';
import { Database } from '../../src/database/index.js';
import type { Principal } from '../../src/graphql/index.js';
import { MemberDirectory } from '../../src/membership/index.js';
import { CaseBook, OntologyService, today } from '../../src/ontology/index.js';
import { PURPOSES, type Purpose } from '../../src/protocol/index.js';
import { KeptCounts } from '../../src/statistics/picture/kept-counts.js';
import type { PictureRequest } from '../../src/statistics/picture/picture-request.js';
import { CONDITIONS, type DrawnQuestion, LAWS, questions } from '../support/drawn-questions.js';
import { FindingRule } from '../support/finding-rule.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { addresses, isInForce, mayAct, readable } from '../support/reading-rule.js';
import { drawn } from '../support/thoroughness.js';
import { ALERTS_OF_A_PIECE, WorldSeed } from '../support/world-seed.js';
import { type DrawnAlert, type DrawnMember, idAt, MOST_ALERTS, type World, worlds } from '../support/worlds.js';

const WORLDS = drawn(500, 150);
const TODAY = today();
const BY_YEAR = {
  by: ['YEAR'],
  under: [],
  where: [],
  from: null,
  until: null,
  fill: true,
  about: 'PERSON',
  onDate: TODAY,
} as const;
/** Long enough that the hub counts nothing by itself. */
const NEVER = '80000';
/** What a crash would lose is of no interest here; waiting for the disk at each of many thousand reads would be most of the time. */
const WITHOUT_WAITING =
  "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$";

let database: TestDatabase;
let hub: TestHub;
let owner: pg.Client;
let bound: pg.Client;
let unbound: DataSource;
let seed: WorldSeed;
let rule: FindingRule;
/** What is switched on, for whoever reads a failure. */
let layers = '';
let compared = 0;
/** How many lists went over several pages. */
let turned = 0;
/** How often each condition of a filter kept, and took away, an alert that the reader may read. */
let decided: ReadonlyMap<string, { kept: number; taken: number }>;

beforeAll(async () => {
  database = await testDatabase();
  const { url } = database;
  await asOwner(url, WITHOUT_WAITING);
  hub = await testHub({ database, environment: { PICTURE_QUIET_SECONDS: NEVER } });
  owner = new pg.Client({ connectionString: url, options: '-c search_path=symbolon' });
  bound = new pg.Client({ connectionString: url, options: '-c search_path=symbolon -c role=symbolon_app' });
  unbound = new DataSource({ type: 'postgres', url, extra: { options: '-c search_path=symbolon' } });
  await Promise.all([owner.connect(), bound.connect(), unbound.initialize()]);
  seed = new WorldSeed(owner, hub.app.get(CaseBook));
  const { concepts, laws } = hub.app.get(OntologyService);
  rule = new FindingRule(concepts, laws, TODAY);
});
afterAll(async () => {
  await Promise.all([owner.end(), bound.end(), unbound.destroy()]);
  await hub.stop();
  await database.drop();
});

/** Answers are looked at here before they leave; `held-answers.test.ts` sees that none leaves too early. */
function letGo(until: Promise<unknown>): void {
  void until.catch(() => undefined);
}

/** The ways to alerts, and to what is counted of them, that are the service's. */
interface Ways {
  readonly pages: AlertResolver;
  readonly listing: AlertListing;
  readonly counts: KeptCounts;
}

function same(found: unknown, expected: unknown): void {
  compared++;
  expect([layers, found]).toEqual([layers, expected]);
}

function principal({ code, kind, country, mandate }: DrawnMember, purpose: Purpose): Principal {
  const seat = { officer: 'desk', kid: 'none', role: 'liaison' as const, expiresAt: new Date(Date.now() + 60_000) };
  return { member: code, memberKind: kind, country, mandate, purpose, ...seat };
}

/** A purpose for which a member asks: mostly one of its mandate. */
function purposeOf({ mandate }: DrawnMember, turn: number): Purpose {
  const purposes = turn % 5 === 0 ? PURPOSES : mandate;
  return purposes[turn % purposes.length] ?? 'protection';
}

/** What a filter finds of what a reader may read, by the rule; each condition's part in it is counted. */
function found(alerts: readonly DrawnAlert[], { filter }: DrawnQuestion): DrawnAlert[] {
  return alerts.filter((alert) => {
    const unsatisfied = rule.unsatisfied(filter, alert);
    for (const [name, value] of Object.entries(filter)) {
      if (value === null) continue;
      const count = decided.get(name);
      if (count) count[unsatisfied.includes(name) ? 'taken' : 'kept']++;
    }
    return unsatisfied.length === 0;
  });
}

/** Walks a list page by page to its end; an endless list ends with more pages than there may be alerts. */
async function walk(
  pages: AlertResolver,
  reader: Principal,
  { filter, order, size }: DrawnQuestion,
  direction: 'forward' | 'backward',
): Promise<{ readonly list: readonly { id: string; cursor: string }[]; readonly pages: number }> {
  const list: { id: string; cursor: string }[] = [];
  const forward = direction === 'forward';
  let [cursor, turn]: [string | null, number] = [null, 0];
  for (let more = true; more && turn <= MOST_ALERTS; turn++) {
    const place = forward ? { first: size, after: cursor } : { last: size, before: cursor };
    const { edges, pageInfo } = await pages.alertPage(reader, { ...place, filter, order }, letGo);
    const page = edges.map((edge) => ({ id: edge.node.id, cursor: edge.cursor() }));
    list.splice(forward ? list.length : 0, 0, ...page);
    cursor = forward ? pageInfo.endCursor() : pageInfo.startCursor();
    more = forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
  }
  return { list, pages: turn };
}

/** Reads a world by every way to alerts of the service, as each active member for one purpose. */
async function readAll(world: World, asked: readonly DrawnQuestion[], turn: number, ways: Ways): Promise<void> {
  const { pages, listing, counts } = ways;
  for (const [place, member] of world.members.entries()) {
    const [question, purpose] = [asked[place], purposeOf(member, turn + place)];
    if (member.state !== 'active' || !question) continue;
    const { filter, order, window } = question;
    const reader = principal(member, purpose);
    const all = readable(world, member, purpose);
    const inOrder = (alerts: readonly DrawnAlert[]) => (order === 'NEWEST_FIRST' ? alerts.toReversed() : alerts);

    const whole = await pages.alertPage(reader, { first: 100, order }, letGo);
    same(
      whole.edges.map(({ node }) => [node.id, node.verdicts({ under: LAWS }).map(({ verdict }) => verdict)]),
      inOrder(all).map((alert) => [`alert:${alert.id}`, LAWS.map((law) => rule.verdict(alert, law))]),
    );

    const wanted = inOrder(found(all, question)).map(({ id }) => `alert:${id}`);
    if (wanted.length > question.size) turned++;
    const forward = await walk(pages, reader, question, 'forward');
    same(
      [forward.list.map(({ id }) => id), forward.pages],
      [wanted, Math.max(1, Math.ceil(wanted.length / question.size))],
    );
    same(await walk(pages, reader, question, 'backward'), forward);
    const [after, before] = window.map((at) => forward.list[at]?.cursor ?? null);
    if (after !== null && before !== null) {
      const between = await pages.alertPage(reader, { first: 100, after, before, filter, order }, letGo);
      same(
        between.edges.map(({ node }) => node.id),
        wanted.slice(window[0] + 1, window[1]),
      );
    }

    const one = idAt(turn % MOST_ALERTS);
    const mayOne = all.some(({ id }) => id === one);
    same((await listing.find(reader, one, 'alert'))?.id ?? null, mayOne ? one : null);
    if (mayAct(member, 'monitoring')) await countAll(world, member, counts);
  }
}

/** Counts a world as a member that may: its own alerts in force, and the pieces of alerts that address it. */
async function countAll({ alerts }: World, member: DrawnMember, counts: KeptCounts): Promise<void> {
  const reader = principal(member, 'monitoring');
  const total = (counted: readonly { readonly alerts: number }[]) => counted.reduce((sum, one) => sum + one.alerts, 0);
  const asked = (scope: PictureRequest['scope']): PictureRequest => ({ ...BY_YEAR, scope });
  const inForce = alerts.filter(isInForce);
  same(total(await counts.own(reader)), inForce.filter(({ sender }) => sender === member.code).length);
  const addressed = inForce.filter((alert) => addresses(alert, member, 'monitoring'));
  same(total(await counts.shared(reader, asked('SHARED'))), addressed.length * ALERTS_OF_A_PIECE);
}

/** Draws worlds, seeds each, and has `check` look at it. */
async function throughWorlds(
  check: (world: World, asked: readonly DrawnQuestion[], turn: number) => Promise<void>,
): Promise<void> {
  let turn = 0;
  compared = turned = 0;
  decided = new Map(CONDITIONS.map((name) => [name, { kept: 0, taken: 0 }]));
  const property = fc.asyncProperty(worlds, questions, async (world, asked) => {
    await seed.sow(world);
    await check(world, asked, turn++);
  });
  await fc.assert(property, { numRuns: WORLDS, seed: 20261123, endOnFailure: true });
  const rarest = Math.min(...[...decided.values()].map(({ kept, taken }) => Math.min(kept, taken)));
  const figures = `${turn} worlds, ${compared} comparisons, ${turned} lists of several pages, each condition decided ${rarest} times or more either way`;
  process.stdout.write(`${expect.getState().currentTestName ?? ''}: ${figures}\n`);
  // What never decided anything was not tested.
  expect(rarest).toBeGreaterThan(WORLDS / 25);
  expect(turned).toBeGreaterThan(WORLDS / 5);
}

/** One way in which what is shown is held back, or both together. */
type Check = (world: World, asked: readonly DrawnQuestion[], turn: number) => Promise<void>;

function bothLayers(): Check {
  const { app } = hub;
  const ways = { pages: app.get(AlertResolver), listing: app.get(AlertListing), counts: app.get(KeptCounts) };
  const lookup = app.get(AlertLookup);
  return async (world, asked, turn) => {
    await readAll(world, asked, turn, ways);
    const member = world.members.find(({ state }) => state === 'active');
    const purpose = PURPOSES[turn % PURPOSES.length] ?? 'protection';
    if (!member) return;
    const shown = await lookup.find(principal(member, purpose), `alert:${idAt(0)}`, 'node');
    const mayRead = readable(world, member, purpose).some(({ id }) => id === idAt(0));
    same(shown?.id ?? null, mayRead ? `alert:${idAt(0)}` : null);
  };
}

function serviceAlone(): Check {
  const { app } = hub;
  const free = new Database(unbound);
  const listing = new AlertListing(free, app.get(FilterSql));
  const pages = new AlertResolver(
    ...([app.get(AlertService), app.get(AlertLookup), listing, app.get(AlertPresenter)] as const),
    ...([app.get(AudiencePreviews), app.get(AccessRecords), app.get(MemberDirectory), app.get(Cursors)] as const),
  );
  const ways = { pages, listing, counts: new KeptCounts(free, app.get(CaseBook), app.get(OntologyService)) };
  return (world, asked, turn) => readAll(world, asked, turn, ways);
}

/** For members of every state and every purpose; and nothing for nobody. */
async function rowSecurityAlone(world: World, asked: readonly DrawnQuestion[], turn: number): Promise<void> {
  await owner.query(
    "INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids) SELECT code, 'x', 'x', 'x', 'x', '{}' FROM member",
  );
  for (const [place, member] of world.members.entries()) {
    for (const purpose of PURPOSES) {
      const acts = mayAct(member, purpose);
      const own = acts ? world.alerts.flatMap(({ id, sender }) => (sender === member.code ? [id] : [])) : [];
      const alerts = readable(world, member, purpose).map(({ id }) => id);
      const { records, ...rest } = await visible(acting(member, purpose));
      const counted =
        acts && purpose === 'monitoring'
          ? world.alerts.filter((alert) => isInForce(alert) && addresses(alert, member, purpose))
          : [];
      same(rest, { alerts, statements: own, pieces: counted.map(({ id }) => id), changed: own });
      same([...new Set(records)], acts ? [member.code] : []);
    }
    const [question, purpose] = [asked[place], purposeOf(member, turn + place)];
    if (!question) continue;
    const wanted = found(readable(world, member, purpose), question).map(({ id }) => id);
    if (wanted.length > question.size) turned++;
    same(await visiblePages(acting(member, purpose), question), { whole: wanted, pages: wanted });
  }
  same(await visible(''), { alerts: [], statements: [], records: [], pieces: [], changed: [] });
}

describe('the firewall gives what the rule gives and nothing else', () => {
  it('with both layers, with the condition of the service alone, and with row-level security alone', async () => {
    const checks = Object.entries({
      'both layers': bothLayers(),
      'the service alone': serviceAlone(),
      'row-level security alone': rowSecurityAlone,
    });
    await throughWorlds(async (world, asked, turn) => {
      for (const [name, check] of checks) {
        layers = name;
        await check(world, asked, turn);
      }
    });
  }, 900_000);
});

/** Says to row-level security who asks. */
function acting({ code }: DrawnMember, purpose: Purpose): string {
  return `SET LOCAL symbolon.member = '${code}'; SET LOCAL symbolon.purpose = '${purpose}';`;
}

/** What the app role sees and could change with no condition of ours; all in one round trip. */
async function visible(
  settings: string,
): Promise<Record<'alerts' | 'statements' | 'records' | 'pieces' | 'changed', string[]>> {
  const questions = [
    'SELECT id AS it FROM alert ORDER BY position',
    'SELECT alert_id AS it FROM alert_statement ORDER BY position',
    'SELECT owner AS it FROM access_record',
    "SELECT value AS it FROM picture_piece WHERE facet = 'core' ORDER BY value",
    "UPDATE alert SET state = 'withdrawn' RETURNING id AS it",
  ];
  const text = `BEGIN; ${settings} ${questions.join('; ')}; ROLLBACK`;
  // Parsing: several statements at once have several results, which the driver's types do not know.
  const results = (await bound.query(text)) as unknown as readonly pg.QueryResult<{ it: string }>[];
  const [alerts = [], statements = [], records = [], pieces = [], changed = []] = results
    .filter(({ command }) => command === 'SELECT' || command === 'UPDATE')
    .map(({ rows }) => rows.map(({ it }) => it));
  return { alerts, statements, records, pieces, changed: changed.sort() };
}

/** What the app role finds with no condition of ours but those of a filter, at once and page by page. */
async function visiblePages(settings: string, { filter, size }: DrawnQuestion): Promise<object> {
  const conditions = new Conditions();
  hub.app.get(FilterSql).apply(readFilter(filter), TODAY, conditions);
  const ids = async (sql: string, values: readonly unknown[]) =>
    (await bound.query<{ id: string }>(sql, [...values])).rows.map(({ id }) => id);
  await bound.query(`BEGIN; ${settings}`);
  try {
    const text = `SELECT id FROM alert a WHERE ${conditions.sql}`;
    const after = `position > coalesce(position_of($${conditions.values.length + 1}), 0)`;
    const pages: string[] = [];
    for (let full = true; full;) {
      const values = [...conditions.values, pages.at(-1) ?? null];
      const page = await ids(`${text} AND ${after} ORDER BY position LIMIT ${size}`, values);
      pages.push(...page);
      full = page.length === size;
    }
    return { whole: await ids(`${text} ORDER BY position`, conditions.values), pages };
  } finally {
    await bound.query('ROLLBACK');
  }
}
