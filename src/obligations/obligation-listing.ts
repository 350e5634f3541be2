import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import type { PageRequest, Principal } from '../graphql/index.js';
import { OBLIGATION_COLUMNS, type ObligationRow, type ObligationState } from './obligation-row.js';

/** Which side of obligations: what the asker owes, or what is owed to it. */
export const OBLIGATION_SIDES = ['owed-by-me', 'owed-to-me'] as const;
export type ObligationSide = (typeof OBLIGATION_SIDES)[number];

/** A request for a page, its cursors already opened to places. */
export interface ObligationPageRequest {
  readonly page: PageRequest;
  readonly side: ObligationSide;
  readonly after: string | null;
  readonly before: string | null;
  /** Null for all. */
  readonly states: readonly ObligationState[] | null;
  /** UUID; null for all. */
  readonly alertId: string | null;
}

/** Written out, so that the index of what is outstanding serves. */
const IN_STATE: Readonly<Record<ObligationState, string>> = {
  outstanding: "(state = 'outstanding' AND due_at > now())",
  overdue: "(state = 'outstanding' AND due_at <= now())",
  retained: "state = 'retained'",
  erased: "state = 'erased'",
};

/** Reads obligations; row-level security leaves those of which the asker is a party. */
@Injectable()
export class ObligationListing {
  constructor(private readonly database: Database) {}

  /** A page, newest first, with one row more than asked for, if there is one; in list order, or against it when backward. */
  page(asker: Principal, request: ObligationPageRequest): Promise<ObligationRow[]> {
    const { page, side, after, before, states, alertId } = request;
    const party = side === 'owed-by-me' ? 'debtor' : 'creditor';
    const inStates = states === null ? 'true' : `(${states.map((state) => IN_STATE[state]).join(' OR ') || 'false'})`;
    const text = `
      SELECT ${OBLIGATION_COLUMNS} FROM obligation
      WHERE ${party} = $1 AND ${onlyOutstanding(states) ? "state = 'outstanding' AND " : ''}${inStates}
        AND ($2::bigint IS NULL OR place < $2) AND ($3::bigint IS NULL OR place > $3)
        ${alertId === null ? '' : 'AND alert_id = $4'}
      ORDER BY place ${page.backward ? 'ASC' : 'DESC'} LIMIT ${page.size + 1}`;
    const values = [asker.member, after, before, ...(alertId === null ? [] : [alertId])];
    return this.database.queryAsMember<ObligationRow>(asker, text, values);
  }
}

function onlyOutstanding(states: readonly ObligationState[] | null): boolean {
  return states?.every((state) => state === 'outstanding' || state === 'overdue') ?? false;
}
