import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a test's own. */
export interface TestDatabase {
  /** Connection string of its owner, whom row-level security does not bind. */
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes a fresh database on the run's server: migrated, or with nothing in it. */
export async function testDatabase(state: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const cluster = process.env['TEST_CLUSTER_URL'];
  if (!cluster) throw new Error('the test server was not started (test/support/global-setup.mjs)');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(
    cluster,
    `CREATE DATABASE ${name} TEMPLATE ${state === 'migrated' ? 'symbolon_template' : 'template0'}`,
  );
  const url = cluster.replace(/\/postgres$/, `/${name}`);
  return {
    url,
    drop: async () => {
      await sessions.get(url)?.end();
      sessions.delete(url);
      await asAdmin(cluster, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function asAdmin(cluster: string, sql: string): Promise<void> {
  const admin = new pg.Client(cluster);
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}

/** The owner's sessions by connection string: to open one costs the server as much as many questions, and a test looks often. */
const sessions = new Map<string, pg.Pool>();

function sessionsAt(url: string): pg.Pool {
  const known = sessions.get(url);
  if (known) return known;
  const options = '-c search_path=symbolon';
  const pool = new pg.Pool({ connectionString: url, options, idleTimeoutMillis: 1_000, allowExitOnIdle: true });
  pool.on('error', () => undefined); // of an idle one, whose server a test ended
  sessions.set(url, pool);
  return pool;
}

/** Runs SQL in a test's database as its owner: to look at what is really there, past row-level security. Nothing of a session is left to the next. */
export async function asOwner<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const session = await sessionsAt(url).connect();
  try {
    const { rows } = await session.query<Row>(sql, values);
    await session.query('DISCARD ALL');
    session.release();
    return rows;
  } catch (error) {
    session.release(true);
    throw error;
  }
}
