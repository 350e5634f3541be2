import { sha256Bytes } from '../digest.js';
import { lengthPrefixed } from '../length-prefixed.js';
import { HASH_BYTES, leafHash, type Hash } from './merkle-hash.js';

/** What an entry of the log commits to, and the salt that hides it (T2). */
export interface LogEntry {
  /** 32 random bytes, kept beside the statement and destroyed with it. */
  readonly salt: Uint8Array;
  /** The event's URI. */
  readonly event: string;
  /** The statement's `iss`. */
  readonly issuer: string;
  /** When the hub took it in: RFC 3339, UTC, with milliseconds, as in the receipt. */
  readonly receivedAt: string;
  /** SHA-256 over the statement's payload. */
  readonly payloadHash: Hash;
}

export const SALT_BYTES = 32;

/** The event of an entry that stands where no statement came to be (T4). */
export const VOID_EVENT = 'https://w3id.org/symbolon/events/void';

const LABEL = 'symbolon log entry';
/** Form of an instant in UTC, with milliseconds. */
export const INSTANT_FORM =
  /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}\.[0-9]{3}Z$/;
const encoder = new TextEncoder();

/** The bytes of an entry's leaf: label, salt, event, issuer, instant and payload hash, each after its length in two bytes. */
export function entryBytes({ salt, event, issuer, receivedAt, payloadHash }: LogEntry): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError('a salt has 32 bytes');
  if (payloadHash.length !== HASH_BYTES) throw new RangeError('a hash has 32 bytes');
  if (!INSTANT_FORM.test(receivedAt)) throw new RangeError('an instant is in UTC, with milliseconds');
  const texts = [event, issuer, receivedAt].map((text) => encoder.encode(text));
  return lengthPrefixed(encoder.encode(LABEL), salt, ...texts, payloadHash);
}

/** The hash of an entry's leaf: what stands in the tree, and says nothing without the salt. */
export function entryHash(entry: LogEntry): Hash {
  return leafHash(entryBytes(entry));
}

/** The entry for a place that no statement took. Its payload is nothing. */
export function voidEntry(audience: string, receivedAt: string, salt: Uint8Array): LogEntry {
  return { salt, event: VOID_EVENT, issuer: audience, receivedAt, payloadHash: sha256Bytes('') };
}
