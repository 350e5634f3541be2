import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BackupFault } from './backup-fault.js';
import type { BackedUpTable } from './backup-manifest.js';

/** What the file cannot be opened as, is no gzip, or is none of its table: codes of the system, of zlib, and of PostgreSQL (classes 22 and 23, data). */
const UNREADABLE = /^(ENOENT|EACCES|EISDIR|Z_\w+|2[23]\w{3})$/;

/**
 * Loads one table within a transaction, and holds the very bytes that were loaded against the checksum. What was loaded must not be committed when this throws
 * `BackupFault` TAMPERED.
 */
export async function loadTable(client: pg.Client, folder: string, table: BackedUpTable): Promise<void> {
  const { name, columns, file, sha256 } = table;
  const rows = client.query(copyFrom(`COPY ${pg.escapeIdentifier(name)} (${columns.join(', ')}) FROM STDIN`));
  const [hash, hashed] = [createHash('sha256'), new PassThrough()];
  hashed.on('data', (chunk: Buffer) => hash.update(chunk));
  try {
    await pipeline(createReadStream(join(folder, file)), hashed, createGunzip(), rows);
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    if (!UNREADABLE.test(code)) throw cause;
    throw new BackupFault('TAMPERED', `${file} is missing or cannot be read: take another copy of the backup.`, {
      cause,
    });
  }
  if (hash.digest('hex') !== sha256 || rows.rowCount !== table.rows)
    throw new BackupFault('TAMPERED', `${file} is not as it was written: take another copy of the backup.`);
}
