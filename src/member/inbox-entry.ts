import { decodeCanonicalBase64url } from '../protocol/index.js';
import { INBOX_EVENTS, type GivenEntry } from '../protocol/delivery/index.js';
import { HASH_BYTES, INSTANT_FORM, LogFault, SALT_BYTES } from '../protocol/transparency/index.js';
import type { InboxEntryAnswer } from './documents/inbox.js';

/** An entry of an inbox as the hub gave it, read for being verified. Throws `LogFault` MALFORMED. */
export function readEntry(given: InboxEntryAnswer): GivenEntry {
  const { seq, index, receivedAt, statement, salt } = given;
  const event = INBOX_EVENTS.find((known) => known.toUpperCase().replaceAll('-', '_') === given.event);
  const isNumbered = Number.isSafeInteger(seq) && seq > 0 && Number.isSafeInteger(index) && index >= 0;
  if (!event || !isNumbered || !INSTANT_FORM.test(receivedAt)) throw malformed();
  const shown = statement === null ? null : { statement, salt: bytesOf(salt, SALT_BYTES) };
  const [leafHash, chainHash] = [bytesOf(given.leafHash, HASH_BYTES), bytesOf(given.chainHash, HASH_BYTES)];
  return { seq, index, event, receivedAt, leafHash, chainHash, shown };
}

function bytesOf(text: string | null, length: number): Uint8Array {
  const bytes = text === null ? null : decodeCanonicalBase64url(text);
  if (bytes?.length !== length) throw malformed();
  return bytes;
}

function malformed(): LogFault {
  return new LogFault('MALFORMED', 'An entry is not what it should be.', 'Ask the hub again.', ['inbox']);
}
