import { Injectable } from '@nestjs/common';
import { addressedTo, type AlertFilter, Conditions, FilterSql, HUB_SENDER, sentBy } from '../alerts/index.js';
import { Database } from '../database/index.js';
import type { Principal } from '../graphql/index.js';

/** How many of the readable alerts share a case and a year. */
export interface CaseCount {
  readonly case_id: number;
  /** The year in which the episode started; null when it is not known to the year. */
  readonly year: number | null;
  readonly alerts: number;
}

/** Counts alerts by what they share, in the database: the answer grows with the different cases, not with the alerts. */
@Injectable()
export class CaseCounts {
  constructor(
    private readonly database: Database,
    private readonly filters: FilterSql,
  ) {}

  /** Counts what the asker may read. Leaves an access record, without ids, for each owner counted. */
  count(reader: Principal, filter: AlertFilter, onDate: string): Promise<CaseCount[]> {
    const conditions = new Conditions();
    this.filters.apply(filter, onDate, conditions);
    const values = [reader.member, reader.officer, reader.purpose].map((value) => `${conditions.bind(value)}::text`);
    const branch = (whose: string) =>
      `SELECT a.id, a.case_id, a.sender, CASE WHEN extract(year FROM a.started_from) = extract(year FROM a.started_to) THEN extract(year FROM a.started_from)::int END AS year
       FROM alert a WHERE ${whose} AND ${conditions.sql}`;
    const text = `
      WITH counted AS (
        SELECT case_id, year, sender, count(*)::int AS alerts, array_agg(id) FILTER (WHERE sender = '${HUB_SENDER}') AS flags
        FROM (${branch(addressedTo(reader, conditions))} UNION ALL ${branch(`${sentBy(reader, conditions)} AND a.state = 'active' AND a.expires_at > now()`)}) a
        GROUP BY case_id, year, sender
      ), record AS (
        INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids)
        SELECT owner, ${values.join(', ')}, 'verdictSummary', '{}'::uuid[] FROM (
          SELECT sender AS owner FROM counted WHERE sender <> '${HUB_SENDER}'
          UNION SELECT flag_owners(flag) FROM counted, unnest(flags) flag
        ) owned
      )
      SELECT case_id, year, sum(alerts)::int AS alerts FROM counted GROUP BY case_id, year`;
    return this.database.queryAsMember<CaseCount>(reader, text, conditions.values);
  }
}
