import { Inject, Injectable } from '@nestjs/common';
import { contentOf, type SharedParts, SharedPartsStore } from '../alerts/index.js';
import type { Transaction } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { OntologyService, today } from '../ontology/index.js';
import {
  type Addressee,
  type AlertContent,
  classifyRecurrence,
  decodeStatement,
  EVENTS,
  type KnownFacts,
  knownFactsOf,
  RECURRENCE_LAW,
  type RecurrenceOutcome,
} from '../protocol/index.js';
import { readLinkBody } from './link-schema.js';
import { flagContent, type FlaggedCase } from './flag-content.js';
import { type HubFlag, signFlag } from './hub-flag.js';

/** A row of the function `linked_alerts`. */
interface LinkedAlert {
  readonly member: string;
  readonly alert_id: string;
  readonly statement: string;
  readonly facts: KnownFacts;
  readonly confirmation: string;
}

/** What a flag shares with other alerts, stored beforehand; good for this content alone. */
export interface PreparedFlag {
  readonly content: string;
  readonly parts: SharedParts;
}

/** The transaction has to be begun anew with what this content shares with other alerts: that is stored by other connections, of which none may be waited for inside. */
export class FlagNotPrepared extends Error {
  override readonly name = 'FlagNotPrepared';

  constructor(readonly content: AlertContent) {
    super('what the flag shares is not stored yet');
  }
}

const LINKED = 'SELECT member, alert_id, statement, facts, confirmation FROM linked_alerts($1)';
const ADDRESSEES = "SELECT code, country, kind FROM member WHERE state = 'active' ORDER BY code";
const CLASSIFY = 'SELECT classify_link($1, $2, $3, $4, $5, $6)';

/** What follows when both holders have confirmed, in the transaction of the second confirmation. */
@Injectable()
export class LinkConfirmation {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly ontology: OntologyService,
    private readonly parts: SharedPartsStore,
  ) {}

  /** Stores what a flag of this content shares with other alerts. */
  async prepare(content: AlertContent): Promise<PreparedFlag> {
    const facts = knownFactsOf(content, (variant) => this.ontology.engine.impliedBy(variant));
    return { content: JSON.stringify(content), parts: await this.parts.of(content, facts, new Date()) };
  }

  /** Classifies the link and raises the hub's flag. `id` is the link's UUID. Throws `FlagNotPrepared`. */
  async settle(transaction: Transaction, id: string, prepared: PreparedFlag | null): Promise<void> {
    const [first, second, ...more] = await transaction.query<LinkedAlert>(LINKED, [id]);
    if (!first || !second || more.length > 0) throw new Error('a confirmed link does not have two sides');
    const cases = [caseOf(first), caseOf(second)] as const;
    const outcome = classifyRecurrence(
      { stated: cases[0].stated, verdict: this.verdictOf(first.facts) },
      { stated: cases[1].stated, verdict: this.verdictOf(second.facts) },
    );
    const [earlier, later] = outcome.earlier === 'second' ? [cases[1], cases[0]] : cases;
    const flag =
      outcome.recurrence === 'retrafficking'
        ? await this.flagOf(transaction, `link:${id}`, earlier, later, prepared)
        : null;
    await transaction.query(CLASSIFY, [id, ...columnsOf(outcome, earlier, flag)]);
  }

  private async flagOf(
    transaction: Transaction,
    link: string,
    earlier: FlaggedCase,
    later: FlaggedCase,
    prepared: PreparedFlag | null,
  ): Promise<HubFlag | null> {
    const members = await transaction.query<Addressee>(ADDRESSEES);
    const content = flagContent(link, earlier, later, members);
    if (!content) return null;
    if (prepared?.content !== JSON.stringify(content)) throw new FlagNotPrepared(content);
    return signFlag(this.hub, link, content, prepared.parts);
  }

  private verdictOf(facts: KnownFacts) {
    const { engine } = this.ontology;
    return this.ontology.verdictUnder(engine.judgeAll(engine.prepare(facts)), RECURRENCE_LAW, today());
  }
}

function columnsOf(outcome: RecurrenceOutcome, earlier: FlaggedCase, flag: HubFlag | null): readonly unknown[] {
  const { recurrence, wouldDecide } = outcome;
  const earlierAlert = outcome.earlier === null ? null : earlier.alertId.slice('alert:'.length);
  return [recurrence, earlierAlert, wouldDecide, flag && JSON.stringify(flag.columns), flag && flag.statement];
}

function caseOf({ member, alert_id, statement, confirmation }: LinkedAlert): FlaggedCase {
  const confirmed = decodeStatement(confirmation);
  const { episode } = readLinkBody('linkConfirmed', eventOf(confirmed.claims, EVENTS.linkConfirmed));
  return {
    ...{ member, alertId: `alert:${alert_id}`, content: contentOf(statement) },
    ...{ stated: episode, confirmation: confirmed.payloadHash },
  };
}

function eventOf(claims: object, event: string): unknown {
  const events: unknown = 'events' in claims ? claims.events : undefined;
  return typeof events === 'object' && events !== null ? new Map(Object.entries(events)).get(event) : undefined;
}
