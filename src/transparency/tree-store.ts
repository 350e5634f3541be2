import type { Statement, Transaction } from '../database/index.js';
import {
  type CompletedNode,
  type Hash,
  type NodeAddress,
  type NodeReader,
  type TreeHeadContent,
} from '../protocol/transparency/index.js';

/** A head as it is kept. */
export interface KeptHead {
  readonly size: number;
  readonly root: Hash;
  readonly issuedAt: Date;
  /** The JWS. */
  readonly statement: string;
}

interface HeadRow {
  readonly size: string;
  readonly root: Buffer;
  readonly issued_at: Date;
  readonly statement: string;
}

const LATEST: Statement = {
  name: 'log-latest-head',
  text: 'SELECT size, root, issued_at, statement FROM tree_head ORDER BY size DESC, issued_at DESC LIMIT 1',
};

const OF_SIZE: Statement = {
  name: 'log-head-of-size',
  text: 'SELECT size, root, issued_at, statement FROM tree_head WHERE size = $1 ORDER BY issued_at DESC LIMIT 1',
};

const FIRST_COVERING: Statement = {
  name: 'log-first-covering-head',
  text: 'SELECT size, root, issued_at, statement FROM tree_head WHERE size > $1 ORDER BY size, issued_at LIMIT 1',
};

/** The first head that covers an entry, which is always the same; null when none does yet. */
export async function readFirstHeadOver(transaction: Transaction, index: number): Promise<KeptHead | null> {
  const [row] = await transaction.query<HeadRow>(FIRST_COVERING, [index]);
  return row ? headOf(row) : null;
}

/** The latest head of all, or of one size; null when there is none. What it covers is readable in the same transaction and never changes. */
export async function readHead(transaction: Transaction, size: number | null = null): Promise<KeptHead | null> {
  const rows = size === null ? transaction.query<HeadRow>(LATEST) : transaction.query<HeadRow>(OF_SIZE, [size]);
  const [row] = await rows;
  return row ? headOf(row) : null;
}

function headOf({ size, root, issued_at, statement }: HeadRow): KeptHead {
  return { size: Number(size), root, issuedAt: issued_at, statement };
}

const KEEP_HEAD: Statement = {
  name: 'log-keep-head',
  text: 'INSERT INTO tree_head (size, root, issued_at, statement) VALUES ($1, $2, to_timestamp($3), $4)',
};

export async function keepHead(transaction: Transaction, head: TreeHeadContent, statement: string): Promise<void> {
  await transaction.query(KEEP_HEAD, [head.size, head.root, head.issuedAt, statement]);
}

const KEEP_NODES: Statement = {
  name: 'log-keep-nodes',
  text: `
    INSERT INTO log_node (level, index, hash)
    SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
};

/** Keeps nodes that were completed; none ever changes. */
export async function keepNodes(transaction: Transaction, nodes: readonly CompletedNode[]): Promise<void> {
  const columns = [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)];
  await transaction.query(KEEP_NODES, columns);
}

const NODES: Statement = {
  name: 'log-nodes',
  text: `
    SELECT n.level, n.index, n.hash FROM unnest($1::smallint[], $2::bigint[]) AS wanted (level, index)
    JOIN log_node n ON n.level = wanted.level AND n.index = wanted.index`,
};

/** Fetches these nodes at once: by address, and not in any order. */
export async function readNodes(transaction: Transaction, addresses: readonly NodeAddress[]): Promise<NodeReader> {
  const columns = [addresses.map(({ level }) => level), addresses.map(({ index }) => index)];
  const rows = await transaction.query<{ level: number; index: string; hash: Buffer }>(NODES, columns);
  const found = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  return ({ level, index }) => {
    const hash = found.get(`${level}/${index}`);
    if (!hash) throw new Error('a node of the log is missing');
    return hash;
  };
}
