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

/** What may be counted: in force, for monitoring, and not against a consent. Alerts from before traits were kept have none, and nobody knows what was consented to. */
const COUNTABLE = `
  JOIN trait t ON t.id = a.trait_id AND t.countable JOIN audience u ON u.id = a.audience_id AND u.purposes @> ARRAY['monitoring'] JOIN member m ON m.code = a.sender
  WHERE a.state = 'active' AND a.expires_at > now() AND a.case_id IS NOT NULL`;
const ABOUT = "CASE a.kind WHEN 'pattern' THEN 'pattern' ELSE 'person' END";
const PUBLISHABLE = '(t.publishable AND addresses_everyone(u))';

/** From which place of the log on, and up to which, below which nothing comes any more, alerts were not looked at yet. */
const UNSEEN = `
  SELECT m.position AS after, (SELECT coalesce(max(size), 0) FROM tree_head) AS up_to FROM picture_mark m FOR UPDATE OF m`;
const SEEN = 'UPDATE picture_mark SET position = $1';
/** What was raised there and may be counted. The hub's own flags say again what a counted case says. */
const TAKE_RAISED = `
  INSERT INTO picture_waiting (alert_id, since)
  SELECT a.id, a.received_at FROM alert a ${COUNTABLE} AND a.sender <> '${HUB_SENDER}' AND a.position > $1 AND a.position <= $2 ON CONFLICT DO NOTHING`;
/** What was raised before, and an update there brings that could not be counted. */
const TAKE_UPDATED = `
  INSERT INTO picture_waiting (alert_id, since)
  SELECT a.id, now() FROM (SELECT DISTINCT alert_id FROM alert_statement WHERE position > $1 AND position <= $2) s JOIN alert a ON a.id = s.alert_id
  ${COUNTABLE} AND a.sender <> '${HUB_SENDER}' AND a.position <= $1 AND NOT EXISTS (SELECT FROM picture_counted c WHERE c.alert_id = a.id)
  ON CONFLICT DO NOTHING`;

/**
 * What ended, or an update made to be counted no longer. Another update brings it back. OFFSET has each looked up by itself: the database knows little of what has just come, and would compare all with all.
 */
const FORGET = `
  DELETE FROM picture_waiting w WHERE NOT EXISTS (SELECT FROM alert a ${COUNTABLE} AND a.id = w.alert_id OFFSET 0)`;

const WAITS = `FROM picture_waiting w JOIN alert a ON a.id = w.alert_id ${COUNTABLE} AND ($1::timestamptz IS NULL OR w.since < $1)`;
const OF_POPULATION = `${WAITS} AND a.audience_id = $2 AND ${ABOUT} = $3 AND ${PUBLISHABLE} = $4`;

const POPULATIONS = `
  SELECT a.audience_id, ${ABOUT} AS about, ${PUBLISHABLE} AS publishable, count(*)::int AS alerts, min(w.since) FILTER (WHERE w.fresh) AS oldest, max(w.since) AS newest
  ${WAITS} GROUP BY 1, 2, 3 HAVING count(*) FILTER (WHERE w.fresh) >= $2`;

/** Between which places of the log the first new alerts stand from one on, and after which the last. */
const PORTION = `
  SELECT (min(a.position) / $5 + 1) * $5 AS up_to, (max(a.position) / $5 + 1) * $5 AS last ${OF_POPULATION} AND w.fresh AND a.position >= $6`;
const WAITING = `
  SELECT ${CODED_AS}, fresh, count(*)::int AS alerts, count(*) FILTER (WHERE first)::int AS persons, array_agg(id) AS ids
  FROM (SELECT ${CODED_COLUMNS}, a.id, w.fresh, ${FIRST_OF_PERSON} AS first ${OF_POPULATION}
    AND (NOT w.fresh OR a.position < $5)) coded
  GROUP BY ${CODED_AS}, fresh`;

const SETTLE = 'UPDATE picture_waiting SET fresh = false WHERE alert_id = ANY ($1::uuid[]) AND fresh';
const COUNTED =
  'WITH gone AS (DELETE FROM picture_waiting WHERE alert_id = ANY ($1::uuid[]) RETURNING 1) SELECT count(*)::int AS gone FROM gone';

/** Has what arrived since wait to be counted, and nothing wait that cannot be counted. */
export async function takeIn(transaction: Transaction): Promise<void> {
  const [unseen] = await transaction.query<{ after: string; up_to: string }>(UNSEEN);
  if (!unseen) throw new Error('the mark of what was looked at is missing');
  const { after, up_to: upTo } = unseen;
  if (BigInt(upTo) > BigInt(after)) {
    await transaction.query(TAKE_RAISED, [after, upTo]);
    await transaction.query(TAKE_UPDATED, [after, upTo]);
    await transaction.query(SEEN, [upTo]);
  }
  await transaction.query(FORGET);
}

/** The populations of which so many new alerts wait that came before an instant; null for all that came. */
export function populations(
  transaction: Transaction,
  before: Date | null,
  least: number,
): Promise<WaitingPopulation[]> {
  return transaction.query<WaitingPopulation>(POPULATIONS, [before, least]);
}

/** A stretch of the log: from a place on, and how long stretches are. */
export interface Stretch {
  readonly from: number;
  readonly length: number;
}

/**
 * What of a population takes part in a release: what had part in one, and of what is new as much as came up to the end of a stretch of the log, as if the rest had not come yet. Stretches end at places that everybody
 * knows, whoever raised what: where one ends tells nothing of how many others raised. Null when nothing new stands from the place on; `next` is the place where to go on, null at the end.
 */
export async function waitingIn(
  transaction: Transaction,
  { audience_id, about, publishable }: Population,
  before: Date | null,
  { from, length }: Stretch,
): Promise<{ readonly alerts: readonly WaitingAlerts[]; readonly next: number | null } | null> {
  const population = [before, audience_id, about, publishable];
  const [portion] = await transaction.query<{ up_to: string | null; last: string | null }>(PORTION, [
    ...population,
    length,
    from,
  ]);
  if (!portion?.up_to) return null;
  const alerts = await transaction.query<WaitingAlerts>(WAITING, [...population, portion.up_to]);
  return { alerts, next: portion.up_to === portion.last ? null : Number(portion.up_to) };
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
