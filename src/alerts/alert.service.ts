import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { alertIdOf, type AlertContent, EVENTS, Refusal, splitSent, within, withinAsync } from '../protocol/index.js';
import { enterInLog, findLogged, type Logged, type LogPlace, Receipts, replayed } from '../transparency/index.js';
import type { AlertRow } from './alert-row.js';
import { ArrivalSignal } from './arrival-signal.js';
import { keepArrival, keepRaising, keepStatement, type NewAlert, replaceContent } from './writing.js';
import { assertRetention, endOf } from './content-rules.js';
import { type CheckedContent, type CheckedStatement, Intake } from './intake.js';
import { MemberTurns } from './member-turns.js';
import { GroupCommit } from './group-commit.js';
import { SharedPartsStore } from './shared-parts.js';
import { arrivalFactsOf } from './linkage-arrival.js';
import { contentOf } from './stored-content.js';
import { type SettleTokens, TokenIntake } from './token-intake.js';

/** What the hub answers for after it took a statement in. */
export interface Accepted {
  readonly alertId: string;
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: Date;
  readonly place: LogPlace;
  readonly repeated: boolean;
  /** Null within a batch, which has one receipt for all. */
  readonly receipt: string | null;
}

/** What came of a batch, each statement by itself in the order given, under one receipt over everything accepted. */
export interface AcceptedBatch {
  readonly results: readonly (Accepted | Refusal)[];
  readonly receipt: string | null;
}

/** An alert that was accepted before. */
interface KnownAlert {
  readonly id: string;
  readonly statement: CheckedStatement;
  readonly earlier: Logged;
}

/** The most statements in one batch. */
export const MAX_BATCH = 500;

const MINE = {
  name: 'alert-mine',
  text: 'SELECT id, position, state, revision, raised_at, expires_at, statement FROM alert WHERE id = $1 AND sender = $2 FOR UPDATE',
};

/** What members do with their alerts. */
@Injectable()
export class AlertService {
  constructor(
    private readonly database: Database,
    private readonly intake: Intake,
    private readonly parts: SharedPartsStore,
    private readonly writing: GroupCommit,
    private readonly receipts: Receipts,
    private readonly tokens: TokenIntake,
    private readonly arrivals: ArrivalSignal,
    private readonly turns: MemberTurns,
  ) {}

  /** Raises one alert, sent with the disclosure of its tokens if it has any. Throws `Refusal`. */
  async raise(sender: Principal, sent: string): Promise<Accepted> {
    const { results, receipt } = await this.raiseMany(sender, [sent]);
    const [outcome] = results;
    if (!outcome) throw new Error('an alert without an outcome');
    if (outcome instanceof Refusal) throw outcome;
    return { ...outcome, receipt };
  }

  /** Raises alerts; each is accepted or refused by itself, in the order given, under one receipt. Throws `Refusal` OVERSIZED for the batch as a whole. */
  async raiseMany(sender: Principal, batch: readonly string[]): Promise<AcceptedBatch> {
    if (batch.length > MAX_BATCH) {
      throw new Refusal(
        'OVERSIZED',
        `A batch holds at most ${MAX_BATCH} statements.`,
        'Send them in several batches.',
        ['statements'],
      );
    }
    const outcomes = await Promise.all(batch.map((sent) => this.prepare(sender, sent)));
    const unique = new Map<string, NewAlert>();
    for (const [index, outcome] of outcomes.entries()) {
      if (!('checked' in outcome)) continue;
      const { jti } = outcome.statement.claims;
      const earlier = unique.get(jti);
      if (!earlier) unique.set(jti, outcome);
      else if (earlier.statement.payloadHash !== outcome.statement.payloadHash) outcomes[index] = replayed();
    }
    const alerts = [...unique.values()];
    const stored = alerts.length === 0 ? new Map<string, Logged>() : await this.writing.write(sender, alerts);
    if (alerts.some(({ linkage }) => linkage !== null)) this.arrivals.tell();
    return this.answer(sender, outcomes, stored);
  }

