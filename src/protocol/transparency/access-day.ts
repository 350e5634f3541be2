import { sha256Bytes } from '../digest.js';
import { eightBytes, lengthPrefixed } from '../length-prefixed.js';
import { leafHash, type Hash } from './merkle-hash.js';

/** Whose day. */
export interface AccessDay {
  /** The accord's audience. */
  readonly audience: string;
  /** Code of the member whose alerts were read. */
  readonly owner: string;
  /** UTC, such as `2026-11-29`. */
  readonly day: string;
}

/** One reading of alerts of an owner, as its access record has it (L7). */
export interface AccessRead {
  /** RFC 3339, UTC, with milliseconds. */
  readonly at: string;
  /** Code of the member that read. */
  readonly reader: string;
  /** Code of its officer. */
  readonly officer: string;
  readonly purpose: string;
  readonly operation: string;
  /** `alert:` and a UUID each, in the order of the record; none for counting. */
  readonly alertIds: readonly string[];
}

/** What a leaf says of an owner's day. */
export interface AccessDayEnd {
  /** 32 random bytes, of this leaf alone. */
  readonly salt: Uint8Array;
  /** How many readings there were. */
  readonly reads: number;
  /** The hash over all of them. */
  readonly hash: Hash;
}

const encoder = new TextEncoder();
const bytesOf = (...texts: readonly string[]): Uint8Array[] => texts.map((text) => encoder.encode(text));

/** The hash of a day on which nothing was read (T20). */
export function emptyAccessHash({ audience, owner, day }: AccessDay): Hash {
  return sha256Bytes(lengthPrefixed(...bytesOf('symbolon access records', audience, owner, day)));
}

/** The hash of a day up to a reading, from the hash up to the one before (T20). */
export function nextAccessHash(
  previous: Hash,
  { at, reader, officer, purpose, operation, alertIds }: AccessRead,
): Hash {
  const told = bytesOf(at, reader, officer, purpose, operation, alertIds.join(' '));
  return sha256Bytes(lengthPrefixed(...bytesOf('symbolon access record'), previous, ...told));
}

/** The hash of the leaf that stands for an owner's day (T21). */
export function accessLeafHash({ audience, owner, day }: AccessDay, { salt, reads, hash }: AccessDayEnd): Hash {
  const whose = bytesOf(audience, owner, day);
  return leafHash(lengthPrefixed(...bytesOf('symbolon access day'), salt, ...whose, eightBytes(reads), hash));
}
