import type pg from 'pg';
import type { HubIdentity } from '../identity/index.js';
import {
  entryHash,
  type Hash,
  LogFault,
  readTreeHead,
  sameHash,
  TreeBuilder,
  type TreeHead,
} from '../protocol/transparency/index.js';
import { BackupFault } from './backup-fault.js';

/** A log that was rebuilt from its entries. */
export interface CheckedLog {
  /** How many entries follow each other from the first on; at least as many as the head has. */
  readonly size: number;
  /** The latest head that the hub had signed; null before there is any. */
  readonly head: TreeHead | null;
  /** The roots of the sizes that were asked for, as far as the log reaches. */
  readonly roots: ReadonlyMap<number, Hash>;
}

interface EntryRow {
  readonly position: string;
  readonly issuer: string;
  readonly event: string;
  readonly payload_hash: Buffer;
  readonly salt: Buffer | null;
  readonly received_at: Date;
  readonly leaf: Buffer | null;
}

const ENTRIES = `
  SELECT e.position, e.issuer, e.event, e.payload_hash, e.salt, e.received_at, n.hash AS leaf
  FROM log_entry e LEFT JOIN log_node n ON n.level = 0 AND n.index = e.position - 1
  WHERE e.position > $1 ORDER BY e.position LIMIT 10000`;
const HEADS = 'SELECT DISTINCT size, root FROM tree_head';
const NODES = 'SELECT count(*) AS nodes FROM log_node';

/**
 * Builds the tree anew from what the entries say, erased ones from the hash that stayed, and holds it against every node and head that is stored and the
 * signature of `signed`, the head in the manifest. Throws `BackupFault` TAMPERED. `sizes` are those whose roots are wanted.
 */
export async function checkLog(
  client: pg.Client,
  signed: string | null,
  hub: HubIdentity,
  sizes: ReadonlySet<number>,
): Promise<CheckedLog> {
  const head = signed === null ? null : await readOwnHead(signed, hub);
  const stored = await client.query<{ size: string; root: Buffer }>(HEADS);
  const expected = new Map(stored.rows.map(({ size, root }) => [Number(size), root]));
  if (head && !sameHash(head.root, expected.get(head.size) ?? Buffer.alloc(0))) throw tampered('the latest head');
  const roots = new Map<number, Hash>();
  const tree = TreeBuilder.from();
  const note = (): void => {
    const { size } = tree;
    if (!expected.has(size) && !sizes.has(size)) return;
    const root = tree.root;
    roots.set(size, root);
    const kept = expected.get(size);
    if (kept && !sameHash(root, kept)) throw tampered(`the root of ${size} entries`);
  };
  note();
  for await (const leaf of leavesOf(client, head?.size ?? 0)) {
    tree.append(leaf);
    note();
  }
  for (const size of expected.keys()) if (size > tree.size) throw tampered(`the ${size} entries under a head`);
  await assertNoOtherNodes(client, head?.size ?? 0);
  return { size: tree.size, head, roots };
}

/** The hashes of the entries that follow each other without a gap, each held against the one that is stored. */
async function* leavesOf(client: pg.Client, integrated: number): AsyncGenerator<Hash> {
  for (let at = 0; ;) {
    const { rows } = await client.query<EntryRow>(ENTRIES, [at]);
    for (const row of rows) {
      if (Number(row.position) !== at + 1) return;
      const leaf = leafOf(row);
      if (leaf === null || (at < integrated && !sameHash(leaf, row.leaf ?? Buffer.alloc(0))))
        throw tampered(`entry ${at}`);
      yield leaf;
      at++;
    }
    if (rows.length === 0) return;
  }
}

function leafOf({ issuer, event, payload_hash: payloadHash, salt, received_at, leaf }: EntryRow): Hash | null {
  if (salt === null) return leaf;
  return entryHash({ salt, event, issuer, receivedAt: received_at.toISOString(), payloadHash });
}

/** A tree of n leaves has as many perfect subtrees as its leaves complete. */
async function assertNoOtherNodes(client: pg.Client, size: number): Promise<void> {
  let nodes = 0;
  for (let level = size; level > 0; level = Math.floor(level / 2)) nodes += level;
  const { rows } = await client.query<{ nodes: string }>(NODES);
  if (Number(rows[0]?.nodes) !== nodes) throw tampered('the nodes of the tree');
}

async function readOwnHead(compact: string, hub: HubIdentity): Promise<TreeHead> {
  try {
    return await readTreeHead(compact, { audience: hub.audience, keys: [hub.signingKey] });
  } catch (cause) {
    if (!(cause instanceof LogFault)) throw cause;
    throw new BackupFault('TAMPERED', 'The backup’s tree head is none that this hub signed.', { cause });
  }
}

function tampered(what: string): BackupFault {
  return new BackupFault(
    'TAMPERED',
    `The log was changed: ${what} does not fit what its entries hash to. Take another backup, and tell the members.`,
  );
}
