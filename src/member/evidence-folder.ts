import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { randomBytes } from 'node:crypto';
import { MAX_EVIDENCE_BYTES } from './evidence-file.js';
import { MemberError } from './member-error.js';
import { hasCode } from './secret-file.js';

/** The file of a bundle's folder from which all others follow. */
export const BUNDLE_FILE = 'bundle.json';

/** More files than a bundle of 200 statements and its keys has. */
const MOST_FILES = 2000;

/** Writes a folder whole or not at all; only its owner may read it. Throws `MemberError` BAD_INPUT when it is there already. */
export async function writeEvidenceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const to = resolve(folder);
  const draft = join(dirname(to), `.${randomBytes(8).toString('hex')}.tmp`);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    for (const [name, bytes] of files) {
      const path = join(draft, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
    }
    await rename(draft, to);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].some((code) => hasCode(cause, code))) throw cause;
    throw new MemberError('BAD_INPUT', 'There is something in this folder.', 'Name a new one with --out.', ['out'], {
      cause,
    });
  }
}

/** All files of a bundle's folder by their names. Throws `MemberError` BAD_INPUT. */
export async function readEvidenceFolder(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  if (paths.length > MOST_FILES || sizes.reduce((sum, size) => sum + size, 0) > MAX_EVIDENCE_BYTES)
    throw new MemberError('BAD_INPUT', 'That is no folder of evidence: it is too large.', 'Check its name.', ['file']);
  const files = new Map<string, Uint8Array>();
  for (const path of paths) files.set(relative(folder, path).split(sep).join('/'), await readFile(path));
  return files;
}

/**
 * Whether every file says what the bundle in the folder says: other programs read them one by one. Throws `MemberError` NOT_VERIFIED, naming the first that is
 * another, is missing, or does not belong there. The bundle's own file is checked by whoever reads it.
 */
export function assertFilesFollow(
  found: ReadonlyMap<string, Uint8Array>,
  expected: ReadonlyMap<string, Uint8Array>,
): void {
  for (const name of [...expected.keys(), ...found.keys()]) {
    const [one, other] = [found.get(name), expected.get(name)];
    if (name === BUNDLE_FILE || (one && other && Buffer.compare(one, other) === 0)) continue;
    throw new MemberError(
      'NOT_VERIFIED',
      !one
        ? 'A file of the bundle is missing.'
        : `A file does not ${other ? 'say what the bundle says' : 'belong to the bundle'}.`,
      'Rely on nothing in this folder; have it made anew.',
      [name],
    );
  }
}
