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
  return {
    url: cluster.replace(/\/postgres$/, `/${name}`),
    drop: () => asAdmin(cluster, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
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

/** Runs SQL in a test's database as its owner: to look at what is really there, past row-level security. */
export async function asOwner<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=symbolon' });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
