import { sha256Bytes } from '../digest.js';
import { eightBytes, lengthPrefixed } from '../length-prefixed.js';
import type { Purpose } from '../membership/index.js';
import type { Hash } from '../transparency/index.js';

/** Whose inbox, for which purpose, of which accord. */
export interface InboxOwner {
  /** The accord's audience. */
  readonly audience: string;
  /** A member's code. */
  readonly member: string;
  readonly purpose: Purpose;
}

/** What an entry adds to the chain. */
export interface ChainLink {
  /** Its number in the inbox, from 1 on. */
  readonly seq: number;
  /** The statement's index in the log, from 0 on. */
  readonly index: number;
  /** The hash of the entry's leaf in the log (T2). */
  readonly leafHash: Hash;
}

/** The largest number of an entry: what a GraphQL Int holds. */
export const MAX_SEQ = 2 ** 31 - 1;

const encoder = new TextEncoder();
const EMPTY_LABEL = encoder.encode('symbolon inbox');
const ENTRY_LABEL = encoder.encode('symbolon inbox entry');

/** The hash of an inbox in which there is nothing yet (I3): no two inboxes begin alike. */
export function emptyInboxHash({ audience, member, purpose }: InboxOwner): Hash {
  return sha256Bytes(lengthPrefixed(EMPTY_LABEL, ...[audience, member, purpose].map((text) => encoder.encode(text))));
}

/** The hash of an inbox up to an entry, from the hash up to the entry before (I4). */
export function nextInboxHash(previous: Hash, { seq, index, leafHash }: ChainLink): Hash {
  return sha256Bytes(lengthPrefixed(ENTRY_LABEL, previous, eightBytes(seq), eightBytes(index), leafHash));
}
