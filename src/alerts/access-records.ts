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
  /** RFC 3339, UTC, with milliseconds: as it is shown, and as a day's records are hashed (T21). */
  readonly at: string;
  readonly reader: string;
  readonly officer: string;
  readonly purpose: Purpose;
  readonly operation: string;
  readonly alert_ids: readonly string[];
}

/** Which records of an owner are wanted; null for all. */
export interface AccessRange {
  /** UUID of an alert. */
  readonly alertId: string | null;
  /** First and last day, UTC. */
  readonly from: string | null;
  readonly until: string | null;
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
    { alertId, from, until }: AccessRange,
  ): Promise<AccessRow[]> {
    const order = request.backward ? 'ASC' : 'DESC';
    const text = `
      SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, reader, officer, purpose, operation,
        CASE WHEN $4::uuid IS NULL THEN alert_ids ELSE ARRAY[$4::uuid] END AS alert_ids
      FROM access_record
      WHERE owner = $1 AND ($2::bigint IS NULL OR id < $2) AND ($3::bigint IS NULL OR id > $3)
        AND ($4::uuid IS NULL OR alert_ids @> ARRAY[$4::uuid])
        AND ($5::date IS NULL OR at >= $5::date::timestamp AT TIME ZONE 'UTC') AND ($6::date IS NULL OR at < ($6::date + 1)::timestamp AT TIME ZONE 'UTC')
      ORDER BY id ${order} LIMIT $7`;
    const values = [owner.member, after, before, alertId, from, until, request.size + 1];
    return this.database.queryAsMember<AccessRow>(owner, { name: `access-page-${order}`, text }, values);
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