  /** Replaces an alert's content. Throws `Refusal`. */
  async update(sender: Principal, sent: string): Promise<Accepted> {
    const { compact, disclosure } = splitSent(sent);
    const statement = await this.intake.checkStatement(compact, 'alertUpdated', sender);
    const body = statement.claims.events[EVENTS.alertUpdated];
    if (!body) throw new Error('the event was checked');
    const path = ['events', EVENTS.alertUpdated, 'content'];
    let checked: CheckedContent;
    let settleTokens: SettleTokens;
    try {
      checked = await this.intake.checkContent(body.content, statement.issuedAt, sender, path);
      settleTokens = await withinAsync(path, () =>
        this.tokens.check(body.content, body.alert, disclosure, statement.issuedAt),
      );
    } catch (error) {
      const earlier = await this.acceptedBefore(sender, statement, error, disclosure);
      return this.acknowledge(sender, statement, body.alert, earlier);
    }
    const parts = await this.parts.of(checked.content, checked.facts, statement.issuedAt);
    return this.change(sender, statement, body.alert, EVENTS.alertUpdated, async (transaction, alert, position) => {
      const linkage = within(path, () => {
        assertRetention(body.content, alert.raised_at);
        return settleTokens(digestInForce(alert));
      });
      if (alert.revision === 0) await keepRaising(transaction, alert.id);
      const stated = { kind: body.content.kind, audienceId: parts.audienceId };
      await keepStatement(transaction, position, alert.id, compact, stated);
      await replaceContent(transaction, { id: alert.id, statement, checked, parts, linkage });
      if (!linkage) return false;
      const expiresAt = endOf(body.content.expires);
      await keepArrival(transaction, { position, alertId: alert.id, sender: sender.member, expiresAt }, linkage);
      return true;
    });
  }

  /** Withdraws an alert. Throws `Refusal`. */
  async withdraw(sender: Principal, compact: string): Promise<Accepted> {
    const statement = await this.intake.checkStatement(compact, 'alertWithdrawn', sender);
    const body = statement.claims.events[EVENTS.alertWithdrawn];
    if (!body) throw new Error('the event was checked');
    return this.change(sender, statement, body.alert, EVENTS.alertWithdrawn, async (transaction, alert, position) => {
      await keepStatement(transaction, position, alert.id, compact, null);
      await transaction.query({ name: 'alert-withdraw', text: "UPDATE alert SET state = 'withdrawn' WHERE id = $1" }, [
        alert.id,
      ]);
      const content = alert.statement === null ? null : contentOf(alert.statement);
      if (!content?.linkage) return false;
      const place = { position, alertId: alert.id, sender: sender.member, expiresAt: alert.expires_at };
      await keepArrival(transaction, place, { facts: arrivalFactsOf(content, statement.issuedAt), tokens: [] });
      return true;
    });
  }

