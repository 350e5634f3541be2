import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import type { PageRequest, Principal } from '../graphql/index.js';
import type { Purpose } from '../protocol/index.js';
import { HUB_SENDER } from './alert-row.js';
import type { Conditions } from './conditions.js';

/** That somebody read alerts of one owner. */
export interface AccessRow {
  /** Its number among all reads, which tells how much others read: it leaves the hub only inside a sealed cursor. */
  readonly id: string;
  readonly at: Date;
  readonly reader: string;
  readonly officer: string;
  readonly purpose: Purpose;
  readonly operation: string;
  readonly alert_ids: readonly string[];
}

/** Lets owners see who read their alerts. */
@Injectable()
export class AccessRecords {
  constructor(private readonly database: Database) {}

  /** A page, newest first, of what was read of the asker's own alerts, with one row more than asked for; `after` and `before` are numbers of rows. */
  page(
    owner: Principal,
    request: PageRequest,
    after: string | null,
    before: string | null,
    alertId: string | null,
  ): Promise<AccessRow[]> {
    const order = request.backward ? 'ASC' : 'DESC';
    const text = `
      SELECT id, at, reader, officer, purpose, operation, CASE WHEN $4::uuid IS NULL THEN alert_ids ELSE ARRAY[$4::uuid] END AS alert_ids
      FROM access_record
      WHERE owner = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::bigint IS NULL OR id > $3)
        AND ($4::uuid IS NULL OR alert_ids @> ARRAY[$4::uuid])
      ORDER BY id ${order} LIMIT $5`;
    return this.database.queryAsMember<AccessRow>(owner, { name: `access-page-${order}`, text }, [
      owner.member,
      after,
      before,
      alertId,
      request.size + 1,
    ]);
  }
}

/**
 * A statement that leaves one access record for each owner of the alerts in `given`, which has their `id` and `sender`. A flag of the hub has two owners: the
 * holders of the alerts on which it rests.
 */
export function recordOf(given: string, operation: string, reader: Principal, conditions: Conditions): string {
  const values = [reader.member, reader.officer, reader.purpose, operation].map(
    (value) => `${conditions.bind(value)}::text`,
  );
  return `
    INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids)
    SELECT owner, ${values.join(', ')}, array_agg(id) FROM (
      SELECT sender AS owner, id FROM ${given} WHERE sender <> '${HUB_SENDER}'
      UNION ALL SELECT flag_owners(id), id FROM ${given} WHERE sender = '${HUB_SENDER}'
    ) owned GROUP BY owner`;
}
