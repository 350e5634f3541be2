import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import { once, type Principal } from '../graphql/index.js';
import { MemberDirectory, toEnum } from '../membership/index.js';
import type { ObligationRow } from './obligation-row.js';

const STATEMENTS = {
  name: 'obligation-statements',
  text: 'SELECT alert_id, issuer, statement FROM obligation_statement WHERE alert_id = ANY ($1::uuid[]) AND issuer = ANY ($2::text[]) ORDER BY position',
};

/** An obligation as the SDL has it. */
export type ObligationView = ReturnType<ObligationPresenter['show']>[number];

/** Shows obligations. */
@Injectable()
export class ObligationPresenter {
  constructor(
    private readonly database: Database,
    private readonly directory: MemberDirectory,
  ) {}

  /** Shows rows in their order; what they share is loaded once for all, and statements only when somebody asks for them. */
  show(asker: Principal, rows: readonly ObligationRow[]) {
    const members = this.directory.references(
      rows.flatMap(({ debtor, creditor }) => [debtor, creditor]),
      asker,
    );
    const statements = once(() => this.statementsOf(asker, rows));
    const now = Date.now();
    return rows.map((row) => ({
      alertId: `alert:${row.alert_id}`,
      debtor: members.get(row.debtor),
      creditor: members.get(row.creditor),
      cause: toEnum(row.cause),
      incurredAt: row.incurred_at,
      dueAt: row.due_at,
      state: toEnum(row.state === 'outstanding' && row.due_at.getTime() <= now ? 'overdue' : row.state),
      ground: row.ground && toEnum(row.ground),
      answeredAt: row.answered_at,
      statements: async (): Promise<readonly string[]> =>
        (await statements()).get(keyOf(row.alert_id, row.debtor)) ?? [],
    }));
  }

  private async statementsOf(
    asker: Principal,
    rows: readonly ObligationRow[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await this.database.queryAsMember<{ alert_id: string; issuer: string; statement: string }>(
      asker,
      STATEMENTS,
      [rows.map(({ alert_id }) => alert_id), rows.map(({ debtor }) => debtor)],
    );
    const byDuty = new Map<string, string[]>();
    for (const { alert_id, issuer, statement } of found) {
      const key = keyOf(alert_id, issuer);
      byDuty.set(key, [...(byDuty.get(key) ?? []), statement]);
    }
    return byDuty;
  }
}

function keyOf(alertId: string, issuer: string): string {
  return `${alertId} ${issuer}`;
}
