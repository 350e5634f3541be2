import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate, NEWEST_MIGRATION } from '../database/index.js';
import type { HubIdentity } from '../identity/index.js';
import { BackupFault } from './backup-fault.js';
import { type BackedUpTable, type BackupManifest, readManifest } from './backup-manifest.js';
import { type CheckedLog, checkLog } from './restored-log.js';
import { compareWithWitnesses, type Loss, readWitnessed } from './witnessed-heads.js';

/** How to restore. */
export interface RestoreOptions {
  /** Files of tree heads that members witnessed. */
  readonly witnessed: readonly string[];
  /** Why the loss of what was accepted after the backup is accepted; null when it is not. */
  readonly acceptLoss: string | null;
}

/** What was restored. */
export interface Restored {
  readonly manifest: BackupManifest;
  readonly log: CheckedLog;
  /** What is known to be lost; null when nothing is. */
  readonly loss: Loss | null;
}

/**
 * Puts a backup into a database in which there is nothing, as its owner. Nothing stays there unless all of this holds: the hub's signature over the manifest,
 * the checksums, the log's entries hashing to every head that is kept, and the heads that members witnessed. Throws `BackupFault`.
 */
export async function restore(
  url: string,
  folder: string,
  hub: HubIdentity,
  options: RestoreOptions,
): Promise<Restored> {
  const manifest = await readManifest(folder, hub.signingKey, hub.audience);
  if (manifest.schemaVersion > NEWEST_MIGRATION)
    throw new BackupFault('NEWER_SCHEMA', 'The backup is of a newer version of the hub: restore it with that version.');
  for (const table of manifest.tables) await assertUntouched(folder, table);
  const witnessed = await readWitnessed(options.witnessed, hub);
  const client = new pg.Client({ connectionString: url, application_name: 'symbolon restore', keepAlive: true });
  await client.connect();
  try {
    await assertEmpty(client);
    try {
      await migrate(url, manifest.schemaVersion);
      await client.query("BEGIN; SET LOCAL search_path = symbolon; SET LOCAL timezone = 'UTC'");
      await load(client, folder, manifest);
      const log = await checkLog(client, manifest.head, hub, new Set(witnessed.map(({ size }) => size)));
      const loss = compareWithWitnesses(log, witnessed, options.acceptLoss !== null);
      if (loss) await keepReason(folder, loss, options.acceptLoss);
      await client.query('COMMIT');
      return { manifest, log, loss };
    } catch (error) {
      await client.query('ROLLBACK');
      await client.query('DROP SCHEMA IF EXISTS symbolon CASCADE'); // it was not there before
      throw error;
    }
  } finally {
    await client.end();
  }
}

/** Who asks later why entries are missing finds the answer beside the backup. */
async function keepReason(folder: string, loss: Loss, reason: string | null): Promise<void> {
  const restoredAt = new Date().toISOString();
  const file = join(folder, `accepted-loss-${restoredAt.replaceAll(':', '-')}.json`);
  await writeFile(file, `${JSON.stringify({ restoredAt, reason, ...loss }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

async function assertUntouched(folder: string, { file, sha256 }: BackedUpTable): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(join(folder, file)), hash);
  } catch (cause) {
    throw new BackupFault('TAMPERED', `${file} is missing or cannot be read: take another copy of the backup.`, {
      cause,
    });
  }
  if (hash.digest('hex') !== sha256)
    throw new BackupFault('TAMPERED', `${file} is not as it was written: take another copy of the backup.`);
}

async function assertEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query("SELECT FROM pg_namespace WHERE nspname = 'symbolon'");
  if (rows.length > 0)
    throw new BackupFault(
      'DATABASE_NOT_EMPTY',
      'There is a hub in this database: restore into a database that was just made.',
    );
}

const FOREIGN_KEYS = `
  SELECT conrelid::regclass::text AS of, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE connamespace = 'symbolon'::regnamespace AND contype = 'f' AND conparentid = 0`;

/** Loads every table with nothing acting on it, then has the database check that all refers to what is there. */
async function load(client: pg.Client, folder: string, { tables, sequences }: BackupManifest): Promise<void> {
  const names = tables.map(({ name }) => pg.escapeIdentifier(name));
  const { rows: keys } = await client.query<{ of: string; name: string; definition: string }>(FOREIGN_KEYS);
  for (const { of, name } of keys) await client.query(`ALTER TABLE ${of} DROP CONSTRAINT ${name}`);
  await client.query(`TRUNCATE ${names.join(', ')}`);
  for (const [at, table] of tables.entries()) {
    await client.query(`ALTER TABLE ${names[at]} DISABLE TRIGGER USER`);
    const rows = client.query(copyFrom(`COPY ${names[at]} (${table.columns.join(', ')}) FROM STDIN`));
    await pipeline(createReadStream(join(folder, table.file)), createGunzip(), rows);
    if (rows.rowCount !== table.rows) throw new BackupFault('TAMPERED', `${table.file} has another number of rows.`);
    await client.query(`ALTER TABLE ${names[at]} ENABLE TRIGGER USER`);
  }
  for (const { of, name, definition } of keys)
    await client.query(`ALTER TABLE ${of} ADD CONSTRAINT ${name} ${definition}`).catch((cause: unknown) => {
      throw new BackupFault('TAMPERED', `Rows of ${of} refer to rows that are not there: take another backup.`, {
        cause,
      });
    });
  for (const { name, last, called } of sequences)
    await client.query('SELECT setval($1::regclass, $2, $3)', [pg.escapeIdentifier(name), last, called]);
}
