import { fromEnum } from '../membership/index.js';
import { type AlertKind, within } from '../protocol/index.js';
import { INBOX_EVENTS, type InboxEvent } from '../protocol/delivery/index.js';
import { classesOf } from './inbox-class.js';

/** `InboxFilter` of the SDL. */
export interface GraphqlInboxFilter {
  readonly kinds?: readonly string[] | null;
  readonly events?: readonly string[] | null;
  readonly unreadOnly?: boolean | null;
}

/** Which entries are wanted. */
export interface InboxFilter {
  /** Null for all. */
  readonly classes: readonly number[] | null;
  readonly unreadOnly: boolean;
}

const KINDS: readonly AlertKind[] = ['case', 'returnee', 'pattern', 'retrafficking'];

/** Reads the filter; equal filters are equal, however they were written. */
export function readInboxFilter(filter: GraphqlInboxFilter | null | undefined): InboxFilter {
  const { kinds, events, unreadOnly } = filter ?? {};
  const known = {
    kinds: kinds == null ? null : within(['filter', 'kinds'], () => kinds.map((kind) => fromEnum(KINDS, kind))),
    events: events == null ? null : within(['filter', 'events'], () => events.map(eventOf)),
  };
  const isNarrow = known.kinds !== null || known.events !== null;
  return { classes: isNarrow ? classesOf(known.events, known.kinds) : null, unreadOnly: unreadOnly === true };
}

function eventOf(name: string): InboxEvent {
  return fromEnum(INBOX_EVENTS, name);
}
