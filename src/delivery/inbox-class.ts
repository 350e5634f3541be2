import type { AlertKind } from '../protocol/index.js';
import { ALERT_EVENTS, INBOX_EVENTS, type InboxEvent } from '../protocol/delivery/index.js';

/** The kinds of alerts in the order of the column `class` of the table `inbox_entry`. */
const KINDS: readonly AlertKind[] = ['case', 'returnee', 'pattern', 'retrafficking'];

/** The event of an entry of this class. */
export function eventOfClass(entryClass: number): InboxEvent {
  const event = INBOX_EVENTS[Math.floor(entryClass / 8) - 1];
  if (!event) throw new Error('an entry of an unknown class');
  return event;
}

/** The classes of the entries of these events and kinds; null does not narrow. Kinds leave out what is about links. */
export function classesOf(events: readonly InboxEvent[] | null, kinds: readonly AlertKind[] | null): readonly number[] {
  return INBOX_EVENTS.flatMap((event, at) => {
    if (events && !events.includes(event)) return [];
    const first = 8 * (at + 1);
    // Only what is about alerts has a kind.
    if (!ALERT_EVENTS.includes(event)) return kinds ? [] : [first];
    return KINDS.flatMap((kind, place) => (kinds && !kinds.includes(kind) ? [] : [first + place + 1]));
  });
}
