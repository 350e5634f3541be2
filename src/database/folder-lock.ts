import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The data folder is in use by another hub. */
export class FolderTakenError extends Error {
  override readonly name = 'FolderTakenError';
}

/** Claims the data folder for this process; the answer gives it back. A claim whose process is gone is taken over. Throws `FolderTakenError`. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'hub.pid');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        throw new FolderTakenError(`The data folder ${folder} cannot be written: set DATA_FOLDER to one that can.`, {
          cause: error,
        });
      }
      const holder = Number(readFileSync(file, 'utf8'));
      if (holder !== process.pid && isAlive(holder)) {
        throw new FolderTakenError(
          `Another hub (process ${holder}) uses the data folder ${folder}: stop it, or set DATA_FOLDER to another folder.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new FolderTakenError(`The data folder ${folder} is contended: try again.`);
}

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether a process has ended and only waits for its parent to hear of it (Linux); nobody can be using a folder then. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
