import { isRecord, isTextRecord, Pins } from './pins.js';
import type { Place } from './place.js';

/** A member as this place saw it last, when what the hub listed of it followed from what was seen before. */
export interface PinnedMember {
  /** The thumbprint of its present key. */
  readonly key: string;
  /** The hashes of all statements about its membership, in their order. */
  readonly statements: readonly string[];
  /** The key that a person compared with the member by another way, and on which day; null when nobody did. */
  readonly compared: { readonly key: string; readonly on: string } | null;
}

/** Pinned members by code. */
export type PinnedMembers = Readonly<Record<string, PinnedMember>>;

/** The members of an accord as this place saw them first, in `member-pins.json` of the key store. */
export function memberPins(store: Place, audience: string): Pins<PinnedMembers> {
  const without = 'Without it the keys of the members have to be compared anew.';
  return new Pins(store, audience, { file: 'member-pins.json', read, without });
}

function read(value: unknown): PinnedMembers | null {
  if (!isRecord(value)) return null;
  const members: [string, PinnedMember][] = [];
  for (const [code, one] of Object.entries(value)) {
    if (!isRecord(one)) return null;
    const { key, statements, compared } = one;
    if (typeof key !== 'string' || !Array.isArray(statements)) return null;
    members.push([code, { key, statements: statements.map(String), compared: readCompared(compared) }]);
  }
  return Object.fromEntries(members);
}

/** What does not read so was compared by nobody. */
function readCompared(value: unknown): PinnedMember['compared'] {
  if (!isTextRecord(value)) return null;
  const { key, on } = value;
  return key === undefined || on === undefined ? null : { key, on };
}
