import { DataSource, type DataSourceOptions, MigrationExecutor } from 'typeorm';
import { GatheringSocket } from './gathering-socket.js';
import { MIGRATIONS } from './migrations/index.js';

const SCHEMA = 'symbolon';
const APP_ROLE = 'symbolon_app';
const MATCHER_ROLE = 'symbolon_matcher';
const COUNTER_ROLE = 'symbolon_counter';

/** Whoever migrates notices a node that died in the middle of a long statement, whose session would hold the lock until the statement ends. */
const NOTICE_THE_DEAD = '-c client_connection_check_interval=2s';

/**
 * Creates the schema and runs the migrations that are missing, once even when several nodes start together: one waits for the other. Lock and migrations
 * share one session and one transaction, so that a node that dies in between leaves neither behind. `until` is the last migration to run, by its number.
 */
export async function migrate(url: string, until = Infinity): Promise<void> {
  const source = new DataSource({
    ...base(url),
    migrations: MIGRATIONS.filter((one) => migrationNumber(one.name) <= until),
    extra: { options: `-c search_path=${SCHEMA} ${NOTICE_THE_DEAD}`, max: 1, keepAlive: true },
  });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query("SELECT pg_advisory_lock(hashtext('symbolon migrations'))");
    await runner.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'all';
    await executor.executePendingMigrations();
    await runner.query("SELECT pg_advisory_unlock(hashtext('symbolon migrations'))");
  } finally {
    await runner.release();
    await source.destroy();
  }
}

/** The number of the newest migration that this program knows. */
export const NEWEST_MIGRATION = Math.max(...MIGRATIONS.map(({ name }) => migrationNumber(name)));

/** Whether all migrations that this program knows have run. Those of a newer node may have run as well. */
export async function isMigrated(query: (sql: string) => Promise<{ name: string }[]>): Promise<boolean> {
  const ran = new Set((await query(`SELECT name FROM ${SCHEMA}.migrations`)).map(({ name }) => name));
  return MIGRATIONS.every(({ name }) => ran.has(name));
}

/** The number with which the name of a migration ends. */
export function migrationNumber(migration: string): number {
  return Number(migration.slice(-13));
}

/** How long a data source waits for its database, milliseconds. */
export interface Patience {
  /** For a connection: a new one, or one that the pool has lent to others. */
  readonly connect: number;
  /** The database ends a statement that takes longer. */
  readonly statement: number;
  /** The database ends a statement that waits longer for a lock. */
  readonly lock: number;
  /** The database ends a transaction in which nothing is asked for so long. */
  readonly idle: number;
  /** The hub gives a connection up that has not answered for so long: a database that is cut off ends nothing by itself. Longer than `statement`. */
  readonly answer: number;
}

/**
 * Members wait behind each other for what a member writes, so that one statement that hangs would hold up all of that member. The longest statement of a
 * large hub takes a few seconds; proxies give up after a minute.
 */
const PATIENCE_WITH_MEMBERS: Patience = {
  connect: 10_000,
  statement: 30_000,
  lock: 15_000,
  idle: 60_000,
  answer: 40_000,
};

/** Nobody waits for the matcher and the counter, which calculate for long between their statements. */
const PATIENCE_IN_BACKGROUND: Patience = {
  connect: 30_000,
  statement: 300_000,
  lock: 60_000,
  idle: 600_000,
  answer: 330_000,
};

/** The data source that serves members: every connection acts as the app role, whoever logged in. */
export function appDataSource(url: string, poolSize = 16, patience = PATIENCE_WITH_MEMBERS): DataSource {
  return pooled(url, APP_ROLE, poolSize, patience);
}

/** The data source that compares tokens: every connection acts as the matcher role, which reads tokens and suggestions and nothing that members say. */
export function matcherDataSource(url: string, poolSize = 2, patience = PATIENCE_IN_BACKGROUND): DataSource {
  return pooled(url, MATCHER_ROLE, poolSize, patience);
}

/** The data source that counts for the picture: every connection acts as the counter role, which reads how alerts are coded and nothing that members say. */
export function counterDataSource(url: string, poolSize = 2, patience = PATIENCE_IN_BACKGROUND): DataSource {
  return pooled(url, COUNTER_ROLE, poolSize, patience);
}

function pooled(url: string, role: string, max: number, { connect, statement, lock, idle, answer }: Patience) {
  const settings = [
    ...[`search_path=${SCHEMA}`, `role=${role}`, 'timezone=UTC', `statement_timeout=${statement}`],
    ...[`lock_timeout=${lock}`, `idle_in_transaction_session_timeout=${idle}`],
  ];
  return new DataSource({
    ...base(url),
    extra: {
      ...{ max, pipeline: true, stream: () => new GatheringSocket(), keepAlive: true },
      options: settings.map((setting) => `-c ${setting}`).join(' '),
      ...{ connectionTimeoutMillis: connect, query_timeout: answer },
    },
  });
}

function base(url: string): DataSourceOptions & { type: 'postgres' } {
  return { type: 'postgres', url, schema: SCHEMA, synchronize: false, logging: false, applicationName: 'symbolon' };
}

/** The hub's database role could see past row-level security. */
export class DatabaseRoleError extends Error {
  override readonly name = 'DatabaseRoleError';
}

/** Refuses a database role that row-level security does not bind. Throws `DatabaseRoleError`, which says what to do. */
export async function assertBoundByRowSecurity(source: DataSource): Promise<void> {
  const [role]: { name: string; free: boolean }[] = await source.query(
    'SELECT rolname AS name, rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = session_user',
  );
  if (!role || role.free) {
    throw new DatabaseRoleError(
      `The database role ${role?.name ?? '?'} is a superuser or bypasses row-level security. Connect as a plain member of ${APP_ROLE} (docker/roles.sql).`,
    );
  }
}
