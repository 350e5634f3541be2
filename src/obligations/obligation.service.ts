import { Injectable } from '@nestjs/common';
import { MemberTurns, uuidOf } from '../alerts/index.js';
import { Database, type Transaction } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { EVENTS, type ObligationEvent, Refusal } from '../protocol/index.js';
import { enterInLog, findLogged, Receipts, replayed } from '../transparency/index.js';
import { type Accepted, acknowledge } from './accepted.js';
import { OBLIGATION_COLUMNS, type ObligationRow } from './obligation-row.js';
import { type CheckedStatement, StatementIntake } from './statement-intake.js';

/** What the hub answers for after it took an answer in. */
export interface ObligationAccepted extends Accepted {
  readonly obligations: readonly ObligationRow[];
}

const HOLD = { name: 'obligation-hold', text: `SELECT ${OBLIGATION_COLUMNS} FROM own_obligations($1)` };
const ANSWER = { name: 'obligation-answer', text: 'SELECT answer_obligation($1, $2, $3, $4, $5)' };

/** What members say of alerts that ended and that they had been given. */
@Injectable()
export class ObligationService {
  constructor(
    private readonly database: Database,
    private readonly intake: StatementIntake,
    private readonly receipts: Receipts,
    private readonly turns: MemberTurns,
  ) {}

  /** Takes in that the sender erased an alert. Throws `Refusal`. */
  async stateErased(sender: Principal, compact: string): Promise<ObligationAccepted> {
    return this.take(sender, await this.intake.check(compact, 'alertErased', sender), null);
  }

  /** Takes in that the sender keeps an alert, and on what ground. Throws `Refusal`. */
  async stateRetained(sender: Principal, compact: string): Promise<ObligationAccepted> {
    const statement = await this.intake.check(compact, 'alertRetained', sender);
    return this.take(sender, statement, statement.body.because);
  }

  private async take(
    sender: Principal,
    statement: CheckedStatement<ObligationEvent>,
    because: string | null,
  ): Promise<ObligationAccepted> {
    const { event, body, compact } = statement;
    const alertId = uuidOf(body.alert);
    return this.inTurn(sender, async (transaction) => {
      const held = await hold(transaction, alertId);
      if (held.length === 0) throw noObligation(event);
      const [earlier] = await findLogged(transaction, sender.member, [statement]);
      if (earlier) return { ...acknowledge(this.receipts, sender, statement, earlier), obligations: held };
      if (held.every(({ state }) => state === 'erased')) throw answered(event);
      const entered = await enterInLog(transaction, sender.member, EVENTS[event], statement);
      if (!entered) throw replayed();
      await transaction.query(ANSWER, [alertId, entered.position, EVENTS[event], because, compact]);
      const obligations = await hold(transaction, alertId);
      return { ...acknowledge(this.receipts, sender, statement, entered.logged), obligations };
    });
  }

  private inTurn<T>(sender: Principal, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.turns.take(sender.member, () => this.database.asMember(sender, work));
  }
}

/** The sender's obligations about an alert, held until the transaction ends. */
function hold(transaction: Transaction, alertId: string | null): Promise<ObligationRow[]> {
  return transaction.query<ObligationRow>(HOLD, [alertId]);
}

/** An alert that there is not, one of others, one in force and one that was never read are answered alike. */
function noObligation(event: ObligationEvent): Refusal {
  return new Refusal(
    'NOT_FOUND',
    'You owe no statement about such an alert.',
    'See the query obligations for what you owe.',
    ['events', EVENTS[event], 'alert'],
  );
}

function answered(event: ObligationEvent): Refusal {
  return new Refusal(
    'OBLIGATION_ANSWERED',
    'You signed before that this alert was erased.',
    'Nothing is left to be said; what was erased cannot be kept.',
    ['events', EVENTS[event], 'alert'],
  );
}
