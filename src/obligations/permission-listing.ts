import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import type { PageRequest, Principal } from '../graphql/index.js';
import { PERMISSION_COLUMNS, type PermissionRow } from './permission-row.js';

/** Which side of permissions: what the asker asked, or what it was asked. */
export const PERMISSION_SIDES = ['asked-by-me', 'asked-of-me'] as const;
export type PermissionSide = (typeof PERMISSION_SIDES)[number];

/** Reads permissions; row-level security leaves those of which the asker is a party. */
@Injectable()
export class PermissionListing {
  constructor(private readonly database: Database) {}

  /** A page, newest first, with one row more than asked for, between two places; in list order, or against it when backward. */
  page(
    asker: Principal,
    page: PageRequest,
    side: PermissionSide,
    { after, before }: { readonly after: string | null; readonly before: string | null },
  ): Promise<PermissionRow[]> {
    const text = `
      SELECT ${PERMISSION_COLUMNS} FROM permission
      WHERE ${side === 'asked-by-me' ? 'asker' : 'provider'} = $1
        AND ($2::bigint IS NULL OR place < $2) AND ($3::bigint IS NULL OR place > $3)
      ORDER BY place ${page.backward ? 'ASC' : 'DESC'} LIMIT ${page.size + 1}`;
    return this.database.queryAsMember<PermissionRow>(asker, text, [asker.member, after, before]);
  }
}
