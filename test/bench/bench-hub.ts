import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readConfig } from '../../src/config.js';
import { startEmbeddedServer } from '../../src/database/index.js';
import { type RunningHub, startHub } from '../../src/hub.js';
import { KeyStore } from '../../src/member/files/index.js';
import { prepareSandbox } from '../../src/sandbox/index.js';
import { freePort } from '../support/hub.js';
import { type Population, populate } from './population.js';

/** A hub with the sandbox's members and as many alerts of many members as asked for. */
export interface BenchHub {
  readonly hub: RunningHub;
  readonly store: KeyStore;
  /** A connection past row-level security, for floors. */
  readonly pool: pg.Pool;
  readonly population: Population;
}

/** Starts one PostgreSQL and gives hubs over databases of their own. */
export async function benchCluster(): Promise<{
  /** `environment` changes how the hub is to run; `cases` says over how many cases the alerts are spread evenly. */
  hubWith(alerts: number, environment?: Readonly<Record<string, string>>, cases?: number): Promise<BenchHub>;
  stop(): Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-bench-'));
  chmodSync(folder, 0o711); // root's database runs as another user, who must pass through
  const server = await startEmbeddedServer(folder, 0, () => undefined);
  const hubs: BenchHub[] = [];
  const hubWith = async (alerts: number, environment = {}, cases?: number): Promise<BenchHub> => {
    const name = `bench_${hubs.length}`;
    const admin = new pg.Client(server.url);
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    const url = server.url.replace(/\/postgres$/, `/${name}`);
    const dataFolder = join(folder, name);
    const own = { PORT: String(await freePort()), DATA_FOLDER: dataFolder, DATABASE_URL: url };
    const config = readConfig({ ...own, ...environment });
    mkdirSync(dataFolder, { recursive: true });
    const hub = await startHub(config, { url, migratorUrl: url, matcherUrl: url, counterUrl: url });
    await prepareSandbox(hub.app, dataFolder, () => undefined);
    const pool = new pg.Pool({ connectionString: url, options: '-c search_path=symbolon', max: 8 });
    const population = await populate(hub, pool, alerts, cases);
    const bench = { hub, store: KeyStore.open(join(dataFolder, 'sandbox')), pool, population };
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
