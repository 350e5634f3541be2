import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import { once, type Principal } from '../graphql/index.js';
import { MemberDirectory, type MemberView, toEnum } from '../membership/index.js';
import { EVENTS, RECURRENCE_DEFINITION } from '../protocol/index.js';
import type { LinkRow } from './link-row.js';

const MESSAGES = {
  name: 'link-messages',
  text: 'SELECT link_id AS id, statement FROM link_statement WHERE link_id = ANY ($1::uuid[]) AND event = $2 ORDER BY position',
};
const READABLE = { name: 'link-flags', text: 'SELECT id FROM alert WHERE id = ANY ($1::uuid[])' };

/** A link as the SDL has it. */
export type LinkView = ReturnType<LinkPresenter['view']>;

/** What is read for all links shown together, if anybody asks for it. */
interface Shared {
  readonly members: ReadonlyMap<string, MemberView>;
  readonly messages: () => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly flags: () => Promise<ReadonlySet<string>>;
}

/** Shows links. What may not be known is null in the rows already: the database leaves it out. */
@Injectable()
export class LinkPresenter {
  constructor(
    private readonly database: Database,
    private readonly directory: MemberDirectory,
  ) {}

  /** Shows rows in their order. */
  show(asker: Principal, rows: readonly LinkRow[]): LinkView[] {
    const codes = rows.flatMap(({ other_member: code }) => (code === null ? [] : [code]));
    const shared: Shared = {
      members: this.directory.references(codes, asker),
      messages: once(() => this.messagesOf(asker, rows)),
      flags: once(() => this.readableFlags(asker, rows)),
    };
    return rows.map((row) => this.view(row, shared));
  }

  private view(row: LinkRow, shared: Shared) {
    const { id, flag_id: flag } = row;
    return {
      __typename: 'Link' as const,
      id: `link:${id}`,
      state: toEnum(row.state),
      suggestedAt: row.suggested_at,
      lapsesAt: row.lapses_at,
      alertId: `alert:${row.own_alert}`,
      opened: row.opened,
      counterpart: counterpartOf(row, shared.members),
      level: row.level && toEnum(row.level),
      messages: async (): Promise<readonly string[]> => (row.compared ? ((await shared.messages()).get(id) ?? []) : []),
      decisions: [row.own_statement, row.other_statement].filter((statement) => statement !== null),
      classification: classificationOf(row),
      flagId: async (): Promise<string | null> =>
        flag !== null && (await shared.flags()).has(flag) ? `alert:${flag}` : null,
    };
  }

  private async messagesOf(asker: Principal, rows: readonly LinkRow[]): Promise<ReadonlyMap<string, string[]>> {
    const ids = rows.filter(({ compared }) => compared).map(({ id }) => id);
    const found = await this.database.queryAsMember<{ id: string; statement: string }>(asker, MESSAGES, [
      ids,
      EVENTS.comparisonMessage,
    ]);
    const byLink = new Map<string, string[]>();
    for (const { id, statement } of found) byLink.set(id, [...(byLink.get(id) ?? []), statement]);
    return byLink;
  }

  /** Row-level security leaves only those that the asker may read. No content goes out, so that no access is recorded. */
  private async readableFlags(asker: Principal, rows: readonly LinkRow[]): Promise<ReadonlySet<string>> {
    const ids = rows.flatMap(({ flag_id: flag }) => (flag === null ? [] : [flag]));
    const found = await this.database.queryAsMember<{ id: string }>(asker, READABLE, [ids]);
    return new Set(found.map(({ id }) => id));
  }
}

function counterpartOf(row: LinkRow, members: ReadonlyMap<string, MemberView>) {
  const { other_member: code, other_alert: alert, other_opening: opening } = row;
  const member = code === null ? undefined : members.get(code);
  return member && alert !== null && opening !== null ? { member, alertId: `alert:${alert}`, opening } : null;
}

function classificationOf({ recurrence, earlier_alert: earlier, would_decide: questions }: LinkRow) {
  if (recurrence === null) return null;
  return {
    recurrence: toEnum(recurrence),
    definition: RECURRENCE_DEFINITION,
    earlierAlertId: earlier && `alert:${earlier}`,
    wouldDecide: questions.map(toEnum),
  };
}
