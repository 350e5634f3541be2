import { Injectable } from '@nestjs/common';
import { READING_ROLES } from '../alerts/index.js';
import { Database } from '../database/index.js';
import { AccessError, type Principal } from '../graphql/index.js';
import { deliveredJti } from '../protocol/delivery/index.js';
import { ACTING_INBOX } from './acting-inbox.js';
import { bury } from './dead-letters.js';
import { DeliveredSets } from './delivered-sets.js';
import { InboxListing } from './inbox-listing.js';
import { LookTurns } from './look-turns.js';
import { notDelivered, type PollRequest } from './poll-request.js';
import { PollWaits } from './poll-waits.js';
import { ReadingOfficers } from './reading-officers.js';

/** The answer to a poll (RFC 8936 §2.3). */
export interface PollAnswer {
  /** SETs by `jti`, in the order of the inbox. */
  readonly sets: Readonly<Record<string, string>>;
  readonly moreAvailable: boolean;
}

/** What a look finds. */
interface Open {
  /** The number of the inbox; null when there is none yet. */
  readonly inbox: number | null;
  /** The numbers of the entries that are open, in order, one more than wanted. */
  readonly seqs: readonly number[];
}

const OPEN = {
  name: 'poll-open',
  text: `
    SELECT ${ACTING_INBOX} AS inbox, ARRAY(SELECT open.seq FROM (
      SELECT e.seq FROM inbox i JOIN inbox_reading r ON r.inbox_id = i.id JOIN inbox_entry e ON e.inbox_id = i.id AND e.seq > r.acknowledged
      WHERE i.id = ${ACTING_INBOX} AND NOT EXISTS (SELECT FROM inbox_settled s WHERE s.inbox_id = i.id AND s.seq = e.seq)
        AND NOT EXISTS (SELECT FROM dead_letter d WHERE d.inbox_id = i.id AND d.seq = e.seq AND d.again_at IS NULL)
      UNION
      SELECT d.seq FROM dead_letter d WHERE d.inbox_id = ${ACTING_INBOX} AND d.again_at IS NOT NULL
    ) open ORDER BY open.seq LIMIT $1) AS seqs`,
};

const GIVEN = `SELECT given FROM inbox_reading WHERE inbox_id = ${ACTING_INBOX}`;

/** Lets members fetch their inbox as SETs, at their own pace. */
@Injectable()
export class PollService {
  constructor(
    private readonly database: Database,
    private readonly officers: ReadingOfficers,
    private readonly listing: InboxListing,
    private readonly sets: DeliveredSets,
    private readonly turns: LookTurns,
    private readonly waits: PollWaits,
  ) {}

  /** Answers those who wait with what there is, as everybody from now on: the node is going away. */
  endWaiting(): void {
    this.waits.endAll();
  }

  /**
   * Takes what the receiver answers, all of it or nothing, and gives what is open: neither acknowledged nor refused, so that what was given before comes again.
   * Waits for something to come if there is nothing and the receiver wants to. Throws `Refusal` NOT_DELIVERED; `AccessError` when the asker may no longer act at
   * the end of the wait.
   */
  async poll(asker: Principal, request: PollRequest, gone: AbortSignal): Promise<PollAnswer> {
    await this.take(asker, request);
    const { seqs } = await this.firstOpen(asker, request, gone);
    await this.assertStill(asker);
    return this.give(asker, seqs.slice(0, request.maxEvents), seqs.length > request.maxEvents);
  }

  /** What is open, or what comes while the receiver waits. Who waits looks in turn, and only when there may be something. */
  private async firstOpen(
    asker: Principal,
    { maxEvents, returnImmediately }: PollRequest,
    gone: AbortSignal,
  ): Promise<Open> {
    const wait = returnImmediately || maxEvents === 0 ? null : this.waits.begin(asker, gone);
    try {
      let open = await this.open(asker, maxEvents);
      for (let goesOn = true; wait && goesOn && open.seqs.length === 0;) {
        goesOn = await wait.untilHint(open.inbox);
        if (!gone.aborted) open = await this.turns.take(() => this.open(asker, maxEvents));
      }
      return open;
    } finally {
      wait?.end();
    }
  }

  private async take(asker: Principal, { acknowledged, refused }: PollRequest): Promise<void> {
    if (acknowledged.length === 0 && refused.length === 0) return;
    await this.database.asMember(asker, async (transaction) => {
      const [row] = await transaction.query<{ given: number }>(GIVEN);
      const given = row?.given ?? 0;
      for (const [at, seq] of acknowledged.entries()) if (seq > given) throw notDelivered(['ack', String(at)]);
      for (const [at, { seq }] of refused.entries()) if (seq > given) throw notDelivered(['setErrs', String(at)]);
      for (const { seq, error } of refused) await bury(transaction, seq, error);
      await transaction.query('SELECT settle_entries($1::integer[])', [acknowledged]);
    });
  }

  private async open(asker: Principal, most: number): Promise<Open> {
    const [open] = await this.database.queryAsMember<Open>(asker, OPEN, [most + 1]);
    return open ?? { inbox: null, seqs: [] };
  }

  private async assertStill(asker: Principal): Promise<void> {
    const standing = await this.officers.standing(asker, asker.kid, READING_ROLES);
    if (typeof standing === 'string' || asker.expiresAt.getTime() <= Date.now())
      throw new AccessError('UNAUTHENTICATED');
  }

  private async give(asker: Principal, seqs: readonly number[], moreAvailable: boolean): Promise<PollAnswer> {
    const sets: Record<string, string> = {};
    for (const { first, count } of runsOf(seqs)) {
      const { page, durable } = await this.listing.page(asker, {
        ...{ page: { size: count, backward: false, after: null, before: null }, operation: 'poll' },
        ...{ afterSeq: first - 1, beforeSeq: first + count, filter: { classes: null, unreadOnly: false } },
      });
      await durable;
      const setOf = this.sets.of(asker, page);
      for (const row of page.entries) sets[deliveredJti(asker, row.seq)] = await setOf(row);
    }
    return { sets, moreAvailable };
  }
}

/** Numbers in order as runs of numbers that follow each other. */
function runsOf(seqs: readonly number[]): readonly { readonly first: number; readonly count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const seq of seqs) {
    const last = runs.at(-1);
    if (last && seq === last.first + last.count) last.count++;
    else runs.push({ first: seq, count: 1 });
  }
  return runs;
}
