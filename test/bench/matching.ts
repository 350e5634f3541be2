import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Database, matcherDataSource, migrate, startEmbeddedServer } from '../../src/database/index.js';
import type { Arrival } from '../../src/linkage/arrival-queue.js';
import { candidatesOf, searchCandidates } from '../../src/linkage/candidate-search.js';
import { judgeCandidates, keysById, readMatchingWeights } from '../../src/linkage/index.js';
import { KeyNumbers } from '../../src/linkage/key-numbers.js';
import { matchArrival, type MatchingRules } from '../../src/linkage/match-arrival.js';
import { readLinkageProfile } from '../../src/protocol/linkage/index.js';
import { median, paired, print } from './ratio.js';

const ROUNDS = 9;
const EACH = 60;
const EPOCH = '2026-2';
/** Records of each person; an arrival about it has so many true candidates. */
const RECORDS_EACH = 3;
/** The last token of a person is that of its village: so many records have it. */
const VILLAGE = 30;
const TOKENS = 15;

const textOf = (name: string): string => readFileSync(new URL(`../../schema/linkage/${name}`, import.meta.url), 'utf8');
const keys = keysById(readLinkageProfile(textOf('profile.json'), textOf('frequencies.json')).kinds);
const rules: MatchingRules = {
  ...{ keys, weights: readMatchingWeights(textOf('profile.json')) },
  ...{ batchSeconds: 86_400, decoys: 0.25 },
};
/** Kinds of keys of fifteen tokens: names with a date, a year, a month, a place. */
const KINDS = [...keys.keys()].filter((id) => !id.startsWith('DOC')).slice(0, TOKENS);

const FILL = `
  INSERT INTO linkage_record (alert_id, sender, group_id, keys, facts, expires_at)
  SELECT gen_random_uuid(), 'aa-bench-' || r % ${RECORDS_EACH}, r / ${RECORDS_EACH}, $3, '{"ageIn":2026,"citizenships":[]}', now() + interval '900 days'
  FROM generate_series($1::bigint, $2::bigint) r`;
/** A row's number follows from its order, as nothing else writes here. */
const FILL_TOKENS = `
  INSERT INTO linkage_token (token, record)
  SELECT substr(sha256(convert_to(CASE WHEN k < ${TOKENS - 1} THEN r.group_id || ':' || k ELSE 'village ' || r.id / ${VILLAGE} END, 'UTF8')), 1, 16), r.id
  FROM linkage_record r CROSS JOIN generate_series(0, ${TOKENS - 1}) k WHERE r.id BETWEEN $1::bigint AND $2::bigint`;

interface Table {
  readonly persons: number;
  readonly database: Database;
  readonly numbers: KeyNumbers;
  readonly pool: pg.Pool;
  next: number;
}

