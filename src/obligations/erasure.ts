import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import { whereabouts } from '../graphql/index.js';
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
export class Erasure implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Erasure');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly accounts: ErasureAccounts,
    private readonly turn: ErasureTurn,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.surviving());
    }, EVERY_MS);
    this.timer.unref();
  }

  /** Lets the transaction under way end. */
  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Erases all that is due; what was erased, in all. Several nodes may run it at once. */
  async run(): Promise<ErasureRunBody> {
    await this.database.query('SELECT recall_readers()');
    await this.database.query(DESTROY_SALTS);
    const total = { alerts: 0, statements: 0, links: 0 };
    for (let more = true; more && !this.stopped;) {
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

  private async surviving(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.log.error(whereabouts(error));
    }
  }
}
