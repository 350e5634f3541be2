import { Injectable } from '@nestjs/common';
import { BackgroundWork, Rounds } from '../background/index.js';
import { Database, type Transaction } from '../database/index.js';
import type { ErasureRunBody } from '../protocol/index.js';
import { ErasureTurn } from './erasure-turn.js';
import { ErasureAccounts } from './erasure-accounts.js';

const EVERY_MS = 60_000;
/** How many alerts are erased in one transaction. */
const MOST_TOGETHER = 200;

const ERASE = { name: 'erasure-due', text: 'SELECT alerts, statements, links FROM erase_due($1)' };
const DESTROY_SALTS = 'SELECT destroy_waiting_salts()';

/**
 * Erases the content of alerts some time after they ended, and the salts that an erasure had to leave, and looks once more who was being given an alert while it
 * ended. All nodes try; one at a time does
 * anything. What a run erased and the account of it come to be in one transaction, or neither does.
 */
@Injectable()
export class Erasure {
  private readonly rounds: Rounds;

  constructor(
    background: BackgroundWork,
    private readonly database: Database,
    private readonly accounts: ErasureAccounts,
    private readonly turn: ErasureTurn,
  ) {
    this.rounds = background.add(new Rounds('Erasure', { everyMs: EVERY_MS }, () => this.run()));
  }

  /** Erases all that is due; what was erased, in all. Several nodes may run it at once. */
  async run(): Promise<ErasureRunBody> {
    await this.database.query('SELECT recall_readers()');
    await this.database.query(DESTROY_SALTS);
    const total = { alerts: 0, statements: 0, links: 0 };
    for (let more = true; more && !this.rounds.isStopped;) {
      const done = await this.turn.take(() => this.database.asNobody((transaction) => this.eraseSome(transaction)));
      total.alerts += done.alerts;
      total.statements += done.statements;
      total.links += done.links;
      more = done.alerts >= MOST_TOGETHER;
    }
    return total;
  }

  private async eraseSome(transaction: Transaction): Promise<ErasureRunBody> {
    await this.turn.hold(transaction);
    const [done] = await transaction.query<ErasureRunBody>(ERASE, [MOST_TOGETHER]);
    if (!done) throw new Error('an erasure gave no account');
    if (done.alerts > 0) await this.accounts.enter(transaction, done);
    return done;
  }
}
