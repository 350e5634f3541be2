import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readPublicKey } from '../../src/protocol/index.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assertIncluded,
  assertOneHistory,
  entryHash,
  type KnownLog,
  proveConsistency,
  proveInclusion,
  readReceipt,
  readTreeHead,
  sameHash,
  TreeBuilder,
  type TreeHead,
  type Hash,
} from '../../src/protocol/transparency/index.js';
import { collect } from './collect.js';
import type { Load } from './load.js';
import type { Stage } from './stage.js';

/** What an audit found; every list is of what went wrong. */
export interface Audit {
  readonly receipts: number;
  readonly entries: number;
  readonly voids: number;
  readonly lost: readonly string[];
  readonly missed: readonly string[];
  readonly doubled: readonly string[];
  readonly wrong: readonly string[];
}

const READERS = [
  ['bg-most', 'desk-1'],
  ['de-lotse', 'desk-1'],
] as const;

interface Entry {
  readonly position: string;
  readonly issuer: string;
  readonly jti: string;
  readonly event: string;
  readonly payload_hash: Buffer;
  readonly salt: Buffer;
  readonly received_at: Date;
}

/** The hub's key and name, from its own folder: not from what is audited. */
export async function knownLog(stage: Stage): Promise<KnownLog> {
  const secrets = JSON.parse(readFileSync(join(stage.folder, 'node-0', 'hub-secrets.json'), 'utf8')) as {
    signingKey: { kty: string; crv: string; x: string };
  };
  const { kty, crv, x } = secrets.signingKey;
  return { audience: stage.url, keys: [await readPublicKey({ kty, crv, x })] };
}

/** The latest head, once it covers all that is in the table. */
export async function settledHead(stage: Stage, log: KnownLog): Promise<TreeHead> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const [row] = await ask<{ statement: string; size: string; last: string }>(
      stage,
      'SELECT statement, size, (SELECT max(position) FROM log_entry) AS last FROM tree_head ORDER BY size DESC, issued_at DESC LIMIT 1',
    );
    if (row && Number(row.size) >= Number(row.last)) return readTreeHead(row.statement, log);
    if (Date.now() > deadline) throw new Error('the log does not come to rest');
    await sleep(100);
  }
}

/**
 * Holds the hub to what it promised: every receipt is in the log and its entry where the receipt says; the tree of all entries has the root of the head, of which
 * the head from before the fault is the beginning; every addressee finds every alert that was accepted, once, in an inbox whose chain holds; and nothing else.
 */
export async function audit(stage: Stage, load: Load, before: TreeHead): Promise<Audit> {
  const log = await knownLog(stage);
  const head = await settledHead(stage, log);
  const entries = await ask<Entry>(stage, 'SELECT * FROM log_entry ORDER BY position LIMIT $1', [head.size]);
  const wrong: string[] = [];
  if (entries.some(({ position }, index) => Number(position) !== index + 1)) wrong.push('the log has a gap');

  const nodes = new Map<string, Hash>();
  const tree = TreeBuilder.from();
  for (const { issuer, event, salt, received_at, payload_hash: payloadHash } of entries) {
    const hash = entryHash({ salt, event, issuer, receivedAt: received_at.toISOString(), payloadHash });
    for (const node of tree.append(hash)) nodes.set(`${node.level}/${node.index}`, node.hash);
  }
  const read = ({ level, index }: { level: number; index: number }): Hash =>
    nodes.get(`${level}/${index}`) ?? tree.root;
  if (!sameHash(tree.root, head.root)) wrong.push('the head has another root than its entries');
  try {
    assertOneHistory(before, head, proveConsistency(before.size, head.size, read));
  } catch {
    wrong.push('the head from before the fault is not the beginning of this one');
  }

  const lost: string[] = [];
  for (const [jti, compact] of load.receipts) {
    try {
      const receipt = await readReceipt(compact, log);
      const accepted = receipt.accepted.find((one) => one.jti === jti);
      const index = accepted?.place?.index ?? -1;
      if (!accepted || entries[index]?.jti !== jti) throw new Error('not there');
      assertIncluded(receipt, accepted, head, proveInclusion(index, head.size, read));
    } catch {
      lost.push(jti);
    }
  }

  const raised = entries.filter(({ event, issuer }) => event.endsWith('/alert-raised') && issuer !== log.audience);
  const [missed, doubled]: [string[], string[]] = [[], []];
  for (const [member, officer] of READERS) {
    const found = await collect(stage, member, officer);
    const counts = new Map<string, number>();
    for (const jti of found) counts.set(jti, (counts.get(jti) ?? 0) + 1);
    // The sandbox's own alerts were there before the readers were members, or are addressed to others.
    missed.push(...raised.filter(({ jti }) => load.receipts.has(jti) && !counts.has(jti)).map(({ jti }) => jti));
    doubled.push(...[...counts].filter(([, count]) => count > 1).map(([jti]) => jti));
    const known = new Set(raised.map(({ jti }) => jti));
    if (found.some((jti) => !known.has(jti))) wrong.push(`${member} was told of what is not in the log`);
  }
  const voids = entries.filter(({ event }) => event.endsWith('/void')).length;
  return { receipts: load.receipts.size, entries: entries.length, voids, lost, missed, doubled, wrong };
}

async function ask<Row extends pg.QueryResultRow>(stage: Stage, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: stage.databaseUrl, options: '-c search_path=symbolon' });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
