import type { Statement, Transaction } from '../database/index.js';
import type { Arrival } from './arrival-queue.js';

/** A record of the table. */
export interface StoredRecord {
  readonly id: string;
  readonly group: string;
}

interface RecordRow {
  readonly id: string;
  readonly group_id: string;
}

const FIND: Statement = {
  name: 'linkage-record-find',
  text: 'SELECT id, group_id FROM linkage_record WHERE alert_id = $1',
};
const ADD: Statement = {
  name: 'linkage-record-add',
  text: `
    WITH counted AS (UPDATE linkage_population SET groups = groups + 1, last_group = last_group + 1 RETURNING last_group)
    INSERT INTO linkage_record (alert_id, sender, group_id, keys, facts, expires_at)
    SELECT $1, $2, last_group, $3, $4, $5 FROM counted RETURNING id, group_id`,
};
const REPLACE: Statement = {
  name: 'linkage-record-replace',
  text: `
    WITH dropped AS (DELETE FROM linkage_token WHERE record = $1)
    UPDATE linkage_record SET keys = $2, facts = $3, expires_at = $4 WHERE id = $1`,
};
const REVISE: Statement = {
  name: 'linkage-record-revise',
  text: 'UPDATE linkage_record SET facts = $2, expires_at = $3 WHERE alert_id = $1',
};
const ADD_TOKENS: Statement = {
  name: 'linkage-token-add',
  text: 'INSERT INTO linkage_token (token, record) SELECT token, $2 FROM unnest($1::bytea[]) AS g (token) ON CONFLICT DO NOTHING',
};

/** The record of an alert; null when it has none. */
export async function findRecord(transaction: Transaction, alertId: string): Promise<StoredRecord | null> {
  const [row] = await transaction.query<RecordRow>(FIND, [alertId]);
  return row ? { id: row.id, group: row.group_id } : null;
}

/** Makes the record of an alert, in a group of its own, or takes what was there over: with its group, without its tokens. */
export async function putRecord(
  transaction: Transaction,
  { alertId, sender, facts, expiresAt }: Arrival,
  keys: readonly number[],
): Promise<StoredRecord> {
  const known = await findRecord(transaction, alertId);
  if (known) {
    await transaction.query(REPLACE, [known.id, keys, JSON.stringify(facts), expiresAt]);
    return known;
  }
  const [made] = await transaction.query<RecordRow>(ADD, [alertId, sender, keys, JSON.stringify(facts), expiresAt]);
  if (!made) throw new Error('a record was not made');
  return { id: made.id, group: made.group_id };
}

/** Puts what an update says in the clear beside the tokens, which stay. */
export async function reviseRecord(transaction: Transaction, { alertId, facts, expiresAt }: Arrival): Promise<void> {
  await transaction.query(REVISE, [alertId, JSON.stringify(facts), expiresAt]);
}

/** Stores a record's tokens, hexadecimal. From then on it is found. */
export async function addTokens(transaction: Transaction, record: string, tokens: readonly string[]): Promise<void> {
  await transaction.query(ADD_TOKENS, [tokens.map((token) => Buffer.from(token, 'hex')), record]);
}

/** How many groups the table holds. */
export async function population(transaction: Transaction): Promise<number> {
  const text = 'SELECT groups::float8 AS groups FROM linkage_population';
  const [row] = await transaction.query<{ groups: number }>({ name: 'linkage-population', text });
  return row?.groups ?? 0;
}
