import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newHubSecrets } from '../../src/hub-secrets.js';
import { testDatabase } from './database.js';
import { testHub, type TestHub } from './hub.js';
import { NodeProxy } from './node-proxy.js';

/** One hub of two nodes: one database, one public address, the same keys. */
export interface TwoNodes {
  readonly first: TestHub;
  readonly second: TestHub;
  /** From now on the public address is answered by this node; by both in turn when both are given. */
  readonly reach: (...nodes: readonly TestHub[]) => void;
  /** Cuts every connection to the public address. */
  readonly cut: () => void;
  /** How many requests each node was given since `reach`. */
  readonly given: readonly number[];
  stop(): Promise<void>;
}

/** Starts both nodes at the same moment, over a database in which there is nothing yet. */
export async function twoNodes(environment: Readonly<Record<string, string>> = {}): Promise<TwoNodes> {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-nodes-'));
  writeFileSync(join(folder, 'hub-secrets.json'), await newHubSecrets(true), { mode: 0o600 });
  const [database, proxy] = await Promise.all([testDatabase('empty'), NodeProxy.start()]);
  const shared = { database, folder, url: proxy.url, environment };
  const [first, second] = await Promise.all([testHub(shared), testHub(shared)]);
  const reach = (...nodes: readonly TestHub[]): void => {
    proxy.turnTo(...nodes.map(({ port }) => port));
  };
  reach(first);
  const stop = async (): Promise<void> => {
    await Promise.all([first.stop(), second.stop(), proxy.stop()]);
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  const cut = (): void => {
    proxy.cut();
  };
  return { first, second, reach, cut, given: proxy.given, stop };
}
