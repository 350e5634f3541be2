import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Acting, Database, type Transaction } from '../database/index.js';
import { ACTING_INBOX, OF_ACTING } from './acting-inbox.js';
import { backOff } from './back-off.js';
import { bury } from './dead-letters.js';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import type { PushOutcome } from './push-outcome.js';
import type { Barred } from './reading-officers.js';

/** Why a stream does not go on until an officer sets it up anew. */
export type StopReason = Barred | 'tries-used-up';

/** A row of the table `push_stream`, with how far the inbox goes. */
export interface StreamRow {
  readonly endpoint: string;
  readonly sealed_authorization: Buffer | null;
  readonly officer: string;
  readonly officer_kid: string;
  readonly configured_at: Date;
  /** The same to the microsecond, by which one setting-up is told from the next. */
  readonly set_up: string;
  readonly stopped_for: StopReason | null;
  /** The number of the last entry that was pushed, or refused. */
  readonly pushed: number;
  /** How often in a row the next entry could not be delivered. */
  readonly tries: number;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
  readonly next_try_at: Date;
  readonly last_seq: number;
}

/** What an officer sets up. */
export interface StreamSetUp {
  readonly endpoint: string;
  readonly sealedAuthorization: Buffer | null;
  readonly officer: string;
  readonly kid: string;
}

/** A stream that this run alone pushes, as long as it keeps at it. */
export interface HeldStream {
  readonly stream: Acting;
  readonly holder: string;
  readonly row: StreamRow;
}

/** What a run may take besides one connection and one answer, seconds: the name, and what is read and written. */
const BESIDES_ANSWER = 10;
const FREE = "holder = NULL, held_until = '-infinity'";
const COLUMNS = `endpoint, sealed_authorization, officer, officer_kid, configured_at, configured_at::text AS set_up, stopped_for,
  pushed, tries, last_error, last_error_at, next_try_at,
  coalesce((SELECT i.last_seq FROM inbox i WHERE i.id = ${ACTING_INBOX}), 0) AS last_seq`;

/** That the run still has the stream, and the stream is as it was when the run took it; `$1` is its holder, `$2` its setting-up. */
const STILL_HELD = `${OF_ACTING} AND holder = $1 AND configured_at = $2::timestamptz`;

/**
 * Keeps the streams. Whoever pushes one holds it; what a run does that has lost its hold moves nothing. Setting a stream up anew leaves it held until the run
 * ends that has it, which moves nothing from then on: a stream has one connection, however often it is set up.
 */
@Injectable()
export class PushStreams {
  /** How long a run has a stream after its last sign of life, seconds. */
  private readonly heldSeconds: number;

  constructor(
    private readonly database: Database,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
  ) {
    this.heldSeconds = 2 * options.answerSeconds + BESIDES_ANSWER;
  }

  /** The stream of the acting inbox; null for none. */
  async find(stream: Acting): Promise<StreamRow | null> {
    const [row] = await this.database.queryAsMember<StreamRow>(
      stream,
      `SELECT ${COLUMNS} FROM push_stream WHERE ${OF_ACTING}`,
    );
    return row ?? null;
  }

  /** Sets a stream up, or up anew, and lets it go on, once the run ends that has it. A new one begins after what was acknowledged. */
  async configure(stream: Acting, { endpoint, sealedAuthorization, officer, kid }: StreamSetUp): Promise<StreamRow> {
    const text = `
      INSERT INTO push_stream (member, purpose, endpoint, sealed_authorization, officer, officer_kid, pushed)
      VALUES ($1, $2, $3, $4, $5, $6, coalesce((SELECT r.acknowledged FROM inbox_reading r WHERE r.inbox_id = ${ACTING_INBOX}), 0))
      ON CONFLICT (member, purpose) DO UPDATE SET endpoint = $3, sealed_authorization = $4, officer = $5, officer_kid = $6, configured_at = now(),
        stopped_for = NULL, tries = 0, last_error = NULL, last_error_at = NULL, next_try_at = now()
      RETURNING ${COLUMNS}`;
    const values = [stream.member, stream.purpose, endpoint, sealedAuthorization, officer, kid];
    const [row] = await this.database.queryAsMember<StreamRow>(stream, text, values);
    if (!row) throw new Error('a stream that was written is not there');
    return row;
  }

