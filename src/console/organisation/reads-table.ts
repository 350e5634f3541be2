import type { AccessRecordAnswer } from '../../member/documents/index.js';
import { csvLine } from '../../member/index.js';

/** The head of the file of who read what; codes, so that programs read it in any language. */
const HEAD = ['at', 'reader', 'country', 'officer', 'purpose', 'operation', 'alerts'];

/** Who read what, as CSV (RFC 4180): a line each, the alerts parted by spaces; counting names none. */
export function readsCsv(reads: readonly AccessRecordAnswer[]): string {
  const lines = reads.map(({ at, reader, officer, purpose, operation, alertIds }) =>
    csvLine([at, reader.code, reader.country, officer, purpose.toLowerCase(), operation, alertIds.join(' ')]),
  );
  return [csvLine(HEAD), ...lines].join('');
}

/** A calendar day in UTC, by which the hub's days go. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The day itself, or yesterday when it is not over: what the hub signs of a day it signs after it. */
export function lastWholeDay(day: string, now: Date = new Date()): string {
  const yesterday = dayOf(new Date(now.getTime() - 24 * 3600 * 1000));
  return day < yesterday ? day : yesterday;
}
