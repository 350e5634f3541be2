import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { Refusal } from '../protocol/index.js';

/** Up to where an inbox is acknowledged now. */
export interface Acknowledged {
  readonly acknowledged: number;
  readonly unreadCount: number;
}

const ACKNOWLEDGE = {
  name: 'inbox-acknowledge',
  text: `
    WITH mine AS (SELECT i.id, i.last_seq FROM inbox i WHERE i.member = $1 AND i.purpose = $2),
    moved AS (
      UPDATE inbox_reading r SET acknowledged = greatest(r.acknowledged, $3::integer) FROM mine
      WHERE r.inbox_id = mine.id AND $3::integer <= r.given RETURNING r.acknowledged
    )
    SELECT moved.acknowledged, mine.last_seq FROM mine, moved`,
};

/** What readers change of their inbox. */
@Injectable()
export class InboxService {
  constructor(private readonly database: Database) {}

  /** Acknowledges everything up to the entry of this number. `argument` is what named it. Throws `Refusal` NOT_DELIVERED. */
  async acknowledge(reader: Principal, seq: number, argument: string): Promise<Acknowledged> {
    const [row] = await this.database.queryAsMember<{ acknowledged: number; last_seq: number }>(reader, ACKNOWLEDGE, [
      ...[reader.member, reader.purpose, seq],
    ]);
    if (row) return { acknowledged: row.acknowledged, unreadCount: row.last_seq - row.acknowledged };
    throw new Refusal(
      'NOT_DELIVERED',
      'This entry was not handed out to you.',
      'Read the inbox up to it, and acknowledge what you have taken in.',
      [argument],
    );
  }
}
