import { Inject, Injectable } from '@nestjs/common';
import type { Acting } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { Refusal } from '../protocol/index.js';
import { DeadLetters } from './dead-letters.js';
import { DeliveredSets } from './delivered-sets.js';
import { DELIVERY_OPTIONS, type DeliveryOptions } from './delivery-options.js';
import { EndpointCheck } from './endpoint-check.js';
import { InboxListing, type InboxPage } from './inbox-listing.js';
import type { EntryRow } from './inbox-row.js';
import { postSet } from './push-post.js';
import { failed, type PushOutcome } from './push-outcome.js';
import { type HeldStream, PushStreams } from './push-streams.js';
import { PUSHING_ROLES, ReadingOfficers } from './reading-officers.js';
import { openAuthorization } from './sealed-authorization.js';

/** How many entries are read at once, and for how long what was read is taken as what may be read, milliseconds. */
const PAGE = 10;
const FRESH_MS = 2_000;
/** A run ends after so long, so that others get their turn, milliseconds. */
const LONGEST_RUN_MS = 20_000;

/** What is to be pushed next. */
interface Due {
  readonly page: InboxPage;
  readonly entries: readonly EntryRow[];
  readonly reader: Principal;
  /** Whether it is a dead letter that is delivered once more. */
  readonly again: boolean;
}

/** Pushes a stream: entry by entry in order, the mark after each, until there is nothing more, something fails, or it is the turn of others. */
@Injectable()
export class PushRun {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    @Inject(DELIVERY_OPTIONS) private readonly options: DeliveryOptions,
    private readonly streams: PushStreams,
    private readonly deadLetters: DeadLetters,
    private readonly officers: ReadingOfficers,
    private readonly listing: InboxListing,
    private readonly sets: DeliveredSets,
    private readonly endpoints: EndpointCheck,
  ) {}

  /** Pushes what it can of a stream, if nobody else does. What is under way when `signal` ends it counts as not done. */
  async push(stream: Acting, signal: AbortSignal): Promise<void> {
    const held = await this.streams.hold(stream);
    if (!held) return;
    try {
      const end = Date.now() + LONGEST_RUN_MS;
      for (let mark: number | null = held.row.pushed; mark !== null && Date.now() < end;)
        mark = await this.pushFrom(held, mark, signal);
    } finally {
      await this.streams.release(held);
    }
  }

  /** Pushes what comes after the mark; where it stands then, or null when the run is to end. */
  private async pushFrom(held: HeldStream, from: number, signal: AbortSignal): Promise<number | null> {
    const due = signal.aborted ? null : await this.due(held, from);
    if (!due || due.entries.length === 0) return null;
    const setOf = this.sets.of(due.reader, due.page);
    const readAt = Date.now();
    let mark = from;
    for (const entry of due.entries) {
      if (Date.now() - readAt > FRESH_MS) return mark;
      const outcome = await this.post(held, await setOf(entry), signal);
      if (signal.aborted && outcome.kind !== 'accepted') return null;
      if (!(await this.streams.record(held, entry.seq, outcome, due.again))) return null;
      if (!due.again) mark = entry.seq;
    }
    return mark;
  }

  /** Reads what is due, for the officer of the stream; null when the officer may not have it any longer, which stops the stream. */
  private async due(held: HeldStream, mark: number): Promise<Due | null> {
    const { stream, row } = held;
    const reader = await this.officers.standing(stream, row.officer_kid, PUSHING_ROLES);
    if (typeof reader === 'string') {
      await this.streams.stop(held, reader);
      return null;
    }
    const again = await this.deadLetters.nextAgain(stream);
    // What may well fail again is read alone: each reading leaves an access record.
    const size = again !== null || row.tries > 0 ? 1 : PAGE;
    const { page, durable } = await this.listing.page(reader, {
      ...{ page: { size, backward: false, after: null, before: null }, operation: 'push' },
      ...{ afterSeq: again === null ? mark : again - 1, beforeSeq: again === null ? null : again + 1 },
      filter: { classes: null, unreadOnly: false },
    });
    await durable;
    return { page, entries: page.entries.slice(0, size), reader, again: again !== null };
  }

  private async post({ stream, row }: HeldStream, set: string, signal: AbortSignal): Promise<PushOutcome> {
    const { endpoint, sealed_authorization: sealed } = row;
    let authorization: string | null;
    try {
      authorization = sealed && openAuthorization(this.hub, stream, endpoint, sealed);
    } catch {
      return failed('not-authorized'); // the hub's secret is another since: only the officer can give it anew
    }
    try {
      const patience = 1000 * this.options.answerSeconds;
      return await postSet(await this.endpoints.check(endpoint), { set, authorization }, signal, patience);
    } catch (error) {
      if (error instanceof Refusal) return failed('endpoint-not-allowed');
      throw error;
    }
  }
}
