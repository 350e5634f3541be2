import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import type { PageRequest, Principal } from '../graphql/index.js';
import { LINK_COLUMNS, type LinkRow, type LinkState } from './link-row.js';

/** A request for a page of links, its cursors already opened to UUIDs. */
export interface LinkPageRequest {
  readonly page: PageRequest;
  readonly afterId: string | null;
  readonly beforeId: string | null;
  /** Null for all. */
  readonly states: readonly LinkState[] | null;
}

const FIND = `SELECT ${LINK_COLUMNS} FROM seen_link l WHERE l.id = $1 AND (l.holder OR $2)`;
const HELD = `SELECT ${LINK_COLUMNS} FROM seen_link l WHERE l.id = $1 AND l.holder`;

/** Reads links as the asker may know of them; the database decides which. Disputes of a country are for liaison officers. */
@Injectable()
export class LinkListing {
  constructor(private readonly database: Database) {}

  /** A link; null when there is none or the asker may not know of it. */
  async find(asker: Principal, id: string): Promise<LinkRow | null> {
    const [row] = await this.database.queryAsMember<LinkRow>(asker, FIND, [id, seesDisputes(asker)]);
    return row ?? null;
  }

  /** A page, newest first, with one row more than asked for, if there is one; in list order, or against it when backward. */
  page(asker: Principal, { page, afterId, beforeId, states }: LinkPageRequest): Promise<LinkRow[]> {
    const [order, values] = [page.backward ? 'ASC' : 'DESC', [seesDisputes(asker), afterId, beforeId, states]];
    const text = `
      SELECT ${LINK_COLUMNS} FROM seen_link l
      WHERE (l.holder OR $1)
        AND ($2::uuid IS NULL OR (l.suggested_at, l.id) < (place_of_link($2), $2))
        AND ($3::uuid IS NULL OR (l.suggested_at, l.id) > (place_of_link($3), $3))
        AND ($4::text[] IS NULL OR l.state = ANY ($4))
      ORDER BY l.suggested_at ${order}, l.id ${order} LIMIT ${page.size + 1}`;
    return this.database.queryAsMember<LinkRow>(asker, text, values);
  }
}

/** A link of which the acting member holds a side, as this transaction sees it; null when it holds none that it may know of. */
export async function findHeld(transaction: Transaction, id: string): Promise<LinkRow | null> {
  const [row] = await transaction.query<LinkRow>(HELD, [id]);
  return row ?? null;
}

function seesDisputes({ role }: Principal): boolean {
  return role === 'liaison';
}
