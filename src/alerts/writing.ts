import type { Acting, Database, Statement, Transaction } from '../database/index.js';
import { decodeCanonicalBase64url, EVENTS } from '../protocol/index.js';
import type { CheckedContent, CheckedStatement } from './intake.js';
import { endOf } from './content-rules.js';
import { daysOf } from '../protocol/index.js';
import type { SharedParts } from './shared-parts.js';

/** What the database says of one raised alert: stored now, or the statement that bears this `jti` already. */
export interface Stored {
  readonly jti: string;
  readonly receivedAt: Date;
  readonly repeated: boolean;
  /** Whether what was accepted before under this `jti` is this very statement. */
  readonly same: boolean;
}

/** One alert ready to be written. */
export interface NewAlert {
  readonly id: string;
  readonly statement: CheckedStatement;
  readonly checked: CheckedContent;
  readonly parts: SharedParts;
}

const RAISE: Statement = {
  name: 'alert-raise',
  text: 'SELECT jti, received_at FROM raise_alerts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)',
};

const EARLIER: Statement = {
  name: 'log-earlier',
  text: 'SELECT jti, event, payload_hash, received_at FROM log_entry WHERE issuer = $1 AND jti = ANY ($2::text[])',
};

/** Writes alerts of one sender and says of each what came of it, by `jti`. One round trip, unless some were accepted before. */
export async function writeAlerts(
  database: Database,
  sender: Acting,
  alerts: readonly NewAlert[],
): Promise<ReadonlyMap<string, Stored>> {
  const rows = alerts.map((alert) => rowOf(alert));
  const columns = Array.from({ length: 14 }, (_, column) => rows.map((row) => row[column]));
  const acting = [sender.member, sender.purpose, EVENTS.alertRaised];
  const written = await database.query<{ jti: string; received_at: Date }>(RAISE, [...acting, ...columns]);
  const stored = new Map(
    written.map(({ jti, received_at }) => [jti, { jti, receivedAt: received_at, repeated: false, same: true }]),
  );
  const others = alerts.flatMap(({ statement }) => (stored.has(statement.claims.jti) ? [] : [statement]));
  if (others.length > 0) {
    const earlier = await database.asMember(sender, (transaction) => findEarlier(transaction, sender.member, others));
    for (const one of earlier) stored.set(one.jti, one);
  }
  return stored;
}

/** What was accepted before under the `jti`s of these statements. */
export async function findEarlier(
  transaction: Transaction,
  sender: string,
  statements: readonly CheckedStatement[],
): Promise<readonly Stored[]> {
  if (statements.length === 0) return [];
  const hashes = new Map(statements.map(({ claims, payloadHash }) => [claims.jti, payloadHash]));
  const rows = await transaction.query<{ jti: string; payload_hash: Buffer; received_at: Date }>(EARLIER, [
    sender,
    [...hashes.keys()],
  ]);
  return rows.map((row) => ({
    jti: row.jti,
    receivedAt: row.received_at,
    repeated: true,
    same: row.payload_hash.toString('base64url') === hashes.get(row.jti),
  }));
}

function rowOf({ id, statement, checked, parts }: NewAlert): readonly unknown[] {
  const { content } = checked;
  const start = content.episode.start === undefined ? null : daysOf(content.episode.start);
  return [
    statement.claims.jti,
    decodeCanonicalBase64url(statement.payloadHash),
    id,
    content.kind,
    statement.issuedAt,
    endOf(content.expires),
    parts.audienceId,
    parts.caseId,
    parts.routeId,
    content.person?.ageBand ?? null,
    content.identification?.status ?? null,
    start?.first ?? null,
    start?.last ?? null,
    statement.compact,
  ];
}

const CHANGE_LOG: Statement = {
  name: 'alert-change-log',
  text: `INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ($1, $2, $3, $4) ON CONFLICT (issuer, jti) DO NOTHING RETURNING position, received_at`,
};

/** Enters one later statement in the log; null when its `jti` was accepted before. */
export async function logChange(
  transaction: Transaction,
  sender: string,
  event: string,
  statement: CheckedStatement,
): Promise<{ readonly position: string; readonly receivedAt: Date } | null> {
  const values = [sender, statement.claims.jti, event, decodeCanonicalBase64url(statement.payloadHash)];
  const [row] = await transaction.query<{ position: string; received_at: Date }>(CHANGE_LOG, values);
  return row ? { position: row.position, receivedAt: row.received_at } : null;
}

const KEEP: Statement = {
  name: 'alert-keep-statement',
  text: 'INSERT INTO alert_statement (position, alert_id, statement) VALUES ($1, $2, $3)',
};

/** Keeps a statement of an alert's history at its place in the log. */
export async function keepStatement(
  transaction: Transaction,
  position: string,
  alertId: string,
  compact: string,
): Promise<void> {
  await transaction.query(KEEP, [position, alertId, compact]);
}

const REPLACE: Statement = {
  name: 'alert-replace',
  text: `
    UPDATE alert SET revision = revision + 1, expires_at = $2, audience_id = $3, case_id = $4, route_id = $5, age_band = $6, identification = $7,
      started_from = $8, started_to = $9, statement = $10, kind = $11
    WHERE id = $1`,
};

/** Puts an update's content in force. */
export async function replaceContent(transaction: Transaction, id: string, alert: Omit<NewAlert, 'id'>): Promise<void> {
  const [, , , kind, , expires, audience, fact, route, age, identification, from, to, compact] = rowOf({
    ...alert,
    id,
  });
  await transaction.query(REPLACE, [id, expires, audience, fact, route, age, identification, from, to, compact, kind]);
}
