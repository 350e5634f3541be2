import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { migrationNumber } from '../database/index.js';
import type { HubIdentity } from '../identity/index.js';
import { BackupFault } from './backup-fault.js';
import { type BackedUpTable, type ManifestContent, writeManifest } from './backup-manifest.js';

/** Tables that a restored hub makes by itself: which migrations ran, and sessions of the token service, which are over in minutes and are secrets. */
const NOT_KEPT = ['migrations', 'oauth_record'];

const TABLES = `
  SELECT c.relname AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum)::text[] AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = 'symbolon'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1)
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  GROUP BY c.relname ORDER BY c.relname`;
const SEQUENCES = "SELECT sequencename AS name FROM pg_sequences WHERE schemaname = 'symbolon' ORDER BY sequencename";
const HEAD = 'SELECT statement FROM symbolon.tree_head ORDER BY size DESC, issued_at DESC LIMIT 1';

/**
 * Writes all that a hub has stored into a folder, which must not exist: every table as one snapshot shows it, while the hub goes on, and a signed manifest.
 * By the hub's own hands, so that it needs no program that fits the server's version. The hub's keys are not in it. `url` is the database as its owner.
 * Throws `BackupFault`: FOLDER_TAKEN, NO_HUB_IN_DATABASE.
 */
export async function backUp(url: string, folder: string, hub: HubIdentity): Promise<ManifestContent> {
  const target = resolve(folder);
  const unfinished = `${target}.unfinished`;
  await makeFolder(target, unfinished);
  const client = new pg.Client({ connectionString: url, application_name: 'symbolon backup', keepAlive: true });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const manifest = await copyAll(client, unfinished, hub.audience);
    await client.query('COMMIT');
    await writeManifest(unfinished, manifest, hub.signingKey);
    await rename(unfinished, target);
    await flush(dirname(target));
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function copyAll(client: pg.Client, folder: string, audience: string): Promise<ManifestContent> {
  const createdAt = new Date().toISOString();
  const schemaVersion = await schemaVersionOf(client);
  const found = await client.query<{ name: string; columns: string[] }>(TABLES, [NOT_KEPT]);
  const tables: BackedUpTable[] = [];
  for (const { name, columns } of found.rows) tables.push(await copyTable(client, folder, name, columns));
  const sequences: ManifestContent['sequences'][number][] = [];
  for (const { name } of (await client.query<{ name: string }>(SEQUENCES)).rows) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `SELECT last_value AS last, is_called AS called FROM symbolon.${pg.escapeIdentifier(name)}`,
    );
    if (rows[0]) sequences.push({ name, ...rows[0] });
  }
  const head = (await client.query<{ statement: string }>(HEAD)).rows[0]?.statement ?? null;
  return { createdAt, schemaVersion, audience, head, tables, sequences };
}

async function schemaVersionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('symbolon.tree_head') IS NOT NULL AS there",
  );
  if (rows[0]?.there !== true)
    throw new BackupFault(
      'NO_HUB_IN_DATABASE',
      'This database holds no hub, or one that was not started since its log has heads.',
    );
  const ran = await client.query<{ name: string }>('SELECT name FROM symbolon.migrations');
  return Math.max(...ran.rows.map(({ name }) => migrationNumber(name)));
}

async function copyTable(client: pg.Client, folder: string, name: string, columns: string[]): Promise<BackedUpTable> {
  const file = `${name}.copy.gz`;
  const rows = client.query(copyTo(`COPY symbolon.${pg.escapeIdentifier(name)} (${columns.join(', ')}) TO STDOUT`));
  const [hash, hashed] = [createHash('sha256'), new PassThrough()];
  hashed.on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(
    rows,
    createGzip(),
    hashed,
    createWriteStream(join(folder, file), { mode: 0o600, flags: 'wx', flush: true }),
  );
  return { name, columns, rows: rows.rowCount, file, sha256: hash.digest('hex') };
}

async function makeFolder(target: string, unfinished: string): Promise<void> {
  const taken = await open(target).then(
    (handle) => handle.close().then(() => true),
    () => false,
  );
  if (taken) throw new BackupFault('FOLDER_TAKEN', `${target} exists: name a folder that does not.`);
  await mkdir(dirname(target), { recursive: true });
  await mkdir(unfinished, { mode: 0o700 }).catch((cause: unknown) => {
    throw new BackupFault(
      'FOLDER_TAKEN',
      `${unfinished} is there or cannot be made: remove what an earlier backup left.`,
      { cause },
    );
  });
}

/** Makes the new name of a folder durable. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
