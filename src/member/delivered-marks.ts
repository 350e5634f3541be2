import { isRecord, Pins } from './pins.js';
import type { Place } from './place.js';

/** Up to which entry what was delivered of an inbox was verified. */
export interface DeliveredMark {
  readonly seq: number;
  /** The hash of the inbox up to it, base64url. */
  readonly chain: string;
}

/** Marks by `<member>/<purpose>`, in `delivered-marks.json` of the key store. They are not those of reading, which need a place to read on from. */
export function deliveredMarks(store: Place, audience: string): Pins<Readonly<Record<string, DeliveredMark>>> {
  const without = 'Without it the chain is followed from what “inbox --verify” verified, or from its beginning.';
  return new Pins(store, audience, { file: 'delivered-marks.json', read, without });
}

function read(value: unknown): Readonly<Record<string, DeliveredMark>> | null {
  if (!isRecord(value)) return null;
  const marks: [string, DeliveredMark][] = [];
  for (const [name, one] of Object.entries(value)) {
    if (!isRecord(one)) return null;
    const { seq, chain } = one;
    if (typeof seq !== 'number' || typeof chain !== 'string') return null;
    marks.push([name, { seq, chain }]);
  }
  return Object.fromEntries(marks);
}
