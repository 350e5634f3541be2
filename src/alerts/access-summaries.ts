import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Transaction } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import { decodeStatement, encodeBase64url, EVENTS, STATEMENT_TYPE } from '../protocol/index.js';
import { enterInLog } from '../transparency/index.js';
import { AccessDayTree } from './access-day-tree.js';

const EVERY_MS = 60_000;

const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon access summary')) AS mine";
const DUE = 'SELECT access_day_due()::text AS day';
/** A record is dated by the beginning of its transaction: when none of that day is under way any more, all records of it are there. */
const UNDER_WAY = `
  SELECT EXISTS (
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND xact_start < ($1::date + 1)::timestamp AT TIME ZONE 'UTC'
  ) AS still`;
const ENTER = 'SELECT enter_access_day($1, $2) AS leaf';
const KEEP = 'INSERT INTO access_summary (day, position, root, statement) VALUES ($1, $2, $3, $4)';

/**
 * Enters in the log, for each day that ended, one root over the access records of all owners, so that none can be taken back, added or changed later without
 * being found. All nodes try; one at a time does anything, and a day is entered once.
 */
@Injectable()
export class AccessSummaries implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('AccessSummaries');
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

  /** Summarises all days that ended; how many. Several nodes may run it at once. */
  async run(): Promise<number> {
    let days = 0;
    while (!this.stopped && (await this.database.asNobody((transaction) => this.summariseNext(transaction)))) days += 1;
    return days;
  }

  private async summariseNext(transaction: Transaction): Promise<boolean> {
    const [turn] = await transaction.query<{ mine: boolean }>(TURN);
    if (!turn?.mine) return false;
    const [due] = await transaction.query<{ day: string | null }>(DUE);
    const day = due?.day ?? null;
    if (day === null) return false;
    const [underWay] = await transaction.query<{ still: boolean }>(UNDER_WAY, [day]);
    if (underWay?.still !== false) return false;
    const leaves = await transaction.query<{ leaf: Buffer }>(ENTER, [day, this.hub.audience]);
    await this.enter(transaction, day, new AccessDayTree(leaves.map(({ leaf }) => leaf)).root);
    return true;
  }

  /** The summary names a day and a root: how much was read in all is nobody's to know. */
  private async enter(transaction: Transaction, day: string, root: Uint8Array): Promise<void> {
    const { audience, signingKey } = this.hub;
    const iat = Math.floor(Date.now() / 1000);
    const events = { [EVENTS.accessSummary]: { day, root: encodeBase64url(root) } };
    const claims = { iss: audience, aud: audience, iat, jti: randomUUID(), events };
    const statement = signNatively(claims, signingKey, STATEMENT_TYPE);
    const { payloadHash } = decodeStatement(statement);
    const entered = await enterInLog(transaction, audience, EVENTS.accessSummary, { claims, payloadHash });
    if (!entered) throw new Error('a fresh jti was used before');
    await transaction.query(KEEP, [day, entered.position, Buffer.from(root), statement]);
  }

  private async surviving(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      // What failed is known by its kind alone: messages of the database may quote what was bound.
      this.log.error(`summarising access failed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }
}
