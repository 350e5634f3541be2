import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import { once, type Principal } from '../graphql/index.js';
import { MemberDirectory, type MemberView, toEnum } from '../membership/index.js';
import {
  CaseBook,
  JudgementPresenter,
  type JudgementView,
  type KnownCase,
  OntologyService,
  today,
} from '../ontology/index.js';
import type { AlertContent } from '../protocol/index.js';
import { AlertReceipts } from './alert-receipts.js';
import { type AlertRow, HUB_SENDER } from './alert-row.js';
import { factsView, type FactView } from './facts-view.js';
import { Pseudonyms } from './pseudonyms.js';
import { contentOf } from './stored-content.js';

const HISTORY = {
  name: 'alert-history',
  text: `SELECT s.alert_id AS id, s.statement FROM alert_statement s JOIN alert a ON a.id = s.alert_id
    WHERE s.alert_id = ANY ($1::uuid[]) AND a.sender = $2 ORDER BY s.position`,
};

/** What is loaded for all alerts of an answer at the first asking, by the alert's UUID. */
interface LoadedOnce {
  readonly history: () => Promise<ReadonlyMap<string, string[]>>;
  readonly pseudonyms: () => Promise<ReadonlyMap<string, string>>;
  readonly receipts: () => Promise<ReadonlyMap<string, string>>;
}

/** An alert as the SDL has it. What costs something is a function, called by GraphQL only when it is asked for. */
export type AlertView = ReturnType<AlertPresenter['view']>;

/** Shows alerts: the parsed fields are read off the signed statement each time, so that they can say nothing else than it. */
@Injectable()
export class AlertPresenter {
  constructor(
    private readonly database: Database,
    private readonly directory: MemberDirectory,
    private readonly cases: CaseBook,
    private readonly ontology: OntologyService,
    private readonly judgements: JudgementPresenter,
    private readonly pseudonyms: Pseudonyms,
    private readonly receipts: AlertReceipts,
  ) {}

  /** Shows rows in their order; what they share is loaded once for all. Rows whose content was erased are left out. */
  async show(reader: Principal, rows: readonly AlertRow[]): Promise<ReadonlyMap<string, AlertView>> {
    const cases = await this.cases.get(rows.flatMap(({ case_id }) => (case_id === null ? [] : [case_id])));
    const members = this.directory.references(
      rows.map((row) => row.sender),
      reader,
    );
    const day = today();
    const history = once(() => this.historyOf(reader, rows));
    const ids = rows.map(({ id }) => id);
    const pseudonyms = once(() => this.pseudonyms.of(reader, ids));
    const receipts = once(() => this.receipts.of(reader, rows));
    const shown = new Map<string, AlertView>();
    for (const row of rows) {
      const known = row.case_id === null ? undefined : cases.get(row.case_id);
      const sender = row.sender === HUB_SENDER ? null : members.get(row.sender);
      if (row.statement !== null && known && sender !== undefined)
        shown.set(row.id, this.view(row, row.statement, known, sender, { history, pseudonyms, receipts }, day));
    }
    return shown;
  }

  private view(
    row: AlertRow,
    statement: string,
    known: KnownCase,
    sender: MemberView | null,
    { history, pseudonyms, receipts }: LoadedOnce,
    day: string,
  ) {
    const content = once(() => contentOf(statement));
    return {
      __typename: 'Alert' as const,
      id: `alert:${row.id}`,
      kind: toEnum(row.kind),
      sender,
      raisedAt: row.raised_at,
      receivedAt: row.received_at,
      expiresAt: row.expires_at,
      state: toEnum(row.state === 'active' && row.expires_at.getTime() <= Date.now() ? 'expired' : row.state),
      revision: row.revision,
      statement,
      history: async (): Promise<readonly string[]> => (await history()).get(row.id) ?? [statement],
      receipt: async (): Promise<string | null> => (await receipts()).get(row.id) ?? null,
      person: () => personView(content()),
      episode: () => episodeView(content()),
      return: () => content().return,
      retrafficking: () => retraffickingView(content()),
      facts: (): readonly FactView[] => factsView(content(), known, this.ontology),
      oneOf: known.facts.oneOf,
      nationalCodes: () => content().nationalCodes ?? [],
      identification: () => content().identification,
      protection: () => content().protection,
      legalBasis: () => legalBasisView(content()),
      handling: () => handlingView(content()),
      evaluation: () => content().evaluation,
      sealed: () => content().sealed,
      pseudonym: async (): Promise<string | null> => (await pseudonyms()).get(row.id) ?? null,
      verdicts: ({ under, onDate }: { under: readonly string[]; onDate?: string | null }): readonly JudgementView[] =>
        this.judgements.of(known, under, onDate ?? day),
    };
  }

  /** What was replaced may have been addressed to others, or taken back on purpose: only the sender has more than the statement in force. */
  private async historyOf(reader: Principal, rows: readonly AlertRow[]): Promise<ReadonlyMap<string, string[]>> {
    const byId = new Map<string, string[]>(
      rows.map((row) => {
        const onlyOne = row.revision === 0 || row.sender !== reader.member;
        return [row.id, onlyOne && row.statement !== null ? [row.statement] : []];
      }),
    );
    const found = await this.database.queryAsMember<{ id: string; statement: string }>(reader, HISTORY, [
      rows.map((row) => row.id),
      reader.member,
    ]);
    for (const { id, statement } of found) byId.get(id)?.push(statement);
    return byId;
  }
}

function personView({ person }: AlertContent) {
  if (!person) return null;
  const { ageBand, ageAsOf, gender, citizenships = [] } = person;
  return { ageBand, ageAtRegistration: ageAsOf === 'registration', gender, citizenships };
}

function episodeView({ episode }: AlertContent) {
  const { origin = [], transit = [], exploitation = [], start, end } = episode;
  return { origin, transit, exploitation, start, end };
}

function retraffickingView({ retrafficking }: AlertContent) {
  if (!retrafficking) return null;
  const { definition, basis, exited, began, link, alerts = [], statements = [] } = retrafficking;
  return { definition, basis, exited, began, linkId: link, alertIds: alerts, statements };
}

function legalBasisView({ legalBasis: { ground, consentScope = [] } }: AlertContent) {
  return { ground, consentScope };
}

function handlingView({ handling: { purposes, code, audience } }: AlertContent) {
  const { members = [], countries = [], kinds = [], everyone = false } = audience;
  return { purposes: purposes.map(toEnum), code, members, countries, kinds: kinds.map(toEnum), everyone };
}
