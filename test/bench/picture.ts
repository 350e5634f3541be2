import { DuckDBInstance } from '@duckdb/node-api';
import { AlertService } from '../../src/alerts/index.js';
import { MemberClient } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { OntologyService, today } from '../../src/ontology/index.js';
import { PictureCounter } from '../../src/statistics/index.js';
import type { PictureDimension } from '../../src/statistics/picture/dimension.js';
import type { PictureRequest } from '../../src/statistics/picture/picture-request.js';
import { PictureService } from '../../src/statistics/picture/picture.service.js';
import { caseContent } from '../support/organisation.js';
import type { BenchHub } from './bench-hub.js';
import { documentAsker } from './paging.js';
import { populatePicture } from './picture-population.js';
import { type Paired, paired, print } from './ratio.js';
import { checkContent } from '../../src/member/files/index.js';

/** The hub counts when it is told to. */
export const PICTURE_ENVIRONMENT = { PICTURE_QUIET_SECONDS: '80000', SANDBOX_CUSTODIANS: 'off' };

const ROUNDS = 7;
const ASKED = 20;
const LAW = 'NL';

/** The tables that are asked for, each of two dimensions under one law. */
const TABLES = [
  ['YEAR', 'EXPLOITATION'],
  ['ORIGIN', 'EXPLOITATION'],
  ['PURPOSE', 'GENDER'],
  ['YEAR', 'MEANS'],
] as const;

const COLUMNS: Readonly<Record<string, string>> = {
  ...{
    YEAR: 'year',
    EXPLOITATION: 'exploitation',
    ORIGIN: 'origin',
    PURPOSE: 'purpose',
    GENDER: 'gender',
    MEANS: 'means',
  },
};

/** Every alert with what the tables count, as the counter reads it. */
const FLAT = `
  SELECT coalesce(to_char(a.started_from, 'YYYY'), '') AS year, array_to_string(r.exploitation, ' ') AS exploitation, array_to_string(r.origin, ' ') AS origin,
    array_to_string(ARRAY(SELECT p FROM unnest(c.present) p WHERE p LIKE 'purpose/%' ORDER BY p), ' ') AS purpose,
    array_to_string(ARRAY(SELECT p FROM unnest(c.present) p WHERE p LIKE 'means/%' ORDER BY p), ' ') AS means,
    coalesce(t.gender, '') AS gender,
    CASE WHEN c.met && $1::smallint[] THEN 'MET' WHEN c.undetermined && $1::smallint[] THEN 'UNDETERMINED' ELSE 'NOT_MET' END AS verdict
  FROM alert a JOIN route r ON r.id = a.route_id JOIN trait t ON t.id = a.trait_id JOIN judged_case c ON c.id = a.case_id`;

/** Counting, asking and comparing. `file` is the published microdata by whose distributions alerts are drawn; null for rough shares. */
export async function benchPicture(
  bench: BenchHub,
  alerts: number,
  file: string | null,
  say: (line: string) => void,
): Promise<void> {
  const { hub, pool } = bench;
  const kinds = await populatePicture(hub, pool, alerts, file);
  say(`${alerts} alerts of ${kinds} kinds`);
  const counting = performance.now();
  const counted = await hub.app.get(PictureCounter).count(new Date(Date.now() + 30 * 3_600_000));
  const seconds = (performance.now() - counting) / 1000;
  const { rows } = await pool.query<{ pieces: string }>('SELECT count(*) AS pieces FROM picture_piece');
  say(
    `counted ${counted} in ${seconds.toFixed(1)} s: ${(counted / seconds).toFixed(0)} alerts/s, ${rows[0]?.pieces ?? '?'} pieces`,
  );
  // They were judged as they were released; here it is measured what new definitions cost.
  await pool.query("UPDATE picture_piece SET judged_by = NULL WHERE facet = 'law'");
  const judging = performance.now();
  let judged = 0;
  for (let some = -1; some !== 0; judged += some) some = await hub.app.get(PictureCounter).judge();
  const took = (performance.now() - judging) / 1000;
  say(
    `judged ${judged} pieces of ${counted} alerts under every law in ${took.toFixed(1)} s: ${(counted / took).toFixed(0)} alerts/s`,
  );
  await pool.query('VACUUM ANALYZE');
  const ids = await lawIds(bench);
  await pool.query(`CREATE TABLE bench_flat AS ${FLAT.replaceAll('$1', `'{${ids.join(',')}}'`)}`);
  await pool.query(`CREATE TABLE bench_rollup AS SELECT year, exploitation, origin, purpose, gender, means, verdict, count(*)::int AS alerts FROM bench_flat
    GROUP BY 1, 2, 3, 4, 5, 6, 7`);
  await pool.query('VACUUM ANALYZE');
  const duck = await duckWith(bench);
  for (const by of TABLES) for (const figure of await benchTable(bench, by, duck)) print(figure);
  for (const figure of await benchArrival(bench)) print(figure);
}

