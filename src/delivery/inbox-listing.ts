import { Injectable } from '@nestjs/common';
import { ALERT_COLUMNS, type AlertRow, audiencesOf, Conditions, ofOthers, recordOf, sentBy } from '../alerts/index.js';
import { type Ahead, Database, type Statement } from '../database/index.js';
import { AccessError, Authentication, type PageRequest, type Principal } from '../graphql/index.js';
import { MAX_SEQ } from '../protocol/delivery/index.js';
import type { InboxFilter } from './inbox-filter.js';
import type { EntryRow, InboxPageRow, InboxState, InboxStateRow } from './inbox-row.js';

/** A request for a page of an inbox, its cursors already opened. */
export interface InboxPageRequest {
  readonly page: PageRequest;
  /** The number of the entry which all of the page follow; 0 for the beginning. */
  readonly afterSeq: number;
  /** The number of the entry which all of the page precede; null for the end. */
  readonly beforeSeq: number | null;
  readonly filter: InboxFilter;
  /** As what access records name it. */
  readonly operation: 'inbox' | 'push' | 'poll';
}

/** A page of an inbox, of one snapshot. */
export interface InboxPage {
  readonly state: InboxState;
  /** In order, or against it when backward; one more than asked for when there are more. */
  readonly entries: readonly EntryRow[];
  /** The alerts of these entries that the reader may read, by UUID. */
  readonly alerts: ReadonlyMap<string, AlertRow>;
}

/**
 * In SQL: whether the transaction may act, beside how the inbox stands. To a member that may not act its inbox is as if there were none, and of that nothing
 * may be said: the hub would sign that it took back what it gave.
 */
const ACTING = 'acting AS MATERIALIZED (SELECT current_member() IS NOT NULL AS may_act, clock_timestamp() AS read_at)';
const STATE_COLUMNS = `acting.may_act, acting.read_at, mine.inbox_id, coalesce(mine.last_seq, 0) AS last_seq, mine.last_chain,
  coalesce(mine.acknowledged, 0) AS acknowledged`;

const STATE: Statement = {
  name: 'inbox-state',
  text: `WITH ${ACTING} SELECT ${STATE_COLUMNS} FROM acting LEFT JOIN (
      SELECT i.id AS inbox_id, i.last_seq, i.last_chain, r.acknowledged
      FROM inbox i JOIN inbox_reading r ON r.inbox_id = i.id WHERE i.member = $1 AND i.purpose = $2
    ) mine ON true`,
};

/** Reads pages of the acting inbox. What was handed out is noted, and the reading recorded, in the same statement. */
@Injectable()
export class InboxListing {
  constructor(
    private readonly database: Database,
    private readonly authentication: Authentication,
  ) {}

  /** How the acting inbox stands; a small part of what a page costs. Throws as `page` does. */
  async state(reader: Principal): Promise<InboxState> {
    const [state] = await this.database.queryAsMember<InboxStateRow>(reader, STATE, [reader.member, reader.purpose]);
    return state?.may_act ? state : this.refuse(reader);
  }

  /**
   * A page; it may leave when what was noted of it is `durable`. Throws `Refusal` when the member may not act any longer: MEMBER_…, OFFICER_…,
   * PURPOSE_OUTSIDE_MANDATE; `AccessError` when it may again.
   */
  async page(
    reader: Principal,
    request: InboxPageRequest,
  ): Promise<{ readonly page: InboxPage; readonly durable: Ahead<unknown>['durable'] }> {
    const conditions = new Conditions();
    const text = pageSql(reader, request, conditions);
    const { classes, unreadOnly } = request.filter;
    const shape = [
      request.page.size,
      request.page.backward,
      classes !== null,
      unreadOnly,
      reader.mandate.includes(reader.purpose),
    ];
    const statement = { name: `inbox-page-${shape.map(String).join('-')}`, text };
    const { rows, durable } = await this.database.queryAheadAsMember<InboxPageRow>(
      reader,
      statement,
      conditions.values,
    );
    const [state] = rows;
    if (!state?.may_act) return this.refuse(reader);
    const entries = rows.flatMap((row) => (row.seq === null ? [] : [row]));
    const alerts = rows.flatMap((row): readonly AlertRow[] => (row.id === null ? [] : [row]));
    return { page: { state, entries, alerts: new Map(alerts.map((alert) => [alert.id, alert])) }, durable };
  }

