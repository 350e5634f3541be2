import type { Transaction } from '../../database/index.js';
import type { Population } from './waiting-alerts.js';

/** What comes to be known of alerts that are counted already. */
export const REGISTERS = ['withdrawn', 'recurred'] as const;
export type Register = (typeof REGISTERS)[number];

/** The core of a piece as it is kept: null is withheld. */
export interface KeptCore {
  readonly month: string | null;
  readonly year: string | null;
  readonly origin: string | null;
  readonly exploitation: string | null;
  readonly purpose: string | null;
  readonly gender: string | null;
  readonly age_band: string | null;
}

/** A counted alert that belongs to a register, as the picture shows it. */
export interface RegisteredAlert extends Population, KeptCore {
  readonly id: string;
  readonly sender: string;
  /** The person, as far as confirmed links tell; else the alert itself stands for one. */
  readonly person: string;
  /** How the later episode stands to the earlier; empty where nobody says. */
  readonly recurrence: string;
  /** Whether it is new since the register was looked at. */
  readonly fresh: boolean;
}

const SHOWN = `
  SELECT a.id, a.sender, coalesce(h.person, a.id) AS person, p.audience_id, p.about, p.publishable, p.month, p.year, p.origin, p.exploitation, p.purpose, p.gender, p.age_band, e.recurrence, n.alert_id IS NULL AS fresh
  FROM events e JOIN alert a ON a.id = e.alert_id JOIN picture_counted c ON c.alert_id = a.id JOIN picture_class k ON k.id = c.class_id
  JOIN picture_piece p ON p.id = k.pieces[1]
  LEFT JOIN alert_person h ON h.alert_id = a.id
  LEFT JOIN picture_noted n ON n.alert_id = a.id AND n.register = $1
  WHERE n.published IS NOT TRUE`;

/** Alerts by register: those withdrawn; and of each confirmed link the one that arrived later, whose person was counted before for the same audience. Of what may be
 * published nothing is told that an alert tells which may not. */
const EVENTS: Readonly<Record<Register, string>> = {
  withdrawn: "SELECT w.id AS alert_id, '' AS recurrence FROM alert w WHERE w.state = 'withdrawn'",
  recurred: `
    SELECT DISTINCT ON (b.id) b.id AS alert_id, coalesce(l.recurrence, '') AS recurrence
    FROM link l JOIN link_side s ON s.link_id = l.id JOIN link_side t ON t.link_id = l.id AND t.alert_id <> s.alert_id
    JOIN alert a ON a.id = s.alert_id JOIN alert b ON b.id = t.alert_id AND b.position > a.position AND b.audience_id = a.audience_id
    JOIN picture_counted d ON d.alert_id = a.id JOIN picture_class dk ON dk.id = d.class_id JOIN picture_piece dp ON dp.id = dk.pieces[1]
    JOIN picture_counted e ON e.alert_id = b.id JOIN picture_class ek ON ek.id = e.class_id JOIN picture_piece ep ON ep.id = ek.pieces[1]
    WHERE l.state = 'confirmed' AND (dp.publishable OR NOT ep.publishable) ORDER BY b.id, l.id`,
};

const NOTE = `
  INSERT INTO picture_noted (alert_id, register, published) SELECT unnest($1::uuid[]), $2, $3
  ON CONFLICT (alert_id, register) DO UPDATE SET published = EXCLUDED.published`;

/** The first piece of a class is that of the core: releases write it first. */
export function unpublishedIn(transaction: Transaction, register: Register): Promise<RegisteredAlert[]> {
  return transaction.query<RegisteredAlert>(`WITH events AS (${EVENTS[register]}) ${SHOWN}`, [register]);
}

export async function note(
  transaction: Transaction,
  register: Register,
  alerts: readonly string[],
  published: boolean,
): Promise<void> {
  if (alerts.length > 0) await transaction.query(NOTE, [alerts, register, published]);
}

/** Counted alerts of one sender that the core shows alike, and how many of them a register shows already. */
export interface CountedBefore extends KeptCore {
  readonly sender: string;
  readonly alerts: number;
  readonly registered: number;
}

const COUNTED = `
  SELECT p.month, p.year, p.origin, p.exploitation, p.purpose, p.gender, p.age_band, a.sender, count(*)::int AS alerts,
    count(*) FILTER (WHERE n.published)::int AS registered
  FROM picture_counted c JOIN picture_class k ON k.id = c.class_id JOIN picture_piece p ON p.id = k.pieces[1] JOIN alert a ON a.id = c.alert_id
  LEFT JOIN picture_noted n ON n.alert_id = c.alert_id AND n.register = $3
  WHERE p.audience_id = $1 AND p.about = $2 AND p.publishable = $4 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;

/** Of a population, by what the core shows of them, alerts that are counted and were erased since: nobody knows which register they belonged to. */
const ERASED = `
  SELECT p.month, p.year, p.origin, p.exploitation, p.purpose, p.gender, p.age_band, (p.alerts - count(c.alert_id))::int AS alerts
  FROM picture_piece p LEFT JOIN (picture_class k JOIN picture_counted c ON c.class_id = k.id) ON k.pieces[1] = p.id
  WHERE p.register = 'counted' AND p.facet = 'core' AND p.audience_id = $1 AND p.about = $2 AND p.publishable = $3
  GROUP BY p.id HAVING p.alerts > count(c.alert_id)`;

export function erasedIn(
  transaction: Transaction,
  { audience_id, about, publishable }: Population,
): Promise<(KeptCore & { readonly alerts: number })[]> {
  return transaction.query(ERASED, [audience_id, about, publishable]);
}

/** What is counted of a population. */
export function countedIn(
  transaction: Transaction,
  { audience_id, about, publishable }: Population,
  register: Register,
): Promise<CountedBefore[]> {
  return transaction.query<CountedBefore>(COUNTED, [audience_id, about, register, publishable]);
}