async function benchTable(bench: BenchHub, by: readonly PictureDimension[], duck: Duck): Promise<Paired[]> {
  const { ready } = await documentAsker(
    bench,
    `{ picture(by: [${by.join(', ')}], under: ["${LAW}"]) { asOf rows { keys { code state } alerts { count fewerThan } verdicts { met { count } notMet { count } undetermined { count } withheld { count } } } } }`,
    'monitoring',
  );
  const principal = await bench.hub.app.get(MembershipService).principalOf('be-anker', 'desk-1', 'monitoring');
  const pictures = bench.hub.app.get(PictureService);
  const request: PictureRequest = {
    ...{ by, under: [LAW], where: [], from: null, until: null, fill: true },
    ...{ scope: 'SHARED', about: 'PERSON', onDate: today() },
  };
  const columns = by.map((dimension) => COLUMNS[dimension] ?? '').join(', ');
  const ask = async () => (await ready(ASKED))();
  const floor = async (count: number, one: () => Promise<unknown>) => {
    for (let at = 0; at < count; at++) await one();
    return count;
  };
  const bare = `SELECT ${columns}, verdict, sum(alerts) AS alerts FROM bench_rollup GROUP BY ${columns}, verdict`;
  const scan = `SELECT ${columns}, verdict, count(*) AS alerts FROM flat GROUP BY ${columns}, verdict`;
  const name = `${by.join(' × ').toLowerCase()} under ${LAW}`;
  const serve = () => floor(ASKED, () => pictures.of(principal, request));
  return [
    await paired(
      { name: `${name}, at the service, beside the same of a bare rollup`, wanted: '≥ 10/s and ≥ 0.33' },
      ROUNDS,
      serve,
      () => floor(ASKED, () => bench.pool.query(bare)),
    ),
    await paired(
      { name: `${name}, at the service, beside DuckDB scanning the alerts in memory`, wanted: '≥ 1' },
      ROUNDS,
      serve,
      () => floor(ASKED, () => duck.runAndReadAll(scan)),
    ),
    await paired(
      { name: `${name}, over HTTP, beside the same of a bare rollup`, wanted: 'the answer with all its rows' },
      ROUNDS,
      ask,
      () => floor(ASKED, () => bench.pool.query(bare)),
    ),
  ];
}

type Duck = Awaited<ReturnType<DuckDBInstance['connect']>>;

async function duckWith(bench: BenchHub): Promise<Duck> {
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  const columns = ['year', 'exploitation', 'origin', 'purpose', 'gender', 'means', 'verdict'];
  await duck.run(`CREATE TABLE flat (${columns.map((column) => `${column} VARCHAR`).join(', ')})`);
  const appender = await duck.createAppender('flat');
  const client = await bench.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('DECLARE flat CURSOR FOR SELECT * FROM bench_flat');
    for (;;) {
      const { rows } = await client.query<Record<string, string>>('FETCH 50000 FROM flat');
      if (rows.length === 0) break;
      for (const row of rows) {
        for (const column of columns) appender.appendVarchar(row[column] ?? '');
        appender.endRow();
      }
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  appender.closeSync();
  return duck;
}

/** The numbers of the variants by which the law judges today. */
async function lawIds({ hub, pool }: BenchHub): Promise<number[]> {
  const { engine } = hub.app.get(OntologyService);
  const names = engine.variantsOf(LAW, today()).map(({ id }) => id);
  const { rows } = await pool.query<{ id: number }>(
    'SELECT max(id) AS id FROM definition_variant WHERE variant = ANY ($1) GROUP BY variant',
    [names],
  );
  return rows.map(({ id }) => id);
}

/** Raising while everything is counted as it comes, beside raising while nothing is. */
async function benchArrival({ hub, store }: BenchHub): Promise<Paired[]> {
  const seat = await store.loadOfficer('ro-punte', 'desk-1');
  const client = await MemberClient.connect({
    check: checkContent,
    hub: hub.url,
    audience: hub.url,
    seat,
    purpose: 'protection',
  });
  const principal = await hub.app.get(MembershipService).principalOf('ro-punte', 'desk-1', 'protection');
  const [alerts, counter] = [hub.app.get(AlertService), hub.app.get(PictureCounter)];
  const each = 500;
  const stock = await Promise.all(
    Array.from({ length: each * (ROUNDS + 1) * 2 }, () => client.signRaise(caseContent())),
  );
  const raise = async () => {
    await alerts.raiseMany(principal, stock.splice(0, each));
    return each;
  };
  return [
    await paired(
      { name: 'raising 500 with counting them at once, beside without', wanted: '≥ 0.77' },
      ROUNDS,
      async () => {
        await raise();
        await counter.count(new Date(Date.now() + 30 * 3_600_000));
        return each;
      },
      raise,
    ),
  ];
}
