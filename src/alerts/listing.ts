import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import type { PageRequest, Principal } from '../graphql/index.js';
import { ALERT_COLUMNS, type AlertRow } from './alert-row.js';
import type { AlertFilter } from './alert-filter.js';
import { addressedTo, Conditions, FilterSql, sentBy } from './conditions.js';

/** A request for a page of alerts, its cursors already opened to alert ids. */
export interface AlertPageRequest {
  readonly page: PageRequest;
  readonly afterId: string | null;
  readonly beforeId: string | null;
  readonly filter: AlertFilter;
  readonly newestFirst: boolean;
  readonly onDate: string;
}

/**
 * Reads alerts and records the reading in the same statement, so that none is read without a record: the rows go out only when the transaction that
 * holds the record is durable. The look-ahead row that tells whether more follow is not given out and not recorded.
 */
@Injectable()
export class AlertListing {
  constructor(
    private readonly database: Database,
    private readonly filters: FilterSql,
  ) {}

  /** A page with one row more than asked for, if there is one; in list order, or against it when backward. */
  page(reader: Principal, request: AlertPageRequest): Promise<AlertRow[]> {
    return this.database.asMember(reader, (transaction) => this.read(transaction, reader, request));
  }

  /** One alert; null when there is none or the reader may not see it. `operation` is what the access record names. */
  async find(reader: Principal, id: string, operation: 'alert' | 'node'): Promise<AlertRow | null> {
    const conditions = new Conditions();
    const bound = conditions.bind(id);
    const own = sentBy(reader, conditions);
    const addressed = addressedTo(reader, conditions);
    const text = recorded(
      `SELECT ${ALERT_COLUMNS} FROM alert a WHERE a.id = ${bound} AND ((${own}) OR (${addressed}))`,
      1,
      operation,
      reader,
      conditions,
    );
    const name = reader.mandate.includes(reader.purpose) ? 'alert-find' : 'alert-find-nothing';
    const [row] = await this.database.asMember(reader, (transaction) =>
      transaction.query<AlertRow>({ name, text }, conditions.values),
    );
    return row ?? null;
  }

  private read(transaction: Transaction, reader: Principal, request: AlertPageRequest): Promise<AlertRow[]> {
    const { page, filter, onDate } = request;
    const conditions = new Conditions();
    const descending = request.newestFirst !== page.backward;
    const limit = conditions.bind(page.size + 1);
    this.filters.apply(filter, onDate, conditions);
    const [later, earlier] = request.newestFirst
      ? [request.beforeId, request.afterId]
      : [request.afterId, request.beforeId];
    if (later !== null) conditions.add(`a.position > (SELECT position_of(${conditions.bind(later)}::uuid))`);
    if (earlier !== null) conditions.add(`a.position < (SELECT position_of(${conditions.bind(earlier)}::uuid))`);
    const order = `ORDER BY a.position ${descending ? 'DESC' : 'ASC'} LIMIT ${limit}`;
    const branch = (whose: string) =>
      `(SELECT ${ALERT_COLUMNS} FROM alert a WHERE ${whose} AND ${conditions.sql} ${order})`;
    const branches = `${branch(addressedTo(reader, conditions))} UNION ALL ${branch(sentBy(reader, conditions))}`;
    const text = recorded(`SELECT a.* FROM (${branches}) a ${order}`, page.size, 'alerts', reader, conditions);
    // Without a filter the text is one of a few, and worth the database's remembering its plan.
    const plain = Object.keys(filter).length === 0 && later === null && earlier === null;
    const statement = plain
      ? {
          name: `alert-page-${String(descending)}-${page.size}-${String(reader.mandate.includes(reader.purpose))}`,
          text,
        }
      : text;
    return transaction.query<AlertRow>(statement, conditions.values);
  }
}

/** Wraps a query of alerts so that it leaves one access record for each owner of what it gives out. */
function recorded(select: string, size: number, operation: string, reader: Principal, conditions: Conditions): string {
  const values = [reader.member, reader.officer, reader.purpose, operation].map(
    (value) => `${conditions.bind(value)}::text`,
  );
  return `
    WITH page AS (${select}),
    given AS (SELECT id, sender FROM page LIMIT ${size}),
    record AS (
      INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids)
      SELECT sender, ${values.join(', ')}, array_agg(id) FROM given GROUP BY sender
    )
    SELECT * FROM page`;
}
