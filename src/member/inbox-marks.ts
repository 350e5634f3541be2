import type { InboxOwner } from '../protocol/delivery/index.js';

import { isRecord, Pins } from './pins.js';
import type { Place } from './place.js';

/** Up to where this place has verified an inbox, and what it needs to go on. */
export interface InboxMark {
  readonly seq: number;
  /** The hash of the inbox up to it, base64url. */
  readonly chain: string;
  /** The hub's public keys as JWKs, by which its heads were verified. */
  readonly keys: readonly unknown[];
  /** The last head that was reached, compact; null before the first. */
  readonly head: string | null;
  /** The hub's cursor at the entry; null at the beginning. */
  readonly cursor: string | null;
}

/** Marks by `<member>/<purpose>`. */
export type InboxMarks = Readonly<Record<string, InboxMark>>;

/** Under which name an inbox stands among the marks. */
export function markName({ member, purpose }: InboxOwner): string {
  return `${member}/${purpose}`;
}

/** Up to where this place has verified the inboxes of an accord, in `inbox-marks.json` of the key store: written durably before anything follows from it. */
export function inboxMarks(store: Place, audience: string): Pins<InboxMarks> {
  const without = 'Without it inboxes are verified from their beginning, and what the hub changed before is not found.';
  return new Pins(store, audience, { file: 'inbox-marks.json', read, without });
}

function read(value: unknown): InboxMarks | null {
  if (!isRecord(value)) return null;
  const marks: [string, InboxMark][] = [];
  for (const [name, one] of Object.entries(value)) {
    if (!isRecord(one)) return null;
    const { seq, chain, keys, head, cursor } = one;
    if (typeof seq !== 'number' || typeof chain !== 'string' || !Array.isArray(keys) || keys.length === 0) return null;
    if (!isText(head) || !isText(cursor)) return null;
    marks.push([name, { seq, chain, keys, head, cursor }]);
  }
  return Object.fromEntries(marks);
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
