import { chmodSync, existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, startEmbeddedServer } from '../../dist/database/index.js';

const MEMORY = '/dev/shm';
const ROOM = 4 * 1024 ** 3; // bytes; a run needs a tenth of it for its files, the rest for its processes

/** Settings of the run's server. A crash of it would lose nothing that a test looks for; those that kill a database have one of their own. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_wal_size: '256MB' };

/** Starts one PostgreSQL for the whole run, with a migrated database as the template of each test file's own. */
export default async function setUp() {
  const folder = mkdtempSync(join(place(), 'symbolon-test-'));
  chmodSync(folder, 0o711); // root's server runs as another user, who must pass through
  process.env['TMPDIR'] = folder; // of the tests too
  const server = await startEmbeddedServer(folder, 0, () => undefined);
  const admin = new pg.Client(server.url);
  await admin.connect();
  for (const [name, value] of Object.entries(SETTINGS)) await admin.query(`ALTER SYSTEM SET ${name} = '${value}'`);
  await admin.query('SELECT pg_reload_conf()');
  await admin.query('CREATE DATABASE symbolon_template');
  await migrate(server.url.replace(/\/postgres$/, '/symbolon_template'));
  await admin.end();
  process.env['TEST_CLUSTER_URL'] = server.url;
  globalThis.symbolonTestServer = { server, folder };
}

/**
 * Where the run's files lie: in memory where there is room, unless TMPDIR says where. They are many and live for moments (a database is 600), and a
 * disk's file system that remembers for minutes what was removed makes each new one slowly, the slower the more there were.
 */
function place() {
  if (process.env['TMPDIR'] || !existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, process.availableMemory()) > ROOM ? MEMORY : tmpdir();
}
