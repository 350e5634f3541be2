import { Injectable } from '@nestjs/common';
import { addressedTo, Conditions, contentOf, HUB_SENDER, MemberTurns, uuidOf } from '../alerts/index.js';
import { Database, type Transaction } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { MemberDirectory } from '../membership/index.js';
import { EVENTS, type PermissionEvent, permissionIdOf } from '../protocol/index.js';
import { enterInLog, findLogged, Receipts, replayed } from '../transparency/index.js';
import { type Accepted, acknowledge } from './accepted.js';
import { PERMISSION_COLUMNS, type PermissionRow, uuidOfPermission } from './permission-row.js';
import {
  askedAlready,
  assertAnswerable,
  assertDestination,
  assertPermissible,
  assertUntil,
  noSuchAlert,
  noSuchPermission,
} from './permission-rules.js';
import { type CheckedStatement, StatementIntake } from './statement-intake.js';

/** What the hub answers for after it took a statement about a permission in. */
export interface PermissionAccepted extends Accepted {
  readonly permission: PermissionRow;
}

const FIND = { name: 'permission-find', text: `SELECT ${PERMISSION_COLUMNS} FROM permission WHERE id = $1` };
const HOLD = {
  name: 'permission-hold',
  text: `SELECT ${PERMISSION_COLUMNS} FROM permission WHERE id = $1 AND provider = $2 FOR UPDATE`,
};
/** Asked before anything is logged: what is taken back leaves a void entry. */
const ASKED = {
  name: 'permission-asked',
  text: `SELECT FROM permission WHERE alert_id = $1 AND asker = $2 AND use = $3 AND purpose = $4
    AND coalesce(to_member, to_country) = $5 AND state = 'asked'`,
};
const ASK = {
  name: 'permission-ask',
  text: `INSERT INTO permission (id, alert_id, asker, provider, use, purpose, to_member, to_country, asked_at, request)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING ${PERMISSION_COLUMNS}`,
};
const GIVE = {
  name: 'permission-give',
  text: `UPDATE permission SET state = 'given', until = $2, answers = answers || $3::text WHERE id = $1 RETURNING ${PERMISSION_COLUMNS}`,
};
const REFUSE = {
  name: 'permission-refuse',
  text: `UPDATE permission SET state = 'refused', reason = $2, answers = answers || $3::text WHERE id = $1 RETURNING ${PERMISSION_COLUMNS}`,
};
const EXPIRY = { name: 'permission-alert-expiry', text: 'SELECT expires_at FROM alert WHERE id = $1 AND sender = $2' };

/** What a recipient asks of a sender beyond what the handling code leaves free, and what the sender says. */
@Injectable()
export class PermissionService {
  constructor(
    private readonly database: Database,
    private readonly directory: MemberDirectory,
    private readonly intake: StatementIntake,
    private readonly receipts: Receipts,
    private readonly turns: MemberTurns,
  ) {}

  /** Takes a request in. Throws `Refusal`. */
  async ask(sender: Principal, compact: string): Promise<PermissionAccepted> {
    const statement = await this.intake.check(compact, 'permissionAsked', sender);
    const named = statement.body.to.member;
    const member = named === undefined ? null : await this.directory.find(named);
    const mandate = member?.state === 'active' ? member.mandate : null;
    return this.inTurn(sender, async (transaction) => {
      const id = permissionIdOf(sender.member, statement.claims.jti).slice('permission:'.length);
      const [earlier] = await findLogged(transaction, sender.member, [statement]);
      if (earlier) {
        const accepted = acknowledge(this.receipts, sender, statement, earlier);
        return { ...accepted, permission: await found(transaction.query<PermissionRow>(FIND, [id])) };
      }
      return this.enterRequest(transaction, sender, statement, id, mandate);
    });
  }

  /** Takes in that the sender gives a permission. Throws `Refusal`. */
  async give(sender: Principal, compact: string): Promise<PermissionAccepted> {
    const statement = await this.intake.check(compact, 'permissionGiven', sender);
    const { until, permission } = statement.body;
    return this.answer(sender, statement, permission, async (transaction, row) => {
      const [alert] = await transaction.query<{ expires_at: Date }>(EXPIRY, [row.alert_id, sender.member]);
      if (!alert) throw new Error('a permission is about no alert of its provider');
      assertUntil(until, alert.expires_at);
      return () => transaction.query<PermissionRow>(GIVE, [row.id, until, compact]);
    });
  }