/** Matching one new alert against the bare look-up of its tokens, and against itself in a table a tenth as large. `records` is the size of the large table. */
export async function benchMatching(records: number, say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-bench-'));
  chmodSync(folder, 0o711); // root's database runs as another user, who must pass through
  const server = await startEmbeddedServer(folder, 0, () => undefined);
  try {
    const small = await table(server.url, 'bench_small', Math.ceil(records / 10));
    say(`filling a table of ${records} records with ${TOKENS} tokens each, ${RECORDS_EACH} records a person…`);
    const large = await table(server.url, 'bench_large', records);
    for (const { pool, persons } of [small, large]) {
      const { rows } = await pool.query<{ size: string }>(
        "SELECT pg_size_pretty(pg_total_relation_size('linkage_token')) AS size",
      );
      say(`a table of ${persons} persons; tokens with indexes ${rows[0]?.size ?? '?'}`);
    }
    print(
      await paired(
        { name: `finding and judging candidates of one alert, at ${records}`, wanted: '≥ 0.33' },
        ROUNDS,
        () => times(large, judge),
        () => times(large, lookUp),
      ),
    );
    print(
      await paired(
        { name: `matching one alert, durable, with suggestions, at ${records}`, wanted: 'nothing: writes included' },
        ROUNDS,
        () => times(large, match),
        () => times(large, lookUp),
      ),
    );
    const found = await large.pool.query<{ links: number }>('SELECT count(*)::int AS links FROM link');
    say(`suggestions written: ${String(found.rows[0]?.links)} for ${String((ROUNDS + 1) * EACH)} alerts`);
    const ratios: { small: number; large: number }[] = [];
    for (let round = 0; round < ROUNDS; round++)
      ratios.push({ small: await millisecondsOf(small), large: await millisecondsOf(large) });
    const medianOf = (which: 'small' | 'large') => median(ratios.map((one) => one[which])).toFixed(2);
    say(
      `matching one alert: ${medianOf('large')} ms at ${String(records)}, ${medianOf('small')} ms at a tenth; ratio ${median(ratios.map((one) => one.large / one.small)).toFixed(2)}   wanted ≤ 2`,
    );
    say(`memory of this process: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`);
    for (const { pool, database } of [small, large]) {
      await pool.end();
      await database.onApplicationShutdown();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function table(cluster: string, name: string, records: number): Promise<Table> {
  const admin = new pg.Client(cluster);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = cluster.replace(/\/postgres$/, `/${name}`);
  await migrate(url);
  const database = new Database(await matcherDataSource(url).initialize());
  const numbers = new KeyNumbers(database);
  const pool = new pg.Pool({ connectionString: url, options: '-c search_path=symbolon', max: 2 });
  const ids = await numbers.of(KINDS.map((kind) => ({ epoch: EPOCH, kind })));
  const step = 20_000;
  for (let from = 0; from < records; from += step) {
    const to = Math.min(records, from + step);
    await pool.query(FILL, [from, to - 1, ids]);
    await pool.query(FILL_TOKENS, [from + 1, to]);
  }
  const persons = Math.ceil(records / RECORDS_EACH);
  await pool.query('UPDATE linkage_population SET groups = $1::bigint, last_group = $1::bigint + 1', [persons]);
  await pool.query('VACUUM ANALYZE');
  return { persons, database, numbers, pool, next: 1 };
}

/** An alert of another member about one of the persons; never the same person twice. */
function draw(from: Table): Arrival & { readonly tokens: NonNullable<Arrival['tokens']> } {
  const person = (from.next++ * 7_919) % from.persons;
  const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
  const village = Math.floor((person * RECORDS_EACH + 1) / VILLAGE);
  const tokens = KINDS.map((kind, k) => ({
    ...{ epoch: EPOCH, kind },
    token: hash(k < TOKENS - 1 ? `${String(person)}:${String(k)}` : `village ${String(village)}`),
  }));
  const now = new Date();
  return {
    ...{ position: '0', alertId: randomUUID(), sender: 'bb-bench', receivedAt: now, tokens },
    ...{ expiresAt: new Date(now.getTime() + 86_400_000), facts: { ageIn: 2026, citizenships: [] } },
  };
}

async function lookUp(from: Table): Promise<void> {
  const { tokens } = draw(from);
  const bytes = tokens.map(({ token }) => Buffer.from(token, 'hex'));
  await from.pool.query({
    name: 'floor-look-up',
    text: 'SELECT token, record FROM linkage_token WHERE token = ANY ($1::bytea[])',
    values: [bytes],
  });
}

async function judge(from: Table): Promise<void> {
  const { tokens, facts, alertId } = draw(from);
  const { largestBlock } = rules.weights;
  const hex = tokens.map(({ token }) => token);
  const rows = await searchCandidates({ query: (...of) => from.database.query(...of) }, alertId, hex, largestBlock);
  const candidates = candidatesOf(rows, tokens, facts, await from.numbers.read(rows.map((row) => row.keys)));
  judgeCandidates({ keyIds: new Set(KINDS) }, candidates, from.persons, keys, rules.weights);
  if (rows.length < RECORDS_EACH) throw new Error('true candidates were not found');
}

async function match(from: Table): Promise<void> {
  await from.database.asNobody((transaction) => matchArrival(transaction, draw(from), from.numbers, rules));
}

async function times(from: Table, work: (from: Table) => Promise<void>): Promise<number> {
  for (let i = 0; i < EACH; i++) await work(from);
  return EACH;
}

async function millisecondsOf(from: Table): Promise<number> {
  const start = performance.now();
  await times(from, match);
  return (performance.now() - start) / EACH;
}
