import { EVENTS } from '../events.js';

/** What an inbox tells, as the last part of the event's URI. */
export const INBOX_EVENTS = [
  'alert-raised',
  'alert-updated',
  'alert-withdrawn',
  'comparison-opened',
  'comparison-message',
  'link-confirmed',
  'link-rejected',
  'link-withdrawn',
  'subject-erased',
] as const;

export type InboxEvent = (typeof INBOX_EVENTS)[number];

/** Those that are about an alert; the others are about a link. */
export const ALERT_EVENTS: readonly InboxEvent[] = [
  'alert-raised',
  'alert-updated',
  'alert-withdrawn',
  'subject-erased',
];

/** The URI of an event. */
export function eventUri(event: InboxEvent): string {
  const uri = Object.values(EVENTS).find((known) => known.endsWith(`/${event}`));
  if (uri === undefined) throw new Error('every event of an inbox is one of the protocol');
  return uri;
}
