import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { audit, knownLog, settledHead } from './audit.js';
import { Load } from './load.js';
import type { Outcome } from './node-faults.js';
import { Stage } from './stage.js';

const MEGABYTES = 400;

/**
 * The folder of the database is full, by a file that takes all that is left, until the file is removed. The folder is a tmpfs of limited size, mounted for this:
 * that takes root. Null where it may not be mounted.
 */
export async function diskFull(): Promise<Outcome | null> {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m,mode=0711`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  try {
    return await fillAndEmpty(folder);
  } finally {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  }
}

async function fillAndEmpty(folder: string): Promise<Outcome> {
  const stage = await Stage.set(folder);
  try {
    const node = await stage.start('node-0');
    stage.proxy.turnTo(node.port);
    const before = await settledHead(stage, await knownLog(stage));
    const load = await Load.begin(stage);
    await load.grows(100);
    const failures = load.failures;
    const ballast = join(folder, 'ballast');
    fillUp(folder, ballast);
    while (load.failures < failures + 50) await sleep(50);
    await sleep(3_000);
    const refused = load.failures - failures;
    unlinkSync(ballast);
    // PostgreSQL may have ended when it could not write its log: whoever runs it starts it again, as systemd or a container would.
    await stage.startDatabase().catch(() => undefined);
    await load.grows(200);
    await load.end();
    if (node.process.exitCode !== null) throw new Error('the node ended');
    const did = `the disk of the database (a tmpfs of ${MEGABYTES} MB) was full until ${refused} requests had failed, and then was not`;
    return { did, audit: await audit(stage, load, before) };
  } finally {
    await stage.end();
  }
}

function fillUp(folder: string, file: string): void {
  const { bavail, bsize } = statfsSync(folder);
  try {
    writeFileSync(file, Buffer.alloc(bavail * bsize));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
