import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, NEWEST_MIGRATION, RESTORATION_TABLE } from '../database/index.js';
import type { HubIdentity } from '../identity/index.js';
import { BackupFault } from './backup-fault.js';
import { type BackupManifest, readManifest } from './backup-manifest.js';
import { loadTable } from './load-table.js';
import { type CheckedLog, checkLog } from './restored-log.js';
import { compareWithWitnesses, type Loss, readWitnessed } from './witnessed-heads.js';

const KEEP = 'INSERT INTO restoration (backed_up_at, kept, witnessed, because) VALUES ($1, $2, $3, $4)';

/** What the operator of a hub has to know that a restoration closed. */
export const UNDONE: readonly string[] = [
  'HUB_CLOSED: the hub starts closed. What members did after the backup is undone, and they have to send again:',
  '  erasures              what was erased, by a person’s right or by schedule, is there again',
  '  withdrawals           alerts that were withdrawn are in force again',
  '  key revocations       keys and officers that were revoked sign again',
  '  suspensions           members that were suspended act again',
  '  publications          they are gone from here and stay with whoever fetched them; what they cost is forgotten here',
  'Tell all members, have them keep it ready, and then: npm run hub -- resume --because "…"',
];

/** What the operator of a hub has to know of the privacy budget after any restoration. */
export const BUDGET_SPENT: readonly string[] = [
  'Nothing more is published with noise: the privacy budget is what publications that are here have cost.',
  'Publications with noise that were made after the backup are not here, and whoever fetched them has them: what they cost stays spent.',
  'Look for them (members, readers, copies of the list of publications), and raise the budget (hub disclosure --budget) by no more than what was left without them.',
];

/** As nobody can say here what was spent after the backup, no more may be spent (PROTOCOL.md, N5). */
const SPEND_NO_MORE = 'UPDATE privacy_budget SET rho_micro = (SELECT coalesce(sum(p.rho_micro), 0) FROM publication p)';

/** How to restore. */
export interface RestoreOptions {
  /** Files of tree heads that members witnessed. */
  readonly witnessed: readonly string[];
  /** Why it is restored although no member witnessed anything; null when some did. */
  readonly withoutWitness: string | null;
  /** Why the loss of what was accepted after the backup is accepted; null when it is not. */
  readonly acceptLoss: string | null;
}

/** What was restored. */
export interface Restored {
  readonly manifest: BackupManifest;
  readonly log: CheckedLog;
  /** What is known to be lost; null when nothing is. */
  readonly loss: Loss | null;
  /** Whether the hub serves nobody until its operator resumes it: something is lost, or nobody can say. */
  readonly closed: boolean;
}

/**
 * Puts a backup into a database in which there is nothing, as its owner. Nothing stays there unless all of this holds: the hub's signature over the manifest,
 * the checksums, the log's entries hashing to every head that is kept, and the heads that members witnessed. Nothing more can be published
 * with noise there until its operator raises the budget. Throws `BackupFault`.
 */
export async function restore(
  url: string,
  folder: string,
  hub: HubIdentity,
  options: RestoreOptions,
): Promise<Restored> {
  if (options.witnessed.length === 0 && options.withoutWitness === null)
    throw new BackupFault(
      'NOT_WITNESSED',
      'Nobody says whether this backup is the latest: collect the tree heads that members keep and name them with --witnessed, or say with --without-witness why there are none.',
    );
  const manifest = await readManifest(folder, hub.signingKey, hub.audience);
  if (manifest.schemaVersion > NEWEST_MIGRATION)
    throw new BackupFault('NEWER_SCHEMA', 'The backup is of a newer version of the hub: restore it with that version.');
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
      const because = loss ? options.acceptLoss : witnessed.length === 0 ? options.withoutWitness : null;
      await spendNoMore(client);
      if (because !== null) await closeHub(client, manifest, log, loss, because);
      await client.query('COMMIT');
      return { manifest, log, loss, closed: because !== null };
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

/** A backup of before there was a budget has none, and the one that it comes to have is 0. */
async function spendNoMore(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    "SELECT FROM pg_tables WHERE schemaname = 'symbolon' AND tablename = 'privacy_budget'",
  );
  if (rows.length > 0) await client.query(SPEND_NO_MORE);
}

/** The hub stays closed until its operator resumes it: what was undone may be what protects somebody. */
async function closeHub(
  client: pg.Client,
  { createdAt }: BackupManifest,
  { size }: CheckedLog,
  loss: Loss | null,
  because: string,
): Promise<void> {
  await client.query(RESTORATION_TABLE);
  await client.query(KEEP, [createdAt, size, loss?.witnessed ?? null, because]);
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
    await loadTable(client, folder, table);
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
