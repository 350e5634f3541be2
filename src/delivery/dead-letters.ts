import { Injectable } from '@nestjs/common';
import { type Acting, Database, type Transaction } from '../database/index.js';
import type { PageRequest } from '../graphql/index.js';
import type { SetErrorCode } from '../protocol/delivery/index.js';
import { ACTING_INBOX } from './acting-inbox.js';
import { ArrivalHints } from './arrival-hints.js';

/** A row of the table `dead_letter`. */
export interface DeadLetterRow {
  readonly seq: number;
  readonly error: SetErrorCode;
  readonly refused_at: Date;
  /** Since when it waits to be delivered once more; null when it does not. */
  readonly again_at: Date | null;
}

const COLUMNS = 'seq, error, refused_at, again_at';

/** What a member's receiver refused. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly database: Database,
    private readonly hints: ArrivalHints,
  ) {}

  /** A page in the order of the inbox, with one row more than asked for. Null does not bound. */
  page(reader: Acting, page: PageRequest, after: number | null, before: number | null): Promise<DeadLetterRow[]> {
    const text = `SELECT ${COLUMNS} FROM dead_letter
      WHERE inbox_id = ${ACTING_INBOX} AND ($1::integer IS NULL OR seq > $1) AND ($2::integer IS NULL OR seq < $2)
      ORDER BY seq ${page.backward ? 'DESC' : 'ASC'} LIMIT $3`;
    return this.database.queryAsMember<DeadLetterRow>(reader, text, [after, before, page.size + 1]);
  }

  /** Has an entry delivered once more, and tells polls that wait; null when it is no dead letter. */
  deliverAgain(reader: Acting, seq: number): Promise<DeadLetterRow | null> {
    const text = `UPDATE dead_letter SET again_at = coalesce(again_at, now()) WHERE inbox_id = ${ACTING_INBOX} AND seq = $1
      RETURNING ${COLUMNS}, inbox_id`;
    return this.database.asMember(reader, async (transaction) => {
      const [row] = await transaction.query<DeadLetterRow & { readonly inbox_id: number }>(text, [seq]);
      if (row) await this.hints.publish(transaction, new Set([row.inbox_id]));
      return row ?? null;
    });
  }

  /** The first entry that waits to be delivered once more; null for none. */
  async nextAgain(reader: Acting): Promise<number | null> {
    const text = `SELECT min(seq) AS seq FROM dead_letter WHERE inbox_id = ${ACTING_INBOX} AND again_at IS NOT NULL`;
    const [row] = await this.database.queryAsMember<{ seq: number | null }>(reader, text);
    return row?.seq ?? null;
  }
}

/** Puts an entry of the acting inbox among the dead letters, in a transaction that acts for its member. */
export async function bury(transaction: Transaction, seq: number, error: SetErrorCode): Promise<void> {
  const text = `INSERT INTO dead_letter (inbox_id, seq, error) VALUES (${ACTING_INBOX}, $1, $2)
    ON CONFLICT (inbox_id, seq) DO UPDATE SET error = $2, refused_at = now(), again_at = NULL`;
  await transaction.query(text, [seq, error]);
}
