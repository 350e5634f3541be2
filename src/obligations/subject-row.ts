import type { ErasureGround, ErasureRunBody } from '../protocol/index.js';
import type { PlaceRow } from '../transparency/index.js';

/** That an alert was erased by the person's right. */
export interface SubjectErasureRow extends Pick<ErasureRunBody, 'alerts' | 'statements' | 'links'> {
  /** Its place in the log. */
  readonly position: string;
  readonly at: Date;
  readonly ground: ErasureGround;
  readonly statement: string;
  readonly salts_waiting: number;
  /** The hub's account; null when nothing was left to erase. */
  readonly account: string | null;
}

/** A statement of the sender about its alert, as the log has it. */
export interface SubjectEntryRow extends PlaceRow {
  readonly jti: string;
  readonly payload_hash: Buffer;
}

/** The erasures of one alert of the acting member in order; `$2` names one by its place, or is null. */
export const SUBJECT_ERASURES = {
  name: 'subject-erasures',
  text: `
    SELECT e.position, l.received_at AS at, e.ground, e.statement, e.alerts, e.statements, e.links, salts_waiting(e.position) AS salts_waiting, r.statement AS account
    FROM subject_erasure e JOIN log_entry l ON l.position = e.position LEFT JOIN erasure_run r ON r.position = e.run_position
    WHERE e.alert_id = $1 AND ($2::bigint IS NULL OR e.position = $2) ORDER BY e.position`,
};
