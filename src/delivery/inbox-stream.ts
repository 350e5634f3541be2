import type { LiveStream, Principal } from '../graphql/index.js';
import { Refusal } from '../protocol/index.js';
import type { ArrivalHints } from './arrival-hints.js';
import { Doze } from './doze.js';
import type { InboxCursors } from './inbox-cursors.js';
import type { InboxFilter } from './inbox-filter.js';
import type { InboxListing, InboxPage } from './inbox-listing.js';
import type { InboxPresenter } from './inbox-presenter.js';
import type { InboxState } from './inbox-row.js';
import type { LookTurns } from './look-turns.js';
import { type EndedView, endedBy, SHUTTING_DOWN, TOKEN_EXPIRED } from './stream-end.js';

/** `InboxMessage` of the SDL. */
export type MessageView = EdgeView | HeartbeatView | DiscontinuityView | EndedView;

interface EdgeView {
  readonly __typename: 'InboxEdge';
  readonly cursor: () => string;
  readonly node: object;
}

interface HeartbeatView {
  readonly __typename: 'InboxHeartbeat';
  readonly head: () => object;
  readonly cursor: () => string;
  readonly unreadCount: number;
}

interface DiscontinuityView {
  readonly __typename: 'InboxDiscontinuity';
  readonly from: number;
  readonly to: number;
}

/** How many entries are read at once: all that is kept for a reader who does not take them. */
const PAGE = 100;
/** For how long a page may be shown after it was read, milliseconds. Then the rest of it is read again: the reader may have lost what it might read. */
const FRESH = 5_000;
/** The shortest time between two looks that hints lead to, milliseconds: hints cost nothing to whoever makes them up. */
const BETWEEN_LOOKS = 50;

/** What a stream reads with. */
export interface InboxStreamParts {
  readonly listing: InboxListing;
  readonly presenter: InboxPresenter;
  readonly hints: ArrivalHints;
  readonly turns: LookTurns;
}

/** What is wanted of which inbox, and over which connection. */
export interface InboxStreamRequest {
  /** The number of the entry after which the stream begins; 0 for the beginning. */
  readonly afterSeq: number;
  readonly filter: InboxFilter;
  readonly cursors: InboxCursors;
  readonly live: LiveStream;
}

/**
 * An inbox as it fills: page after page of the ordinary listing, each under what the reader may at that moment, then a wait for a hint or for the time of the
 * next heartbeat. Nothing is kept for the reader but where it stands and the page that it is being given.
 */
export class InboxStream {
  private readonly doze = new Doze();
  private at: number;
  private inbox: number | null = null;
  private unsubscribe: () => void = () => undefined;
  private heartbeatAt = 0;
  /** Whether all that there was at the last look has been told. */
  private isCaughtUp = false;
  private lookedAt = 0;

  constructor(
    private readonly parts: InboxStreamParts,
    private readonly request: InboxStreamRequest,
  ) {
    this.at = request.afterSeq;
  }

  /** The messages, until the stream is to end. */
  async *messages(): AsyncGenerator<MessageView, void, undefined> {
    this.unsubscribe = this.parts.hints.subscribe(null, this.doze.wake);
    for (const signal of [this.live.gone, this.live.ending]) signal.addEventListener('abort', this.doze.wake);
    try {
      while (!this.live.gone.aborted) {
        const reader = await this.reader();
        if ('__typename' in reader) {
          yield reader;
          return;
        }
        if (yield* this.isCaughtUp ? this.tellHead(reader) : this.tellPage(reader)) await this.rest();
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      yield endedBy(error); // the reader may not act any longer since it was asked how it stands
    } finally {
      this.unsubscribe();
    }
  }

  private get live(): LiveStream {
    return this.request.live;
  }

  /** The reader as it stands now, or how the stream ends. */
  private async reader(): Promise<Principal | EndedView> {
    if (this.live.ending.aborted) return SHUTTING_DOWN;
    if (this.live.left <= 0) return TOKEN_EXPIRED;
    try {
      return await this.live.reader();
    } catch (error) {
      if (error instanceof Refusal) return endedBy(error);
      throw error;
    }
  }

  /** Tells how the inbox stands, when it is time and nothing has come; whether nothing has. Most looks of a quiet stream are no more than this. */
  private async *tellHead(reader: Principal): AsyncGenerator<MessageView, boolean, undefined> {
    const state = await this.parts.turns.take(() => this.parts.listing.state(reader));
    this.lookedAt = Date.now();
    this.isCaughtUp = state.last_seq === this.at;
    if (!this.isCaughtUp) return false;
    yield* this.beat(reader, state);
    return true;
  }

  private async look(reader: Principal): Promise<InboxPage> {
    const page = await this.parts.turns.take(async () => {
      this.lookedAt = Date.now();
      const read = await this.parts.listing.page(reader, {
        operation: 'inbox',
        page: { size: PAGE, backward: false, after: null, before: null },
        ...{ afterSeq: this.at, beforeSeq: null, filter: this.request.filter },
      });
      await read.durable;
      return read.page;
    });
    this.listenFor(page.state.inbox_id);
    return page;
  }

  /** Once the inbox is known, hints at others are none for this reader. */
  private listenFor(inbox: number | null): void {
    if (inbox === this.inbox) return;
    const before = this.unsubscribe;
    this.unsubscribe = this.parts.hints.subscribe(inbox, this.doze.wake);
    this.inbox = inbox;
    before();
  }

  /** Tells the next page; whether the reader has all that there was. */
  private async *tellPage(reader: Principal): AsyncGenerator<MessageView, boolean, undefined> {
    const page = await this.look(reader);
    const { cursors } = this.request;
    const { last_seq: last } = page.state;
    if (this.at > last) {
      yield { __typename: 'InboxDiscontinuity', from: this.at, to: last };
      this.at = last;
      return false;
    }
    const show = this.parts.presenter.entries(reader, page);
    for (const entry of page.entries.slice(0, PAGE)) {
      if (this.isOver || Date.now() - this.lookedAt > FRESH) return false;
      yield { __typename: 'InboxEdge', cursor: () => cursors.of(entry.seq), node: show(entry) };
      this.at = entry.seq;
    }
    if (page.entries.length > PAGE) return false;
    this.at = last;
    this.isCaughtUp = true;
    yield* this.beat(reader, page.state);
    return true;
  }

  /** A heartbeat, when it is time for one. */
  private *beat(reader: Principal, state: InboxState): Generator<MessageView, void, undefined> {
    if (Date.now() < this.heartbeatAt) return;
    const { cursors, live } = this.request;
    this.heartbeatAt = Date.now() + live.limits.heartbeat;
    yield {
      __typename: 'InboxHeartbeat',
      head: () => this.parts.presenter.head(reader, state),
      cursor: () => cursors.of(state.last_seq),
      unreadCount: state.last_seq - state.acknowledged,
    };
  }

  private get isOver(): boolean {
    return this.live.gone.aborted || this.live.ending.aborted || this.live.left <= 0;
  }

  private async rest(): Promise<void> {
    const now = Date.now();
    await this.doze.upTo(Math.min(this.heartbeatAt - now, this.live.left));
    const tooSoon = this.lookedAt + BETWEEN_LOOKS - Date.now();
    if (tooSoon > 0 && !this.isOver) await new Promise((resolve) => setTimeout(resolve, tooSoon));
  }
}
