import { Injectable } from '@nestjs/common';
import { ArrivalSignal, MemberTurns, uuidOf } from '../alerts/index.js';
import { Database, type Transaction } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { type ErasureRunBody, EVENTS, Refusal } from '../protocol/index.js';
import { enterInLog, findLogged, type Logged, Receipts, replayed } from '../transparency/index.js';
import { type Accepted, acknowledge } from './accepted.js';
import { ErasureTurn } from './erasure-turn.js';
import { ErasureAccounts } from './erasure-accounts.js';
import { OBLIGATION_COLUMNS, type ObligationRow } from './obligation-row.js';
import { type CheckedStatement, StatementIntake } from './statement-intake.js';
import { SUBJECT_ERASURES, type SubjectErasureRow } from './subject-row.js';

/** What the hub answers for after it erased. */
export interface SubjectErased extends Accepted {
  readonly alertId: string;
  readonly erasure: SubjectErasureRow;
  /** What recipients of record owe the sender for it. */
  readonly obligations: readonly ObligationRow[];
}

const MINE = { name: 'subject-own', text: 'SELECT id FROM alert WHERE id = $1 AND sender = $2' };
const HOLD = { name: 'subject-mine', text: 'SELECT id FROM alert WHERE id = $1 AND sender = $2 FOR UPDATE' };
const ERASE = { name: 'subject-erase', text: 'SELECT alerts, statements, links FROM erase_subject($1, $2, $3, $4)' };
const WAITING = { name: 'subject-waiting', text: 'SELECT salts_waiting($1) AS waiting' };
const ACCOUNT = { name: 'subject-account', text: 'UPDATE subject_erasure SET run_position = $2 WHERE position = $1' };
const OWED = {
  name: 'subject-owed',
  text: `SELECT ${OBLIGATION_COLUMNS} FROM obligation WHERE alert_id = $1 AND creditor = $2 ORDER BY place`,
};

type Erasing = CheckedStatement<'subjectErased'>;
type Erased = Omit<SubjectErased, 'alertId'>;

/** A person's right of erasure, which the member that holds the identity brings to the hub: the hub knows nobody. */
@Injectable()
export class SubjectService {
  constructor(
    private readonly database: Database,
    private readonly intake: StatementIntake,
    private readonly receipts: Receipts,
    private readonly accounts: ErasureAccounts,
    private readonly arrivals: ArrivalSignal,
    private readonly turns: MemberTurns,
    private readonly turn: ErasureTurn,
  ) {}

  /** Erases an alert of the sender's own, and all that rests on it, at once. Throws `Refusal`. */
  async erase(sender: Principal, compact: string): Promise<SubjectErased> {
    const statement = await this.intake.check(compact, 'subjectErased', sender);
    const alertId = uuidOf(statement.body.alert);
    const erased =
      (await this.erasedBefore(sender, statement, alertId)) ?? (await this.eraseNow(sender, statement, alertId));
    // The matcher alone forgets tokens; it is told what is left to it.
    if (!erased.repeated) this.arrivals.tell();
    return { ...erased, alertId: statement.body.alert };
  }

  /** What needs no turn: refuses an alert that is not the sender's, and answers for a statement that was accepted; null when it was not. */
  private erasedBefore(sender: Principal, statement: Erasing, alertId: string | null): Promise<Erased | null> {
    return this.database.asMember(sender, async (transaction) => {
      const [alert] = await transaction.query(MINE, [alertId, sender.member]);
      if (!alert) throw noSuchAlert();
      const [earlier] = await findLogged(transaction, sender.member, [statement]);
      return earlier ? this.answer(transaction, sender, statement, alertId, earlier) : null;
    });
  }

  private eraseNow(sender: Principal, statement: Erasing, alertId: string | null): Promise<Erased> {
    const erasing = async (transaction: Transaction): Promise<Erased> => {
      await this.turn.hold(transaction);
      await transaction.query(HOLD, [alertId, sender.member]);
      const [earlier] = await findLogged(transaction, sender.member, [statement]);
      const logged = earlier ?? (await this.enter(transaction, sender, statement, alertId));
      return this.answer(transaction, sender, statement, alertId, logged);
    };
    return this.turns.take(sender.member, () => this.turn.take(() => this.database.asMember(sender, erasing)));
  }

  private async answer(
    transaction: Transaction,
    sender: Principal,
    statement: Erasing,
    alertId: string | null,
    logged: Logged,
  ): Promise<Erased> {
    const accepted = acknowledge(this.receipts, sender, statement, logged);
    const [erasure] = await transaction.query<SubjectErasureRow>(SUBJECT_ERASURES, [alertId, logged.place.index + 1]);
    if (!erasure) throw new Error('an erasure without a trace');
    return { ...accepted, erasure, obligations: await transaction.query(OWED, [alertId, sender.member]) };
  }

  private async enter(transaction: Transaction, sender: Principal, statement: Erasing, alertId: string | null) {
    const entered = await enterInLog(transaction, sender.member, EVENTS.subjectErased, statement);
    if (!entered) throw replayed();
    const { position, logged } = entered;
    const { body, compact } = statement;
    const [done] = await transaction.query<ErasureRunBody>(ERASE, [alertId, position, body.because, compact]);
    const [left] = await transaction.query<{ readonly waiting: number }>(WAITING, [position]);
    if (!done || !left) throw new Error('an erasure gave no account');
    if (done.alerts > 0) {
      const account = await this.accounts.enter(transaction, { ...done, ...left });
      await transaction.query(ACCOUNT, [position, account.position]);
    }
    return logged;
  }
}

/** An alert that there is not and one of others are answered alike. */
function noSuchAlert(): Refusal {
  return new Refusal(
    'NOT_FOUND',
    'There is no such alert of yours.',
    'Check the alert’s id; only the sender may erase it.',
    ['events', EVENTS.subjectErased, 'alert'],
  );
}
