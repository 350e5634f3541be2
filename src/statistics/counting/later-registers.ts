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
  /** How the later episode stands to the earlier; empty where nobody says. */
  readonly recurrence: string;
  /** Whether it is new since the register was looked at. */
  readonly fresh: boolean;
}

const SHOWN = `
  SELECT a.id, a.sender, p.audience_id, p.about, p.month, p.year, p.origin, p.exploitation, p.purpose, p.gender, p.age_band, e.recurrence, n.alert_id IS NULL AS fresh
  FROM events e JOIN alert a ON a.id = e.alert_id JOIN picture_counted c ON c.alert_id = a.id JOIN picture_class k ON k.id = c.class_id
  JOIN picture_piece p ON p.id = k.pieces[1]
  LEFT JOIN picture_noted n ON n.alert_id = a.id AND n.register = $1
  WHERE n.published IS NOT TRUE`;

/** Alerts by register: those withdrawn; and of each confirmed link the one that arrived later, whose person was counted before. */
const EVENTS: Readonly<Record<Register, string>> = {
  withdrawn: "SELECT w.id AS alert_id, '' AS recurrence FROM alert w WHERE w.state = 'withdrawn'",
  recurred: `
    SELECT DISTINCT ON (b.id) b.id AS alert_id, coalesce(l.recurrence, '') AS recurrence
    FROM link l JOIN link_side s ON s.link_id = l.id JOIN link_side t ON t.link_id = l.id AND t.alert_id <> s.alert_id
    JOIN alert a ON a.id = s.alert_id JOIN alert b ON b.id = t.alert_id AND b.position > a.position
    WHERE l.state = 'confirmed' ORDER BY b.id, l.id`,
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

/** How many alerts of a population are shown with at least what a core shows: counted, and of them in a register. */
export async function shownWith(
  transaction: Transaction,
  { audience_id, about }: Population,
  core: Partial<KeptCore>,
  register: Register,
): Promise<{ readonly counted: number; readonly registered: number }> {
  const text = `
    SELECT coalesce(sum(p.alerts) FILTER (WHERE p.register = 'counted'), 0)::int AS counted,
      coalesce(sum(p.alerts) FILTER (WHERE p.register = $3), 0)::int AS registered
    FROM picture_piece p, jsonb_to_record($4) AS k (month text, year text, origin text, exploitation text, purpose text, gender text, age_band text)
    WHERE p.register IN ('counted', $3) AND p.facet = 'core' AND p.audience_id = $1 AND p.about = $2
      AND ${(['month', 'year', 'origin', 'exploitation', 'purpose', 'gender', 'age_band'] as const)
        .map((column) => `(k.${column} IS NULL OR p.${column} = k.${column})`)
        .join(' AND ')}`;
  const [row] = await transaction.query<{ counted: number; registered: number }>(text, [
    ...[audience_id, about, register],
    JSON.stringify(core),
  ]);
  return row ?? { counted: 0, registered: 0 };
}
