import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readConfig } from '../../src/config.js';
import { startEmbeddedServer } from '../../src/database/index.js';
import { type RunningHub, startHub } from '../../src/hub.js';
import { KeyStore } from '../../src/member/index.js';
import { prepareSandbox } from '../../src/sandbox/index.js';
import { freePort } from '../support/hub.js';

/** A hub with the sandbox's members and as many alerts as asked for. */
export interface BenchHub {
  readonly hub: RunningHub;
  readonly store: KeyStore;
  /** A connection past row-level security, for floors. */
  readonly pool: pg.Pool;
  readonly alerts: number;
}

/** Copies of the sandbox's alerts under new ids: real statements, a few hundred cases, the spread of the sandbox. */
const MULTIPLY = `
  WITH template AS (SELECT row_number() OVER (ORDER BY position) - 1 AS n, a.* FROM alert a),
  size AS (SELECT count(*) AS n FROM template),
  made AS (
    INSERT INTO log_entry (issuer, jti, event, payload_hash)
    SELECT t.sender, 'bench-' || i, 'https://w3id.org/symbolon/events/alert-raised', sha256(i::text::bytea)
    FROM generate_series(1, $1::bigint) i, size JOIN template t ON true WHERE t.n = i % size.n
    RETURNING position, jti
  )
  INSERT INTO alert (position, id, sender, kind, raised_at, expires_at, audience_id, case_id, route_id, age_band, identification, started_from, started_to, statement)
  SELECT m.position, gen_random_uuid(), t.sender, t.kind, t.raised_at, t.expires_at, t.audience_id, t.case_id, t.route_id, t.age_band, t.identification,
    t.started_from, t.started_to, t.statement
  FROM made m, size JOIN template t ON true WHERE t.n = substr(m.jti, 7)::bigint % size.n`;

/** Starts one PostgreSQL and gives hubs over databases of their own. */
export async function benchCluster(): Promise<{ hubWith(alerts: number): Promise<BenchHub>; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-bench-'));
  chmodSync(folder, 0o711); // root's database runs as another user, who must pass through
  const server = await startEmbeddedServer(folder, 0, () => undefined);
  const hubs: BenchHub[] = [];
  const hubWith = async (alerts: number): Promise<BenchHub> => {
    const name = `bench_${hubs.length}`;
    const admin = new pg.Client(server.url);
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    const url = server.url.replace(/\/postgres$/, `/${name}`);
    const dataFolder = join(folder, name);
    const config = readConfig({ PORT: String(await freePort()), DATA_FOLDER: dataFolder, DATABASE_URL: url });
    mkdirSync(dataFolder, { recursive: true });
    const hub = await startHub(config, { url, migratorUrl: url });
    await prepareSandbox(hub.app, dataFolder, () => undefined);
    const pool = new pg.Pool({ connectionString: url, options: '-c search_path=symbolon', max: 8 });
    await pool.query(MULTIPLY, [alerts]);
    await pool.query('VACUUM ANALYZE');
    const bench = { hub, store: KeyStore.open(join(dataFolder, 'sandbox')), pool, alerts };
    hubs.push(bench);
    return bench;
  };
  const stop = async (): Promise<void> => {
    for (const { hub, pool } of hubs) {
      await pool.end();
      await hub.close();
    }
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { hubWith, stop };
}
