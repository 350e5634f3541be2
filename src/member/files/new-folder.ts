import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MemberError } from '../member-error.js';
import { hasCode, isMissing } from './secret-file.js';

/** Throws `MemberError` BAD_INPUT when there is something under the name that `--out` gives. */
export async function assertNewFolder(folder: string): Promise<void> {
  try {
    await stat(folder);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  throw new MemberError('BAD_INPUT', 'There is something under this name.', 'Name a new folder.', ['out']);
}

/** Writes a folder whole or not at all; only its owner may read it. Throws `MemberError` BAD_INPUT when it is there already. */
export async function writeNewFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
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
