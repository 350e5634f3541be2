import type { RetentionGround } from '../protocol/index.js';

/** Where an obligation stands, as it is shown. */
export const OBLIGATION_STATES = ['outstanding', 'overdue', 'retained', 'erased'] as const;
export type ObligationState = (typeof OBLIGATION_STATES)[number];

/** A row of the table `obligation`. */
export interface ObligationRow {
  /** Its number among all obligations, which tells how many there are: it leaves the hub only inside a sealed cursor. */
  readonly place: string;
  readonly alert_id: string;
  readonly debtor: string;
  readonly creditor: string;
  readonly cause: 'withdrawn' | 'narrowed' | 'erased';
  readonly incurred_at: Date;
  readonly due_at: Date;
  readonly state: 'outstanding' | 'retained' | 'erased';
  readonly ground: RetentionGround | null;
  readonly answered_at: Date | null;
}

/** The columns of `ObligationRow`. */
export const OBLIGATION_COLUMNS =
  'place, alert_id, debtor, creditor, cause, incurred_at, due_at, state, ground, answered_at';
