import type { Transaction } from '../../database/index.js';
import { HUB_SENDER } from '../../alerts/index.js';
import { CODED_AS, CODED_COLUMNS, type CodedAlerts, FIRST_OF_PERSON } from './coded-alerts.js';

/** Alerts that may be counted together: those of one audience, about persons or about none, and all of them in what anybody may see or none. */
export interface Population {
  readonly audience_id: number;
  readonly about: 'person' | 'pattern';
  /** Whether they are addressed to everyone and may be passed on. */
  readonly publishable: boolean;
}

/** What of a population waits to be counted. */
export interface WaitingPopulation extends Population {
  readonly alerts: number;
  /** When the first and the last came that are new since the last release; the last of all. */
  readonly oldest: Date;
  readonly newest: Date;
}

/** Alerts of a population that are coded alike. */
export interface WaitingAlerts extends CodedAlerts {
  readonly ids: readonly string[];
  /** How many of them are the first alert of their person, as far as links are confirmed. */
  readonly persons: number;
  /** Whether nothing of the population was released since they came. */
  readonly fresh: boolean;
}

/** What the log holds up to its last head, below which nothing comes any more. The hub's own flags say again what a counted case says. */
const TAKE_IN = `
  WITH mark AS (SELECT position FROM picture_mark FOR UPDATE), head AS (SELECT coalesce(max(size), 0) AS size FROM tree_head),
  moved AS (UPDATE picture_mark SET position = (SELECT size FROM head) WHERE position < (SELECT size FROM head))
  INSERT INTO picture_waiting (alert_id, since)
  SELECT a.id, a.received_at FROM alert a
  WHERE a.position > (SELECT position FROM mark) AND a.position <= (SELECT size FROM head) AND a.state = 'active' AND a.sender <> '${HUB_SENDER}'`;

const FORGET_ENDED = `
  DELETE FROM picture_waiting w USING alert a WHERE a.id = w.alert_id AND (a.state <> 'active' OR a.expires_at <= now())`;

/** What may be counted: in force, for monitoring, and not against a consent. Alerts from before traits were kept have none, and nobody knows what was consented to. */
const COUNTABLE = `
  FROM picture_waiting w JOIN alert a ON a.id = w.alert_id JOIN trait t ON t.id = a.trait_id AND t.countable
  JOIN audience u ON u.id = a.audience_id AND u.purposes @> ARRAY['monitoring'] JOIN member m ON m.code = a.sender
  WHERE a.state = 'active' AND a.expires_at > now() AND a.case_id IS NOT NULL`;
const ABOUT = "CASE a.kind WHEN 'pattern' THEN 'pattern' ELSE 'person' END";
const PUBLISHABLE = '(t.publishable AND addresses_everyone(u))';

const POPULATIONS = `
  SELECT a.audience_id, ${ABOUT} AS about, ${PUBLISHABLE} AS publishable, count(*)::int AS alerts, min(w.since) FILTER (WHERE w.fresh) AS oldest, max(w.since) AS newest
  ${COUNTABLE} GROUP BY 1, 2, 3 HAVING count(*) FILTER (WHERE w.fresh) >= $1`;

const WAITING = `
  SELECT ${CODED_AS}, fresh, count(*)::int AS alerts, count(*) FILTER (WHERE first)::int AS persons, array_agg(id) AS ids
  FROM (SELECT ${CODED_COLUMNS}, a.id, w.fresh, ${FIRST_OF_PERSON} AS first ${COUNTABLE} AND a.audience_id = $1 AND ${ABOUT} = $2 AND ${PUBLISHABLE} = $3) coded
  GROUP BY ${CODED_AS}, fresh`;

const SETTLE = 'UPDATE picture_waiting SET fresh = false WHERE alert_id = ANY ($1::uuid[]) AND fresh';
const COUNTED =
  'WITH gone AS (DELETE FROM picture_waiting WHERE alert_id = ANY ($1::uuid[]) RETURNING 1) SELECT count(*)::int AS gone FROM gone';

/** Has what arrived since wait to be counted, and nothing wait that ended. */
export async function takeIn(transaction: Transaction): Promise<void> {
  await transaction.query(TAKE_IN);
  await transaction.query(FORGET_ENDED);
}

/** The populations of which so many new alerts wait. */
export function populations(transaction: Transaction, least: number): Promise<WaitingPopulation[]> {
  return transaction.query<WaitingPopulation>(POPULATIONS, [least]);
}

export function waitingIn(
  transaction: Transaction,
  { audience_id, about, publishable }: Population,
): Promise<WaitingAlerts[]> {
  return transaction.query<WaitingAlerts>(WAITING, [audience_id, about, publishable]);
}

/** Notes which alerts were counted and which go on waiting, not new any more. Throws when one is not waiting any more; it must not be counted then. */
export async function settle(
  transaction: Transaction,
  counted: readonly string[],
  left: readonly string[],
): Promise<void> {
  const [row] = await transaction.query<{ gone: number }>(COUNTED, [counted]);
  if (row?.gone !== counted.length) throw new Error('an alert was erased while it came to be counted');
  await transaction.query(SETTLE, [left]);
}