  private async prepare(sender: Principal, sent: string): Promise<NewAlert | KnownAlert | Refusal> {
    try {
      const { compact, disclosure } = splitSent(sent);
      const statement = await this.intake.checkStatement(compact, 'alertRaised', sender);
      const content: AlertContent | undefined = statement.claims.events[EVENTS.alertRaised];
      if (!content) throw new Error('the event was checked');
      const id = alertIdOf(sender.member, statement.claims.jti).slice('alert:'.length);
      try {
        const path = ['events', EVENTS.alertRaised];
        const checked = await this.intake.checkContent(content, statement.issuedAt, sender, path);
        const linkage = await withinAsync(path, async () => {
          const settle = await this.tokens.check(content, `alert:${id}`, disclosure, statement.issuedAt);
          return settle(null);
        });
        return {
          id,
          statement,
          checked,
          parts: await this.parts.of(checked.content, checked.facts, statement.issuedAt),
          linkage,
        };
      } catch (error) {
        return { id, statement, earlier: await this.acceptedBefore(sender, statement, error, disclosure) };
      }
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  /**
   * What could be accepted once is answered alike for ever, whatever has changed since (PROTOCOL.md S7). Throws `error` when it was not, and when a disclosure
   * came that is not the statement's (K2).
   */
  private async acceptedBefore(
    sender: Principal,
    statement: CheckedStatement,
    error: unknown,
    disclosure: string | null,
  ): Promise<Logged> {
    if (!(error instanceof Refusal) || (error.code === 'TOKENS_MISMATCH' && disclosure !== null)) throw error;
    const [earlier] = await this.database.asMember(sender, (transaction) =>
      findLogged(transaction, sender.member, [statement]),
    );
    if (!earlier?.same) throw error;
    return earlier;
  }

  /** One receipt over everything accepted, then each outcome in the order given. */
  private async answer(
    sender: Principal,
    outcomes: readonly (NewAlert | KnownAlert | Refusal)[],
    stored: ReadonlyMap<string, Logged>,
  ): Promise<AcceptedBatch> {
    const results = outcomes.map((outcome): Accepted | Refusal => {
      if (outcome instanceof Refusal) return outcome;
      const { claims, payloadHash } = outcome.statement;
      const found = 'earlier' in outcome ? outcome.earlier : stored.get(claims.jti);
      if (!found) throw new Error('an alert was neither stored nor known');
      const { jti, place, repeated, same } = found;
      const { receivedAt } = place;
      return same
        ? { alertId: `alert:${outcome.id}`, jti, payloadHash, receivedAt, place, repeated, receipt: null }
        : replayed();
    });
    const accepted = results.flatMap((result) => (result instanceof Refusal ? [] : [result]));
    return { results, receipt: accepted.length === 0 ? null : this.receipts.sign(sender.member, accepted) };
  }

  /** The common course of updates and withdrawals: find, refuse what is closed, log, change, answer. `apply` says whether it left something to match. */
  private async change(
    sender: Principal,
    statement: CheckedStatement,
    alertId: string,
    event: string,
    apply: (
      transaction: Transaction,
      alert: Pick<AlertRow, 'id' | 'position' | 'raised_at' | 'revision' | 'statement' | 'expires_at'>,
      position: string,
    ) => Promise<boolean>,
  ): Promise<Accepted> {
    const { logged, toMatch } = await this.inTurn(sender, async (transaction) => {
      const [alert] = await transaction.query<AlertRow>(MINE, [alertId.slice('alert:'.length), sender.member]);
      if (!alert)
        throw new Refusal(
          'NOT_FOUND',
          'There is no such alert of yours.',
          'Check the alert’s id; only the sender may change it.',
          ['events', event, 'alert'],
        );
      const [earlier] = await findLogged(transaction, sender.member, [statement]);
      if (earlier) return { logged: earlier, toMatch: false };
      if (alert.state !== 'active' || alert.expires_at.getTime() <= Date.now()) {
        throw new Refusal('ALERT_CLOSED', 'The alert was withdrawn or has expired.', 'Raise a new alert.', [
          'events',
          event,
          'alert',
        ]);
      }
      const entered = await enterInLog(transaction, sender.member, event, statement);
      if (!entered) throw replayed();
      return { logged: entered.logged, toMatch: await apply(transaction, alert, entered.position) };
    });
    if (toMatch) this.arrivals.tell();
    return this.acknowledge(sender, statement, alertId, logged);
  }

  /** What locks an alert waits outside the database for what the same member does. */
  private inTurn<T>(sender: Principal, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.turns.take(sender.member, () => this.database.asMember(sender, work));
  }

  /** Answers for one later statement. */
  private async acknowledge(
    sender: Principal,
    statement: CheckedStatement,
    alertId: string,
    logged: Logged,
  ): Promise<Accepted> {
    if (!logged.same) throw replayed();
    const { jti, place, repeated } = logged;
    const { payloadHash } = statement;
    const receipt = this.receipts.sign(sender.member, [{ jti, payloadHash, place }]);
    return { alertId, jti, payloadHash, receivedAt: place.receivedAt, place, repeated, receipt };
  }
}

/** By which digest the tokens in force go; null when the alert has none. */
function digestInForce({ statement }: Pick<AlertRow, 'statement'>): string | null {
  return statement === null ? null : (contentOf(statement).linkage?.digest ?? null);
}
