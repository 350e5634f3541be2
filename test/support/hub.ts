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
  /** Where its keys are. */
  readonly folder: string;
  /** Where this node itself listens; `url` is where members reach the hub. */
  readonly port: number;
  stop(): Promise<void>;
}

/** What several nodes of one hub have in common. */
export type SharedByNodes = Pick<TestHub, 'database' | 'folder' | 'url'>;

/** Boots a hub without the sandbox. What is given it uses and leaves behind when it stops; what is not given it makes and takes away. */
export async function testHub(
  shared: Partial<SharedByNodes & { readonly environment: Readonly<Record<string, string>> }> = {},
): Promise<TestHub> {
  const database = shared.database ?? (await testDatabase());
  const folder = shared.folder ?? mkdtempSync(join(tmpdir(), 'symbolon-hub-'));
  const port = await freePort();
  const config = readConfig({
    PORT: String(port),
    DATA_FOLDER: folder,
    SANDBOX: 'off',
    DATABASE_URL: database.url,
    HUB_URL: shared.url,
    ...shared.environment,
  });
  const hub = await startHub(config, {
    ...{ url: database.url, migratorUrl: database.url, matcherUrl: database.url, counterUrl: database.url },
  });
  const stop = async (): Promise<void> => {
    await hub.close();
    if (!shared.folder) rmSync(folder, { recursive: true, force: true });
    if (!shared.database) await database.drop();
  };
  return { ...hub, database, folder, port, stop };
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
