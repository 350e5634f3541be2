import type { Acting, Database, Statement, Transaction } from '../database/index.js';
import { type AlertKind, daysOf, EVENTS } from '../protocol/index.js';
import { findLogged, type Logged, placeOf, type PlaceRow } from '../transparency/index.js';
import type { CheckedContent, CheckedStatement } from './intake.js';
import { endOf } from './content-rules.js';
import type { LinkageArrival } from './linkage-arrival.js';
import type { SharedParts } from './shared-parts.js';

/** One alert ready to be written. */
export interface NewAlert {
  readonly id: string;
  readonly statement: CheckedStatement;
  readonly checked: CheckedContent;
  readonly parts: SharedParts;
  /** What it brings to the matcher; null for nothing. */
  readonly linkage: LinkageArrival | null;
}

const RAISE: Statement = {
  name: 'alert-raise',
  text: 'SELECT jti, "position", salt, received_at FROM raise_alerts($1, $2, $3, $4, $5)',
};

/** Writes alerts of one sender and says of each what came of it, by `jti`. One round trip, unless some were accepted before. */
export async function writeAlerts(
  database: Database,
  sender: Acting,
  alerts: readonly NewAlert[],
): Promise<ReadonlyMap<string, Logged>> {
  const event = EVENTS.alertRaised;
  const rows = JSON.stringify(alerts.map(rowOf));
  const statements = alerts.map(({ statement }) => statement.compact);
  const values = [sender.member, sender.purpose, event, rows, statements];
  const written = await database.query<Omit<PlaceRow, 'event'> & { jti: string }>(RAISE, values);
  const logged = new Map<string, Logged>();
  for (const row of written) {
    const place = placeOf({ ...row, event });
    logged.set(row.jti, { jti: row.jti, place, repeated: false, same: true });
  }
  const others = alerts.flatMap(({ statement }) => (logged.has(statement.claims.jti) ? [] : [statement]));
  if (others.length > 0) {
    const earlier = await database.asMember(sender, (transaction) => findLogged(transaction, sender.member, others));
    for (const one of earlier) logged.set(one.jti, one);
  }
  return logged;
}

/** The columns of the tables `log_entry` and `alert` that a statement fills, by their names, but the statement itself. */
function rowOf({ id, statement, checked: { content }, parts, linkage }: NewAlert) {
  const start = content.episode.start === undefined ? null : daysOf(content.episode.start);
  return {
    jti: statement.claims.jti,
    payload_hash: Buffer.from(statement.payloadHash, 'base64url').toString('hex'),
    id,
    kind: content.kind,
    raised_at: statement.issuedAt,
    expires_at: endOf(content.expires),
    audience_id: parts.audienceId,
    case_id: parts.caseId,
    route_id: parts.routeId,
    trait_id: parts.traitId,
    age_band: content.person?.ageBand ?? null,
    identification: content.identification?.status ?? null,
    started_from: start?.first ?? null,
    started_to: start?.last ?? null,
    ...(linkage ? { linkage } : {}),
  };
}

const KEEP: Statement = {
  name: 'alert-keep-statement',
  text: 'INSERT INTO alert_statement (position, alert_id, statement, kind, audience_id) VALUES ($1, $2, $3, $4, $5)',
};

/** What a statement makes of an alert that other members are told of; null for a withdrawal. */
export interface Stated {
  readonly kind: AlertKind;
  readonly audienceId: number;
}

/** Keeps a statement of an alert's history at its place in the log. */
export async function keepStatement(
  transaction: Transaction,
  position: string,
  alertId: string,
  compact: string,
  stated: Stated | null,
): Promise<void> {
  await transaction.query(KEEP, [position, alertId, compact, stated?.kind ?? null, stated?.audienceId ?? null]);
}

const KEEP_RAISING: Statement = {
  name: 'alert-keep-raising',
  text: `INSERT INTO alert_statement (position, alert_id, statement, kind, audience_id)
    SELECT position, id, statement, kind, audience_id FROM alert WHERE id = $1 AND revision = 0 AND statement IS NOT NULL`,
};

/** Keeps what an alert was raised with, before the first update replaces it. */
export async function keepRaising(transaction: Transaction, alertId: string): Promise<void> {
  await transaction.query(KEEP_RAISING, [alertId]);
}

const REPLACE: Statement = {
  name: 'alert-replace',
  text: `
    UPDATE alert SET revision = alert.revision + 1, kind = g.kind, expires_at = g.expires_at, audience_id = g.audience_id, case_id = g.case_id, route_id = g.route_id, trait_id = g.trait_id,
      age_band = g.age_band, identification = g.identification, started_from = g.started_from, started_to = g.started_to, statement = $2
    FROM jsonb_populate_record(NULL::alert, $1::jsonb) g WHERE alert.id = g.id`,
};

/** Puts an update's content in force. */
export async function replaceContent(transaction: Transaction, alert: NewAlert): Promise<void> {
  await transaction.query(REPLACE, [JSON.stringify(rowOf(alert)), alert.statement.compact]);
}

const ARRIVE: Statement = {
  name: 'linkage-arrive',
  text: `INSERT INTO linkage_arrival (position, alert_id, sender, expires_at, facts, tokens) VALUES ($1, $2, $3, $4, $5, $6)`,
};

/** Leaves what a later statement changes for the matcher. Raised alerts bring theirs in the statement that writes them. */
export async function keepArrival(
  transaction: Transaction,
  place: { readonly position: string; readonly alertId: string; readonly sender: string; readonly expiresAt: Date },
  { facts, tokens }: LinkageArrival,
): Promise<void> {
  await transaction.query(ARRIVE, [
    ...[place.position, place.alertId, place.sender, place.expiresAt],
    ...[JSON.stringify(facts), tokens === null ? null : JSON.stringify(tokens)],
  ]);
}
