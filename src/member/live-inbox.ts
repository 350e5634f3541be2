import type { InboxFilterInput } from './documents/inbox.js';
import {
  INBOX_LIVE,
  type LiveDiscontinuity,
  type LiveEdge,
  type LiveHeartbeat,
  type LiveMessage,
} from './documents/inbox-live.js';
import { BusyHub } from './graphql-stream.js';
import type { MemberClient } from './member-client.js';
import { isTransient, MemberError } from './member-error.js';
import { pause } from './pause.js';

/** What whoever follows an inbox is given. */
export type Followed = LiveEdge | LiveHeartbeat | LiveDiscontinuity;

/** How an inbox is followed. */
export interface FollowOptions {
  /** Only what follows this cursor; from the beginning without one. */
  readonly after?: string | null;
  readonly filter?: InboxFilterInput;
  /** Ends the following. */
  readonly signal?: AbortSignal;
  /** A connection on which nothing at all came for so long is given up, milliseconds. */
  readonly silence?: number;
  /** The longest first pause before another try, which doubles from try to try up to a minute, milliseconds. */
  readonly pause?: number;
}

const LONGEST_PAUSE = 60_000;

/** Where a following stands. */
interface Standing {
  cursor: string | null;
  seq: number;
  /** Tries since anything came. */
  tries: number;
}

/**
 * The inbox as it fills: every entry once and in order, however often the connection breaks and whichever node answers. Ends when `signal` does. Throws
 * `MemberError` TOKEN_REFUSED when the officer may not read any longer, or `Refusal`, when another try would do no better.
 */
export async function* followInboxLive(
  client: MemberClient,
  options: FollowOptions = {},
): AsyncGenerator<Followed, void, undefined> {
  const { signal = new AbortController().signal } = options;
  const place: Standing = { cursor: options.after ?? null, seq: 0, tries: 0 };
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    let broken: unknown = null;
    try {
      yield* once(client, options, place, signal);
    } catch (error) {
      if (!isOver() && !isTransient(error)) throw error;
      broken = error;
    }
    await pause(untilNext(broken, place, options), signal);
  }
}

/** What comes over one connection. */
async function* once(
  client: MemberClient,
  { filter, silence = 45_000 }: FollowOptions,
  place: Standing,
  outer: AbortSignal,
): AsyncGenerator<Followed, void, undefined> {
  place.tries++;
  const cut = new AbortController();
  const signal = AbortSignal.any([outer, cut.signal]);
  let watch = setTimeout(() => undefined, 0);
  const onSign = (): void => {
    clearTimeout(watch);
    watch = setTimeout(() => {
      cut.abort();
    }, silence);
  };
  onSign();
  try {
    const variables = { after: place.cursor, filter };
    for await (const { inbox } of client.subscribe<{ inbox: LiveMessage }>(INBOX_LIVE, variables, { signal, onSign })) {
      clearTimeout(watch); // whoever takes its time with what it was given is not kept waiting by the hub
      if (inbox.__typename === 'InboxEnded') {
        if (!inbox.again) throw endedForGood(inbox.message);
        return;
      }
      place.tries = 0;
      if (isNew(inbox, place)) yield inbox;
      onSign();
    }
  } finally {
    clearTimeout(watch);
    cut.abort();
  }
}

/** Whether a message was not given before; moves the place. */
function isNew(message: Followed, place: Standing): boolean {
  if (message.__typename === 'InboxDiscontinuity') {
    place.seq = message.to;
    return true;
  }
  place.cursor = message.cursor;
  if (message.__typename === 'InboxHeartbeat') return true;
  const { seq } = message.node;
  if (seq <= place.seq) return false;
  place.seq = seq;
  return true;
}

/** Doubled from try to try, and drawn: those whom a node lost together do not come back together. */
function untilNext(error: unknown, { tries }: Standing, { pause: first = 500 }: FollowOptions): number {
  if (error instanceof BusyHub) return error.retryAfter * (1 + Math.random());
  return Math.random() * Math.min(LONGEST_PAUSE, first * 2 ** Math.min(tries, 16));
}

function endedForGood(why: string): MemberError {
  return new MemberError('TOKEN_REFUSED', `The hub ended the stream. ${why}`, 'See what the member has to do.', []);
}
