import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { type RunningHub, startHub } from '../../src/hub.js';
import { testDatabase, type TestDatabase } from './database.js';

/** A hub of a test's own, on a port and a database of its own. */
export interface TestHub extends RunningHub {
  readonly database: TestDatabase;
  stop(): Promise<void>;
}

/** Boots a hub without the sandbox. A second node over the same database: give the first one's. */
export async function testHub(beside?: TestHub): Promise<TestHub> {
  const database = beside?.database ?? (await testDatabase());
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-hub-'));
  const port = await freePort();
  const config = readConfig({ PORT: String(port), DATA_FOLDER: folder, SANDBOX: 'off', DATABASE_URL: database.url });
  const hub = await startHub(config, { url: database.url, migratorUrl: database.url });
  const stop = async (): Promise<void> => {
    await hub.close();
    rmSync(folder, { recursive: true, force: true });
    if (!beside) await database.drop();
  };
  return { ...hub, database, stop };
}

/** A port of 127.0.0.1 that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