  private async refuse(reader: Principal): Promise<never> {
    await this.authentication.standing(reader);
    throw new AccessError('UNAUTHENTICATED');
  }
}

/** Costs what the page holds: entries by their number, or of each class wanted the first few; then the log and the alerts by their keys. */
function pageSql(reader: Principal, request: InboxPageRequest, conditions: Conditions): string {
  const { page, filter } = request;
  const values = [reader.member, reader.purpose, request.afterSeq, request.beforeSeq ?? MAX_SEQ];
  const [member, purpose, after, before] = values.map((value) => conditions.bind(value));
  const from = filter.unreadOnly ? `greatest(${after}::integer, (SELECT acknowledged FROM mine))` : `${after}::integer`;
  const order = `ORDER BY seq ${page.backward ? 'DESC' : 'ASC'}`;
  const limit = `${order} LIMIT ${page.size + 1}`; // a bound limit would keep the plan from being kept
  const entries = 'FROM inbox_entry e WHERE e.inbox_id = (SELECT inbox_id FROM mine)';
  const within = `e.seq > ${from} AND e.seq < ${before}::integer`;
  const columns = 'e.seq, e.position, e.class, e.subject, e.chain';
  const found = filter.classes
    ? `SELECT f.* FROM unnest(${conditions.bind(filter.classes)}::smallint[]) AS wanted (class)
       CROSS JOIN LATERAL (SELECT ${columns} ${entries} AND e.class = wanted.class AND ${within} ${limit}) f ${limit}`
    : `SELECT ${columns} ${entries} AND ${within} ${limit}`;
  const own = sentBy(reader, conditions);
  const addressed = `${ofOthers(reader, conditions)} AND (a.audience_id IN (SELECT id FROM reached)) IS TRUE`;
  return `
    WITH ${ACTING}, mine AS MATERIALIZED (
      SELECT i.id AS inbox_id, i.last_seq, i.last_chain, r.given, r.acknowledged
      FROM inbox i JOIN inbox_reading r ON r.inbox_id = i.id WHERE i.member = ${member} AND i.purpose = ${purpose}
    ), page AS MATERIALIZED (${found}),
    handed AS MATERIALIZED (SELECT seq, class, subject FROM page ${order} LIMIT ${page.size}),
    reached AS MATERIALIZED (${audiencesOf(reader, conditions)}),
    readable AS MATERIALIZED (
      SELECT ${ALERT_COLUMNS} FROM (SELECT DISTINCT subject FROM handed WHERE class < 32) h JOIN alert a ON a.id = h.subject
      WHERE (${own}) OR (${addressed})
    ), record AS (${recordOf('readable', request.operation, reader, conditions)}),
    mark AS (
      UPDATE inbox_reading r SET given = last.seq FROM (SELECT max(seq) AS seq FROM handed) last
      WHERE r.inbox_id = (SELECT inbox_id FROM mine) AND r.given < last.seq
    )
    SELECT ${STATE_COLUMNS}, page.seq, page.position AS entry_position, page.class AS entry_class,
      page.subject, page.chain, l.received_at AS entry_received_at, l.payload_hash, l.salt, leaf.hash AS leaf, a.*
    FROM acting LEFT JOIN mine ON true LEFT JOIN (
      page JOIN log_entry l ON l.position = page.position JOIN log_node leaf ON leaf.level = 0 AND leaf.index = page.position - 1
    ) ON true LEFT JOIN readable a ON a.id = page.subject
    ORDER BY page.seq ${page.backward ? 'DESC' : 'ASC'}`;
}
