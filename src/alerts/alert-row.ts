import type { AlertKind } from '../protocol/index.js';

/** As whom the hub itself raises alerts; no member's code can be this. */
export const HUB_SENDER = 'hub';

/** A row of the table `alert` as the queries read it. */
export interface AlertRow {
  readonly id: string;
  readonly position: string;
  readonly sender: string;
  readonly kind: AlertKind;
  readonly state: 'active' | 'withdrawn' | 'expired';
  readonly revision: number;
  readonly raised_at: Date;
  readonly received_at: Date;
  readonly expires_at: Date;
  /** Null when the content was erased, as `statement`. */
  readonly case_id: number | null;
  readonly statement: string | null;
}

/** The columns of `AlertRow`, of the table aliased `a`. */
export const ALERT_COLUMNS =
  'a.id, a.position, a.sender, a.kind, a.state, a.revision, a.raised_at, a.received_at, a.expires_at, a.case_id, a.statement';
