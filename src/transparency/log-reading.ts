import type { Statement, Transaction } from '../database/index.js';
import { entryHash, type Hash } from '../protocol/transparency/index.js';

/** An entry that waits to be integrated. */
export interface WaitingEntry {
  readonly position: number;
  readonly hash: Hash;
}

interface EntryRow {
  readonly position: string;
  readonly issuer: string;
  readonly event: string;
  readonly payload_hash: Buffer;
  readonly salt: Buffer | null;
  readonly received_at: Date;
}

const WAITING: Statement = {
  name: 'log-waiting',
  text: `
    SELECT position, issuer, event, payload_hash, salt, received_at FROM log_entry
    WHERE position > $1 ORDER BY position LIMIT $2`,
};

/** The first entries behind a size of the tree, as one snapshot shows them, in order, perhaps with gaps. */
export async function readWaiting(
  transaction: Transaction,
  size: number,
  most: number,
): Promise<readonly WaitingEntry[]> {
  const rows = await transaction.query<EntryRow>(WAITING, [size, most]);
  return rows.map(({ position, issuer, event, payload_hash: payloadHash, salt, received_at }) => {
    if (salt === null) throw new Error('an entry lost its salt before it was integrated');
    const receivedAt = received_at.toISOString();
    return { position: Number(position), hash: entryHash({ salt, event, issuer, receivedAt, payloadHash }) };
  });
}

/** The entries from the front that follow the size of the tree, and each other, without a gap. */
export function withoutGap(size: number, entries: readonly WaitingEntry[]): readonly WaitingEntry[] {
  const end = entries.findIndex(({ position }, index) => position !== size + index + 1);
  return end === -1 ? entries : entries.slice(0, end);
}