  /** Ends a stream; whether there was one. */
  async remove(stream: Acting): Promise<boolean> {
    return (
      (await this.database.queryAsMember(stream, `DELETE FROM push_stream WHERE ${OF_ACTING} RETURNING 1`)).length > 0
    );
  }

  /** Lets a stream that waits for its next try take it now, but no sooner after a failure than the second try comes after the first. */
  async hurry(stream: Acting): Promise<void> {
    const text = `UPDATE push_stream
      SET next_try_at = least(next_try_at, greatest(now(), last_error_at + $1 * interval '1 second')) WHERE ${OF_ACTING}`;
    await this.database.queryAsMember(stream, text, [this.options.retrySeconds]);
  }

  /** Which streams have something to push and nobody at it. Stops those whose member may not act: no transaction can act for it to say so. */
  due(): Promise<Acting[]> {
    return this.database.query<Acting>({ name: 'push-due', text: 'SELECT * FROM due_push_streams()' });
  }

  /** Takes a stream for this run; null when another has it, or it is not its time. */
  async hold(stream: Acting): Promise<HeldStream | null> {
    const holder = randomUUID();
    const text = `UPDATE push_stream SET holder = $1, held_until = now() + $2 * interval '1 second'
      WHERE ${OF_ACTING} AND stopped_for IS NULL AND next_try_at <= now() AND held_until < now() RETURNING ${COLUMNS}`;
    const [row] = await this.database.queryAsMember<StreamRow>(stream, text, [holder, this.heldSeconds]);
    return row ? { stream, holder, row } : null;
  }

  async release({ stream, holder }: HeldStream): Promise<void> {
    const text = `UPDATE push_stream SET ${FREE} WHERE ${OF_ACTING} AND holder = $1`;
    await this.database.queryAsMember(stream, text, [holder]);
  }

  /** Stops a stream for a reason. */
  async stop({ stream, holder, row }: HeldStream, reason: StopReason): Promise<void> {
    const text = `UPDATE push_stream SET stopped_for = $3, ${FREE} WHERE ${STILL_HELD}`;
    await this.database.queryAsMember(stream, text, [holder, row.set_up, reason]);
  }

  /**
   * Writes down what became of the next entry, or with `again` of a dead letter that was delivered once more. Whether the run goes on: not when it failed, and
   * not when another run has the stream or it was set up anew.
   */
  async record(held: HeldStream, seq: number, outcome: PushOutcome, again: boolean): Promise<boolean> {
    if (outcome.kind === 'failed') return this.recordFailure(held, outcome.error);
    return this.database.asMember(held.stream, async (transaction) => {
      if (!(await this.move(transaction, held, seq, again))) return false;
      if (outcome.kind === 'accepted') await transaction.query('SELECT settle_entries(ARRAY[$1::integer])', [seq]);
      else await bury(transaction, seq, outcome.error);
      return true;
    });
  }

  private async recordFailure({ stream, holder, row }: HeldStream, error: string): Promise<false> {
    const text = `UPDATE push_stream SET tries = tries + 1, last_error = $3, last_error_at = now(), next_try_at = now() + $4 * interval '1 second',
      stopped_for = CASE WHEN tries + 1 >= $5 THEN 'tries-used-up' END, ${FREE} WHERE ${STILL_HELD}`;
    const wait = backOff(row.tries + 1, this.options.retrySeconds, Math.random());
    await this.database.queryAsMember(stream, text, [holder, row.set_up, error, wait, this.options.tries]);
    return false;
  }

  /** Moves the mark, if this run still has the stream. */
  private async move(
    transaction: Transaction,
    { holder, row }: HeldStream,
    seq: number,
    again: boolean,
  ): Promise<boolean> {
    const mark = again ? 'pushed' : '$3::integer';
    const text = `UPDATE push_stream SET pushed = ${mark}, tries = 0, last_error = NULL, last_error_at = NULL, held_until = now() + $4 * interval '1 second'
      WHERE ${STILL_HELD} AND ${again ? '$3::integer IS NOT NULL' : 'pushed = $3::integer - 1'} RETURNING 1`;
    return (await transaction.query(text, [holder, row.set_up, seq, this.heldSeconds])).length > 0;
  }
}
