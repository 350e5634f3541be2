import { Injectable } from '@nestjs/common';
import { MemberTurns } from '../alerts/index.js';
import { Database, type Transaction } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { EVENTS, type LinkEvent } from '../protocol/index.js';
import { enterInLog, findLogged, type Logged, Receipts, replayed } from '../transparency/index.js';
import { FlagNotPrepared, LinkConfirmation, type PreparedFlag } from './link-confirmation.js';
import { type CheckedLinkStatement, LinkIntake } from './link-intake.js';
import { findHeld } from './link-listing.js';
import { type LinkRow, uuidOfLink } from './link-row.js';
import { assertFits, assertRoomForMessage, noSuchLink } from './link-rules.js';

/** What the hub answers for after it took a statement about a link in. */
export interface LinkAccepted {
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: Date;
  readonly repeated: boolean;
  readonly receipt: string;
  readonly link: LinkRow;
}

/** What one transaction made of a statement. */
interface Entered {
  readonly logged: Logged;
  readonly link: LinkRow;
}

/** How often the members or alerts behind a flag may change while it is being raised. */
const MOST_TRIES = 5;

/** What holders do with links. Each statement takes effect in one transaction, with all that follows from it. */
@Injectable()
export class LinkService {
  constructor(
    private readonly database: Database,
    private readonly intake: LinkIntake,
    private readonly confirmation: LinkConfirmation,
    private readonly receipts: Receipts,
    private readonly turns: MemberTurns,
  ) {}

  /** Opens the sender's side of a comparison. Throws `Refusal`. */
  openComparison(sender: Principal, compact: string): Promise<LinkAccepted> {
    return this.take(sender, compact, 'comparisonOpened');
  }

  /** Passes a sealed message on. Throws `Refusal`. */
  sendMessage(sender: Principal, compact: string): Promise<LinkAccepted> {
    return this.take(sender, compact, 'comparisonMessage');
  }

  /** Decides the sender's side: one person. Throws `Refusal`. */
  confirm(sender: Principal, compact: string): Promise<LinkAccepted> {
    return this.take(sender, compact, 'linkConfirmed');
  }

  /** Decides the sender's side: not one person. Throws `Refusal`. */
  reject(sender: Principal, compact: string): Promise<LinkAccepted> {
    return this.take(sender, compact, 'linkRejected');
  }

  /** Takes a confirmed link back. Throws `Refusal`. */
  withdraw(sender: Principal, compact: string): Promise<LinkAccepted> {
    return this.take(sender, compact, 'linkWithdrawn');
  }

  private async take(sender: Principal, compact: string, event: LinkEvent): Promise<LinkAccepted> {
    const statement = await this.intake.check(compact, event, sender);
    const { logged, link } = await this.enterPrepared(sender, statement);
    if (!logged.same) throw replayed();
    const { jti, place, repeated } = logged;
    const { payloadHash } = statement;
    const receipt = this.receipts.sign(sender.member, [{ jti, payloadHash, place }]);
    return { jti, payloadHash, receivedAt: place.receivedAt, repeated, receipt, link };
  }

  /** A flag's shared parts are stored before the transaction that raises it, which says what they are: so it is begun again with them. */
  private async enterPrepared(sender: Principal, statement: CheckedLinkStatement<LinkEvent>): Promise<Entered> {
    let prepared: PreparedFlag | null = null;
    for (let tries = 1; ; tries++) {
      try {
        const flag = prepared;
        return await this.turns.take(sender.member, () =>
          this.database.asMember(sender, (transaction) => this.enter(transaction, sender, statement, flag)),
        );
      } catch (error) {
        if (!(error instanceof FlagNotPrepared) || tries === MOST_TRIES) throw error;
        prepared = await this.confirmation.prepare(error.content);
      }
    }
  }

  private async enter(
    transaction: Transaction,
    sender: Principal,
    statement: CheckedLinkStatement<LinkEvent>,
    prepared: PreparedFlag | null,
  ): Promise<Entered> {
    const { event, body, compact } = statement;
    const id = uuidOfLink(body.link) ?? '';
    await transaction.query('SELECT hold_link($1)', [id]);
    const link = await findHeld(transaction, id);
    if (!link) throw noSuchLink(event);
    const [earlier] = await findLogged(transaction, sender.member, [statement]);
    if (earlier) return { logged: earlier, link };
    assertFits(event, link);
    if (event === 'comparisonMessage') assertRoomForMessage(await messagesOf(transaction, id, sender.member));
    const entered = await enterInLog(transaction, sender.member, EVENTS[event], statement);
    if (!entered) throw replayed();
    await transaction.query('SELECT enter_link_statement($1, $2, $3, $4)', [
      id,
      entered.position,
      EVENTS[event],
      compact,
    ]);
    const after = await found(transaction, id);
    const isDecided = event === 'linkConfirmed' && after.state === 'confirmed';
    if (isDecided) await this.confirmation.settle(transaction, id, prepared);
    return { logged: entered.logged, link: isDecided ? await found(transaction, id) : after };
  }
}

async function found(transaction: Transaction, id: string): Promise<LinkRow> {
  const link = await findHeld(transaction, id);
  if (!link) throw new Error('a link that was held vanished');
  return link;
}

async function messagesOf(transaction: Transaction, id: string, issuer: string): Promise<number> {
  const text = 'SELECT count(*)::int AS sent FROM link_statement WHERE link_id = $1 AND issuer = $2 AND event = $3';
  const [row] = await transaction.query<{ sent: number }>(text, [id, issuer, EVENTS.comparisonMessage]);
  return row?.sent ?? 0;
}
