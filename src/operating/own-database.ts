import type pg from 'pg';
import { isMigrated } from '../database/index.js';
import type { HubIdentity } from '../identity/index.js';
import { LogFault, readTreeHead } from '../protocol/transparency/index.js';
import { asOwner } from './owner-connection.js';
import { StartFault } from './start-fault.js';

const HAS_LOG = "SELECT to_regclass('symbolon.tree_head') IS NOT NULL AS there";
const HEAD = 'SELECT statement FROM symbolon.tree_head ORDER BY size DESC, issued_at DESC LIMIT 1';

/** Refuses a database in which another hub has its log: one with other keys or another address. A database without a log is anybody's. Throws `StartFault` OTHER_HUBS_DATABASE. */
export async function assertNotOfAnotherHub(url: string, hub: HubIdentity): Promise<void> {
  await asOwner(url, async (client) => {
    const head = await headIn(client);
    if (head !== null) await assertOwn(head, hub);
  });
}

/** As `assertNotOfAnotherHub`, for programs that leave it to nodes to make a hub. Throws `StartFault`: NO_HUB_IN_DATABASE, OTHER_HUBS_DATABASE, MIGRATIONS_INCOMPLETE. */
export async function assertOwnHub(url: string, hub: HubIdentity): Promise<void> {
  await asOwner(url, async (client) => {
    const head = await headIn(client);
    if (head === null)
      throw new StartFault('NO_HUB_IN_DATABASE', 'No node has served from this database yet: start one first.');
    await assertOwn(head, hub);
    if (!(await isMigrated(async (sql) => (await client.query<{ name: string }>(sql)).rows)))
      throw new StartFault(
        'MIGRATIONS_INCOMPLETE',
        'The database is of an older version of the hub: start a node of this version first.',
      );
  });
}

/** The latest head that was signed in this database; null before there is any. */
async function headIn(client: pg.Client): Promise<string | null> {
  if ((await client.query<{ there: boolean }>(HAS_LOG)).rows[0]?.there !== true) return null;
  return (await client.query<{ statement: string }>(HEAD)).rows[0]?.statement ?? null;
}

async function assertOwn(head: string, { audience, signingKey }: HubIdentity): Promise<void> {
  try {
    await readTreeHead(head, { audience, keys: [signingKey] });
  } catch (cause) {
    if (!(cause instanceof LogFault)) throw cause;
    throw new StartFault(
      'OTHER_HUBS_DATABASE',
      'The log in this database was signed with other keys, or under another address: name in HUB_SECRET_FILE the keys of the hub that it belongs to, and in HUB_URL its address (without HUB_URL, PORT is part of it), or name another database.',
      { cause },
    );
  }
}
