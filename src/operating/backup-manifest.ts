import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compactVerify, importJWK } from 'jose';
import { signNatively } from '../identity/index.js';
import type { SigningKey } from '../protocol/index.js';
import { BackupFault } from './backup-fault.js';

const FORMAT = 'symbolon-backup/1';
const MANIFEST = 'manifest.json';
const SIGNATURE = 'manifest.jwt';
const SIGNATURE_TYPE = 'backup+jwt';

/** One table of a backup: rows in the text format of PostgreSQL's COPY, compressed with gzip. */
export interface BackedUpTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly file: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}

/** What is in a backup. It names tables and counts rows, and holds nothing of what is in them. */
export interface BackupManifest {
  readonly format: typeof FORMAT;
  /** RFC 3339. */
  readonly createdAt: string;
  /** The number of the newest migration that had run. */
  readonly schemaVersion: number;
  /** Whose log it is. */
  readonly audience: string;
  /** The latest signed tree head, of the same snapshot as the tables; null before there is any. */
  readonly head: string | null;
  readonly tables: readonly BackedUpTable[];
  readonly sequences: readonly { readonly name: string; readonly last: string; readonly called: boolean }[];
}

/** What is written of a manifest besides its form. */
export type ManifestContent = Omit<BackupManifest, 'format'>;

/** Writes the manifest and, over its hash, the hub's signature: who changes a backup afterwards would have to have the hub's key. */
export async function writeManifest(folder: string, content: ManifestContent, key: SigningKey): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, ...content } satisfies BackupManifest, null, 2)}\n`;
  await writeFile(join(folder, MANIFEST), text, { mode: 0o600, flag: 'wx' });
  const signature = signNatively({ iss: content.audience, sha256: hashOf(text) }, key, SIGNATURE_TYPE);
  await writeFile(join(folder, SIGNATURE), `${signature}\n`, { mode: 0o600, flag: 'wx' });
}

/** Reads a manifest that this hub signed. Throws `BackupFault`: NO_BACKUP, TAMPERED, WRONG_HUB. */
export async function readManifest(folder: string, key: SigningKey, audience: string): Promise<BackupManifest> {
  const [text, signature] = await Promise.all(
    [MANIFEST, SIGNATURE].map((name) => readFile(join(folder, name), 'utf8')),
  ).catch((cause: unknown) => {
    throw new BackupFault('NO_BACKUP', `${folder} holds no whole backup: name the folder that "hub backup" wrote.`, {
      cause,
    });
  });
  const signed = await payloadOf((signature ?? '').trim(), key);
  if (signed === null || signed['sha256'] !== hashOf(text ?? ''))
    throw new BackupFault(
      'TAMPERED',
      'The manifest is not as this hub signed it. If HUB_SECRET_FILE does not name the keys with which the backup was made, name those; otherwise take another backup.',
    );
  const manifest = JSON.parse(text ?? '') as Omit<BackupManifest, 'format'> & { format: string }; // parsing: as the hub itself wrote it
  if (manifest.format !== FORMAT || manifest.audience !== audience)
    throw new BackupFault('WRONG_HUB', 'This is the backup of another hub: set HUB_URL to the address of that hub.');
  return { ...manifest, format: FORMAT };
}

async function payloadOf(compact: string, { jwk, algorithm }: SigningKey): Promise<Record<string, unknown> | null> {
  try {
    const key = await importJWK({ ...jwk }, algorithm);
    const { payload } = await compactVerify(compact, key, { algorithms: [algorithm] });
    const header = JSON.parse(Buffer.from(compact.split('.', 1)[0] ?? '', 'base64url').toString()) as { typ?: unknown };
    return header.typ === SIGNATURE_TYPE
      ? (JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>)
      : null;
  } catch {
    return null; // whatever is wrong with it, it is no signature of this hub
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
