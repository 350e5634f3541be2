import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import { decodeStatement, type ErasureRunBody, EVENTS, STATEMENT_TYPE } from '../protocol/index.js';
import { enterInLog } from '../transparency/index.js';

const EVERY_MS = 60_000;
/** How many alerts are erased in one transaction. */
const MOST_TOGETHER = 200;

const ERASE = { name: 'erasure-due', text: 'SELECT alerts, statements, links FROM erase_due($1)' };
const KEEP = {
  name: 'erasure-run-keep',
  text: 'INSERT INTO erasure_run (position, at, alerts, statements, links, statement) VALUES ($1, $2, $3, $4, $5, $6)',
};

/**
 * Erases the content of alerts some time after they ended, and looks once more who was being given an alert while it ended. All nodes try; one at a time does
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
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
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
    const total = { alerts: 0, statements: 0, links: 0 };
    for (let more = true; more && !this.stopped;) {
      const done = await this.database.asNobody((transaction) => this.eraseSome(transaction));
      total.alerts += done.alerts;
      total.statements += done.statements;
      total.links += done.links;
      more = done.alerts >= MOST_TOGETHER;
    }
    return total;
  }

  private async eraseSome(transaction: Transaction): Promise<ErasureRunBody> {
    const [done] = await transaction.query<ErasureRunBody>(ERASE, [MOST_TOGETHER]);
    if (!done) throw new Error('an erasure gave no account');
    if (done.alerts > 0) await this.account(transaction, done);
    return done;
  }

  /** Enters in the log what a run did, by number alone. */
  private async account(transaction: Transaction, { alerts, statements, links }: ErasureRunBody): Promise<void> {
    const { audience, signingKey } = this.hub;
    const iat = Math.floor(Date.now() / 1000);
    const events = { [EVENTS.erasureRun]: { alerts, statements, links } };
    const claims = { iss: audience, aud: audience, iat, jti: randomUUID(), events };
    const statement = signNatively(claims, signingKey, STATEMENT_TYPE);
    const { payloadHash } = decodeStatement(statement);
    const entered = await enterInLog(transaction, audience, EVENTS.erasureRun, { claims, payloadHash });
    if (!entered) throw new Error('a fresh jti was used before');
    const { receivedAt } = entered.logged.place;
    await transaction.query(KEEP, [entered.position, receivedAt, alerts, statements, links, statement]);
  }

  private async surviving(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      // What failed is known by its kind alone: messages of the database may quote what was bound.
      this.log.error(`erasing failed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
