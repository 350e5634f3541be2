import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { BackgroundWork, Rounds } from '../background/index.js';
import { Database, type Transaction, writersOf } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import { decodeStatement, encodeBase64url, EVENTS, STATEMENT_TYPE } from '../protocol/index.js';
import { enterInLog } from '../transparency/index.js';
import { AccessDayTree } from './access-day-tree.js';

const EVERY_MS = 60_000;

/** How long a closed day is waited for before the next look: tries, and milliseconds between them. */
const TRIES = 50;
const PAUSE_MS = 200;

/** How many records are hashed in one transaction: some hundredths of a second of the database's. */
const MOST_TOGETHER = 5_000;

const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon access summary')) AS mine";
const CLOSE = 'SELECT close_access_day()::text AS day';
const HASH = 'SELECT hash_access_records($1, $2, $3) AS more';
const ENTER = 'SELECT enter_access_day($1, $2) AS leaf';
const KEEP = 'INSERT INTO access_summary (day, position, root, statement) VALUES ($1, $2, $3, $4)';

/**
 * Enters in the log, for each day that ended, one root over the access records of all owners, so that none can be taken back, added or changed later without
 * being found. All nodes try; one at a time does anything, and a day is entered once.
 */
@Injectable()
export class AccessSummaries {
  private readonly rounds: Rounds;

  constructor(
    background: BackgroundWork,
    private readonly database: Database,
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
  ) {
    this.rounds = background.add(new Rounds('AccessSummaries', { everyMs: EVERY_MS }, () => this.run()));
  }

  /** Summarises all days that ended; how many. Several nodes may run it at once. */
  async run(): Promise<number> {
    let days = 0;
    while (!this.rounds.isStopped && (await this.summariseNext())) days += 1;
    return days;
  }

  private async summariseNext(): Promise<boolean> {
    const day = await this.inTurn(async (transaction) => {
      const [closed] = await transaction.query<{ day: string | null }>(CLOSE);
      return closed?.day ?? null;
    });
    if (day === null || !(await this.isWritten()) || !(await this.hashRest(day))) return false;
    const entered = await this.inTurn(async (transaction) => {
      const leaves = await transaction.query<{ leaf: Buffer }>(ENTER, [day, this.hub.audience]);
      // Another node did it meanwhile.
      if (leaves.length === 0) return null;
      await this.enter(transaction, day, new AccessDayTree(leaves.map(({ leaf }) => leaf)).root);
      return day;
    });
    return entered !== null;
  }

  /** Null while another node has its turn. */
  private inTurn<T>(work: (transaction: Transaction) => Promise<T | null>): Promise<T | null> {
    return this.database.asNobody(async (transaction) => {
      const [turn] = await transaction.query<{ mine: boolean }>(TURN);
      return turn?.mine === true ? work(transaction) : null;
    });
  }

  /** Whether everything is written that may belong to a day that was just closed: a writer locks the table before it sees which days are. */
  private async isWritten(): Promise<boolean> {
    let left = await writersOf(this.database, 'access_record');
    for (let tries = 0; left.size > 0 && tries < TRIES && !this.rounds.isStopped; tries++) {
      await pause(PAUSE_MS);
      const present = await writersOf(this.database, 'access_record');
      left = new Set([...left].filter((writer) => present.has(writer)));
    }
    return left.size === 0;
  }

  /** Hashes what is left of a day, part by part: what is hashed stays so, whatever happens to the next. Whether that was all of it. */
  private async hashRest(day: string): Promise<boolean> {
    let more: boolean | null = true;
    while (more === true && !this.rounds.isStopped)
      more = await this.inTurn(async (transaction) => {
        const [part] = await transaction.query<{ more: boolean | null }>(HASH, [
          ...[day, this.hub.audience, MOST_TOGETHER],
        ]);
        return part?.more ?? null;
      });
    return more === false;
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
}
