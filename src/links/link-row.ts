import type { Recurrence, RecurrenceQuestion } from '../protocol/index.js';

export const LINK_STATES = [
  'suggested',
  'comparing',
  'confirmed',
  'rejected',
  'disputed',
  'withdrawn',
  'lapsed',
] as const;

/** Where a link stands, as the asker may know it. */
export type LinkState = (typeof LINK_STATES)[number];

/** A row of the view `seen_link`: a link as the acting member may know of it, from its own side. */
export interface LinkRow {
  readonly id: string;
  /** Whether the member holds a side; else it sees a dispute of its country, from the first side. */
  readonly holder: boolean;
  readonly state: LinkState;
  readonly suggested_at: Date;
  readonly lapses_at: Date;
  readonly own_alert: string;
  readonly opened: boolean;
  readonly compared: boolean;
  readonly level: 'link' | 'possible' | null;
  readonly other_member: string | null;
  readonly other_alert: string | null;
  readonly other_opening: string | null;
  readonly own_decision: 'confirmed' | 'rejected' | null;
  readonly own_statement: string | null;
  readonly other_statement: string | null;
  readonly recurrence: Recurrence | null;
  readonly earlier_alert: string | null;
  readonly would_decide: readonly RecurrenceQuestion[];
  readonly flag_id: string | null;
}

/** The columns of `LinkRow`, of the view aliased `l`. */
export const LINK_COLUMNS = `l.id, l.holder, l.state, l.suggested_at, l.lapses_at, l.own_alert, l.opened, l.compared, l.level, l.other_member, l.other_alert,
  l.other_opening, l.own_decision, l.own_statement, l.other_statement, l.recurrence, l.earlier_alert, l.would_decide, l.flag_id`;

const LINK_ID = /^link:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The UUID in a link's id; null for what is no link's id. */
export function uuidOfLink(id: string): string | null {
  return LINK_ID.exec(id)?.[1] ?? null;
}
