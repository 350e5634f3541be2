import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, startEmbeddedServer } from '../../dist/database/index.js';

/** Starts one PostgreSQL for the whole run, with a migrated database as the template of each test file's own. */
export default async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-test-'));
  chmodSync(folder, 0o711); // root's server runs as another user, who must pass through
  const server = await startEmbeddedServer(folder, 0, () => undefined);
  const admin = new pg.Client(server.url);
  await admin.connect();
  // A crash of this server would lose nothing that a test looks for; those that kill a database have one of their own.
  for (const setting of ['fsync', 'full_page_writes']) await admin.query(`ALTER SYSTEM SET ${setting} = off`);
  await admin.query('SELECT pg_reload_conf()');
  await admin.query('CREATE DATABASE symbolon_template');
  await migrate(server.url.replace(/\/postgres$/, '/symbolon_template'));
  await admin.end();
  process.env['TEST_CLUSTER_URL'] = server.url;
  globalThis.symbolonTestServer = { server, folder };
}
