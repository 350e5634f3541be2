import { Injectable } from '@nestjs/common';
import { type Ahead, Database, type Statement } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { recordOf } from './access-records.js';
import { ALERT_COLUMNS, type AlertRow } from './alert-row.js';
import { addressedTo, Conditions, FilterSql, sentBy } from './conditions.js';
import { type AlertPageRequest, pageSql } from './page-sql.js';

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

  /** A page with one row more than asked for, if there is one; in list order, or against it when backward. The rows may leave when the record is `durable`. */
  page(reader: Principal, request: AlertPageRequest): Promise<Ahead<AlertRow>> {
    const { statement, values } = this.reading(reader, request);
    return this.database.queryAheadAsMember<AlertRow>(reader, statement, values);
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
    const [row] = await this.database.queryAsMember<AlertRow>(reader, { name, text }, conditions.values);
    return row ?? null;
  }

  private reading(reader: Principal, request: AlertPageRequest): { statement: Statement | string; values: unknown[] } {
    const { page, filter, onDate, newestFirst } = request;
    const conditions = new Conditions();
    this.filters.apply(filter, onDate, conditions);
    const text = recorded(pageSql(reader, request, conditions), page.size, 'alerts', reader, conditions);
    // Without a filter the text is one of a few, and worth the database's remembering its plan.
    const shape = [newestFirst, page.backward, page.size, request.afterId !== null, request.beforeId !== null];
    const name = `alert-page-${[...shape, reader.mandate.includes(reader.purpose)].map(String).join('-')}`;
    return { statement: Object.keys(filter).length === 0 ? { name, text } : text, values: conditions.values };
  }
}

/** Wraps a query of alerts so that it leaves one access record for each owner of what it gives out. */
function recorded(select: string, size: number, operation: string, reader: Principal, conditions: Conditions): string {
  return `
    WITH page AS (${select}),
    given AS (SELECT id, sender FROM page LIMIT ${size}),
    record AS (${recordOf('given', operation, reader, conditions)})
    SELECT * FROM page`;
}