  /** Takes in that the sender refuses a permission, or takes it back. Throws `Refusal`. */
  async refuse(sender: Principal, compact: string): Promise<PermissionAccepted> {
    const statement = await this.intake.check(compact, 'permissionRefused', sender);
    const { reason, permission } = statement.body;
    return this.answer(sender, statement, permission, (transaction, row) =>
      Promise.resolve(() => transaction.query<PermissionRow>(REFUSE, [row.id, reason, compact])),
    );
  }

  private async enterRequest(
    transaction: Transaction,
    sender: Principal,
    statement: CheckedStatement<'permissionAsked'>,
    id: string,
    mandate: readonly string[] | null,
  ): Promise<PermissionAccepted> {
    const { body, compact } = statement;
    const alertId = uuidOf(body.alert);
    const alert = await readable(transaction, sender, alertId);
    if (!alert) throw noSuchAlert();
    const content = contentOf(alert.statement);
    assertPermissible(body, content, alert.sender === HUB_SENDER);
    assertDestination(body, content, alert.sender, sender, mandate);
    const asked = [alertId, sender.member, body.use, body.purpose, body.to.member ?? body.to.country];
    if ((await transaction.query(ASKED, asked)).length > 0) throw askedAlready();
    const entered = await enterInLog(transaction, sender.member, EVENTS.permissionAsked, statement);
    if (!entered) throw replayed();
    const { receivedAt } = entered.logged.place;
    const [permission] = await transaction.query<PermissionRow>(ASK, [
      ...[id, alertId, sender.member, alert.sender, body.use, body.purpose],
      ...[body.to.member ?? null, body.to.country ?? null, receivedAt, compact],
    ]);
    if (!permission) throw askedAlready();
    return { ...acknowledge(this.receipts, sender, statement, entered.logged), permission };
  }

  private inTurn<T>(sender: Principal, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.turns.take(sender.member, () => this.database.asMember(sender, work));
  }

  /** The common course of answers: find, refuse what is closed, log, change. `prepare` refuses what does not fit before anything is logged. */
  private async answer(
    sender: Principal,
    statement: CheckedStatement<PermissionEvent>,
    id: string,
    prepare: (transaction: Transaction, row: PermissionRow) => Promise<() => Promise<PermissionRow[]>>,
  ): Promise<PermissionAccepted> {
    const { event } = statement;
    return this.inTurn(sender, async (transaction) => {
      const [row] = await transaction.query<PermissionRow>(HOLD, [uuidOfPermission(id), sender.member]);
      if (!row) throw noSuchPermission(event);
      const [earlier] = await findLogged(transaction, sender.member, [statement]);
      if (earlier) return { ...acknowledge(this.receipts, sender, statement, earlier), permission: row };
      assertAnswerable(event, row);
      const apply = await prepare(transaction, row);
      const entered = await enterInLog(transaction, sender.member, EVENTS[event], statement);
      if (!entered) throw replayed();
      return { ...acknowledge(this.receipts, sender, statement, entered.logged), permission: await found(apply()) };
    });
  }
}

/** An alert of others that the sender may read now; no content leaves the hub by it, so that no access is recorded. */
async function readable(
  transaction: Transaction,
  sender: Principal,
  id: string | null,
): Promise<{ readonly sender: string; readonly statement: string } | null> {
  const conditions = new Conditions();
  const bound = conditions.bind(id);
  const addressed = addressedTo(sender, conditions);
  const text = `SELECT a.sender, a.statement FROM alert a WHERE a.id = ${bound} AND a.statement IS NOT NULL AND ${addressed}`;
  const [row] = await transaction.query<{ sender: string; statement: string }>(text, conditions.values);
  return row ?? null;
}

async function found(rows: Promise<PermissionRow[]>): Promise<PermissionRow> {
  const [row] = await rows;
  if (!row) throw new Error('a permission vanished');
  return row;
}
