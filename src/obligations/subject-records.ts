import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { SUBJECT_ERASURES, type SubjectEntryRow, type SubjectErasureRow } from './subject-row.js';

/** What log and erasure hold about one alert. */
export interface SubjectRecord {
  readonly entries: readonly SubjectEntryRow[];
  readonly erasures: readonly SubjectErasureRow[];
}

const ENTRIES = {
  name: 'subject-entries',
  text: `
    WITH mine AS (SELECT id, position FROM alert WHERE id = $1 AND sender = $2)
    SELECT l.position, l.event, l.salt, l.received_at, l.jti, l.payload_hash FROM log_entry l WHERE l.issuer = $2 AND l.position IN (
      SELECT m.position FROM mine m
      UNION ALL SELECT t.position FROM alert_statement t JOIN mine m ON t.alert_id = m.id
      UNION ALL SELECT e.position FROM subject_erasure e JOIN mine m ON e.alert_id = m.id)
    ORDER BY l.position`,
};

/** Shows a sender what log and erasure hold about an alert of its own. */
@Injectable()
export class SubjectRecords {
  constructor(private readonly database: Database) {}

  /** Null for an alert that there is not, and for one of others. `alertId` is a UUID. */
  async find(asker: Principal, alertId: string): Promise<SubjectRecord | null> {
    return this.database.asMember(asker, async (transaction) => {
      const entries = await transaction.query<SubjectEntryRow>(ENTRIES, [alertId, asker.member]);
      // The raising stays in the log for ever.
      if (entries.length === 0) return null;
      return { entries, erasures: await transaction.query<SubjectErasureRow>(SUBJECT_ERASURES, [alertId, null]) };
    });
  }
}
