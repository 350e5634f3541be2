import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { MAX_EVIDENCE_BYTES } from '../limited-body.js';
import { MemberError } from '../member-error.js';

/** The file of a bundle's folder from which all others follow. */
export const BUNDLE_FILE = 'bundle.json';

/** More files than a bundle of 200 statements and its keys has. */
const MOST_FILES = 2000;

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
