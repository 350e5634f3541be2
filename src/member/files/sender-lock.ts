import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode, isMissing, readTextFile } from './secret-file.js';

/** How long a lock counts that nobody refreshes, milliseconds: its process was killed, or its machine sleeps. */
const STALE_MS = 120_000;
const REFRESH_MS = 20_000;

/**
 * Held by the one process of a place that sends an outbox, where two that made tokens for one draft would raise two alerts; or that looks at the log, where the
 * slower of two would put an older head in the place of a newer.
 */
export class SenderLock {
  private readonly refreshing: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    private readonly mark: string,
  ) {
    this.refreshing = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), REFRESH_MS);
    this.refreshing.unref();
  }

  /** Takes the lock; null when another process holds it. One whose process is gone is taken over. */
  static async take(path: string): Promise<SenderLock | null> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const mark = `${process.pid} ${randomBytes(12).toString('hex')}`;
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const file = await open(path, 'wx', 0o600);
        await file.writeFile(mark);
        await file.close();
        return new SenderLock(path, mark);
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
      if (!(await clearStale(path))) return null;
    }
    return null;
  }

  /** Whether it is still this process's: a machine that slept may have lost it. */
  async isHeld(): Promise<boolean> {
    return (await readTextFile(this.path)) === this.mark;
  }

  async release(): Promise<void> {
    clearInterval(this.refreshing);
    if (await this.isHeld()) await rm(this.path, { force: true });
  }
}

/** Removes a lock whose holder is gone; false when it is held. */
async function clearStale(path: string): Promise<boolean> {
  try {
    const [found, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    if (Date.now() - mtimeMs < STALE_MS && isRunning(Number(found.split(' ')[0]))) return false;
    const aside = `${path}.${randomBytes(8).toString('hex')}`;
    await rename(path, aside);
    // Another process may have taken it over in between: then what was moved is its lock, and goes back.
    if ((await readFile(aside, 'utf8')) !== found) await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
    return true;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  // A lock that is just being written names nobody yet.
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is somebody else's.
    return hasCode(error, 'EPERM');
  }
}
