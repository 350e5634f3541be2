import { Injectable } from '@nestjs/common';
import { endOf } from '../alerts/index.js';
import type { Principal } from '../graphql/index.js';
import { MemberDirectory, toEnum } from '../membership/index.js';
import type { PermissionRow } from './permission-row.js';

/** A permission as the SDL has it. */
export type PermissionView = ReturnType<PermissionPresenter['show']>[number];

/** Shows permissions. */
@Injectable()
export class PermissionPresenter {
  constructor(private readonly directory: MemberDirectory) {}

  /** Shows rows in their order. */
  show(asker: Principal, rows: readonly PermissionRow[]) {
    const codes = rows.flatMap(({ asker: from, provider, to_member: to }) => [from, provider, ...(to ? [to] : [])]);
    const members = this.directory.references(codes, asker);
    const now = Date.now();
    return rows.map((row) => ({
      id: `permission:${row.id}`,
      alertId: `alert:${row.alert_id}`,
      asker: members.get(row.asker),
      provider: members.get(row.provider),
      use: toEnum(row.use),
      purpose: toEnum(row.purpose),
      toMember: row.to_member === null ? null : members.get(row.to_member),
      toCountry: row.to_country,
      askedAt: row.asked_at,
      state: toEnum(row.state === 'given' && isOver(row, now) ? 'ended' : row.state),
      until: row.until,
      reason: row.state === 'refused' && row.reason ? toEnum(row.reason) : null,
      request: row.request,
      answers: row.answers,
    }));
  }
}

function isOver({ until }: PermissionRow, now: number): boolean {
  return until !== null && endOf(until).getTime() <= now;
}
