import { isRecord, isTextRecord, Pins } from './pins.js';
import type { Place } from './place.js';

/** Thumbprints of custodians' keys by code. */
export type Thumbprints = ReadonlyMap<string, string>;

/** The custodians of an accord as this place saw them first. */
export interface PinnedCustodians {
  readonly keys: Readonly<Record<string, string>>;
  /** How many evaluate together, and of how many; null where the pins are from before these were pinned. */
  readonly threshold: number | null;
  readonly custodians: number | null;
}

/** The custodians' keys and their threshold as this place saw them first, in `custodians.json` of the key store. */
export function custodianPins(store: Place, audience: string): Pins<PinnedCustodians> {
  const without = 'Without it the keys of the custodians have to be compared anew.';
  return new Pins(store, audience, { file: 'custodians.json', read, without });
}

function read(value: unknown): PinnedCustodians | null {
  // As it was written before thresholds were pinned: thumbprints and nothing else.
  if (isTextRecord(value)) return { keys: value, threshold: null, custodians: null };
  if (!isRecord(value) || !isTextRecord(value['keys'])) return null;
  const { keys, threshold, custodians } = value;
  return isCount(threshold) && isCount(custodians) ? { keys, threshold, custodians } : null;
}

function isCount(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && Number.isSafeInteger(value) && value > 0);
}
