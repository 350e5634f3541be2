import { DataSource, type DataSourceOptions } from 'typeorm';
import { GatheringSocket } from './gathering-socket.js';
import { MIGRATIONS } from './migrations/index.js';

const SCHEMA = 'symbolon';
const APP_ROLE = 'symbolon_app';
const MATCHER_ROLE = 'symbolon_matcher';

/** Creates the schema and runs the migrations that are missing, once even when several nodes start together. */
export async function migrate(url: string): Promise<void> {
  const source = new DataSource({
    ...base(url),
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'all',
    extra: { options: `-c search_path=${SCHEMA}`, max: 2 },
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query("SELECT pg_advisory_lock(hashtext('symbolon migrations'))");
    await lock.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    await source.runMigrations();
    await lock.query("SELECT pg_advisory_unlock(hashtext('symbolon migrations'))");
  } finally {
    await lock.release();
    await source.destroy();
  }
}

/** The data source that serves members: every connection acts as the app role, whoever logged in. */
export function appDataSource(url: string, poolSize = 16): DataSource {
  return new DataSource({
    ...base(url),
    extra: {
      options: `-c search_path=${SCHEMA} -c role=${APP_ROLE} -c timezone=UTC`,
      max: poolSize,
      pipeline: true,
      stream: () => new GatheringSocket(),
    },
  });
}

/** The data source that compares tokens: every connection acts as the matcher role, which reads tokens and suggestions and nothing that members say. */
export function matcherDataSource(url: string, poolSize = 2): DataSource {
  return new DataSource({
    ...base(url),
    extra: {
      options: `-c search_path=${SCHEMA} -c role=${MATCHER_ROLE} -c timezone=UTC`,
      max: poolSize,
      pipeline: true,
      stream: () => new GatheringSocket(),
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
