import { isRecord, Pins } from './pins.js';
import type { Place } from './place.js';

/** A log as this place knows it. */
export interface PinnedLog {
  /** SHA-256 of the accord's text, base64url, as the hub named it first. */
  readonly accord: string;
  /** The hub's public keys as JWKs, former ones too. */
  readonly keys: readonly unknown[];
  /** The first head that this place trusted, compact; null before there was one. */
  readonly first: string | null;
  /** The head that it trusts, compact. */
  readonly head: string | null;
}

/** What this place trusts of each log, in `log-pins.json` of the key store: written durably before anything follows from it. */
export function logPins(store: Place, audience: string): Pins<PinnedLog> {
  const without =
    'Without it this place takes whatever head the hub shows next; compare that with other members (--against).';
  return new Pins(store, audience, { file: 'log-pins.json', read, without });
}

function read(value: unknown): PinnedLog | null {
  if (!isRecord(value)) return null;
  const { accord, keys, first, head } = value;
  if (typeof accord !== 'string' || !Array.isArray(keys) || keys.length === 0) return null;
  return isText(first) && isText(head) ? { accord, keys, first, head } : null;
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
