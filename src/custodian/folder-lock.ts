import { open, readFile, rm } from 'node:fs/promises';
import { CustodianError } from './custodian-error.js';
import { isMissing } from './durable-file.js';

/** Keeps two processes from serving one folder: each would write the chain. A lock whose process is gone is taken over. Gives what releases it. */
export async function lockFolder(path: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (!isExisting(error)) throw error;
      if (await isHeld(path)) break;
      await rm(path, { force: true });
    }
  }
  throw new CustodianError('IN_USE', 'Another process serves this folder.', 'Stop it first.');
}

async function isHeld(path: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(path, 'utf8'));
    if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    // EPERM: it is there, and is somebody else's.
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}

function isExisting(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
}
