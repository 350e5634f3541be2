import { decodeCanonicalBase64url } from '../base64url.js';
import { decodeStatement } from '../statement/index.js';
import { entryHash, HASH_BYTES, sameHash, SALT_BYTES, type Hash } from '../transparency/index.js';
import { MAX_SEQ, nextInboxHash, type InboxOwner } from './inbox-chain.js';
import { eventUri, type InboxEvent } from './inbox-event.js';
import { contradictionOf } from './inbox-evidence.js';
import { InboxFault, type InboxFaultCode } from './inbox-fault.js';
import type { InboxHead } from './inbox-head.js';

/** Up to where a reader has verified an inbox. */
export interface VerifiedUpTo {
  /** 0 before the first entry. */
  readonly seq: number;
  readonly chainHash: Hash;
}

/** An entry as the hub gives it. */
export interface GivenEntry {
  readonly seq: number;
  readonly index: number;
  readonly event: InboxEvent;
  /** RFC 3339, UTC, with milliseconds. */
  readonly receivedAt: string;
  readonly leafHash: Hash;
  readonly chainHash: Hash;
  /** The statement with the salt of its leaf; null when it is not shown. */
  readonly shown: { readonly statement: string; readonly salt: Uint8Array } | null;
}

const KEEP = 'Keep what the hub gave, and ask the accord’s operator and the other members.';

/**
 * Follows the chain over entries that were read without a filter (I6): each number by one more than the one before, each hash made of the one before, each
 * statement what its leaf commits to. Gives where one stands then. Throws `InboxFault`: GAP, CHANGED_ENTRY, WRONG_STATEMENT.
 */
export function followInbox(from: VerifiedUpTo, entries: readonly GivenEntry[]): VerifiedUpTo {
  let at = from;
  for (const entry of entries) {
    if (entry.seq !== at.seq + 1 || entry.seq > MAX_SEQ)
      throw fault('GAP', 'An entry is missing, or comes twice.', at.seq + 1);
    if (!sameHash(nextInboxHash(at.chainHash, entry), entry.chainHash))
      throw fault('CHANGED_ENTRY', 'The entry is not the one to which the chain goes on.', entry.seq);
    assertStatement(entry);
    at = { seq: entry.seq, chainHash: entry.chainHash };
  }
  return at;
}

/** That the statement is the one to which the leaf commits. Throws `InboxFault` WRONG_STATEMENT. */
export function assertStatement({ seq, event, receivedAt, leafHash, shown }: GivenEntry): void {
  if (!shown) return;
  const wrong = () => fault('WRONG_STATEMENT', 'The statement is not the one to which the log commits.', seq);
  let leaf: Hash;
  try {
    const { claims, payloadHash } = decodeStatement(shown.statement);
    const { iss, events } = claims;
    const named = typeof events === 'object' && events !== null ? Object.keys(events) : [];
    if (typeof iss !== 'string' || named.join() !== eventUri(event) || shown.salt.length !== SALT_BYTES) throw wrong();
    const hash = decodeCanonicalBase64url(payloadHash);
    if (hash?.length !== HASH_BYTES) throw wrong();
    leaf = entryHash({ salt: shown.salt, event: eventUri(event), issuer: iss, receivedAt, payloadHash: hash });
  } catch {
    throw wrong();
  }
  if (!sameHash(leaf, leafHash)) throw wrong();
}

/**
 * That a head is of this inbox and does not contradict what was verified (I7); `earlier` is the last head that was. It is signed by the hub already
 * (`readInboxHead`). Throws `InboxFault`: WRONG_INBOX; TAKEN_BACK, OTHER_HISTORY, with evidence when both heads show it.
 */
export function assertHeadFits(
  head: InboxHead,
  { owner, verified, earlier }: { owner: InboxOwner; verified: VerifiedUpTo; earlier: InboxHead | null },
): void {
  if (head.audience !== owner.audience || head.member !== owner.member || head.purpose !== owner.purpose)
    throw fault('WRONG_INBOX', 'The head is of another inbox.', null);
  const evidence = earlier && contradictionOf(earlier, head);
  if (head.seq < verified.seq)
    throw new InboxFault('TAKEN_BACK', 'The hub has fewer entries than it gave before.', KEEP, head.seq, evidence);
  const differs = head.seq === verified.seq && !sameHash(head.chainHash, verified.chainHash);
  if (differs || evidence)
    throw new InboxFault('OTHER_HISTORY', 'The head is of another history.', KEEP, head.seq, evidence);
}

/** That all was given that the head has, when the hub says that nothing more follows. Throws `InboxFault`: WITHHELD, OTHER_HISTORY. */
export function assertComplete(head: InboxHead, verified: VerifiedUpTo): void {
  if (verified.seq < head.seq)
    throw fault('WITHHELD', 'The hub signed that there is more than it gives.', verified.seq + 1);
  if (verified.seq === head.seq && !sameHash(verified.chainHash, head.chainHash))
    throw fault('OTHER_HISTORY', 'The head is of another history than the entries.', head.seq);
}

function fault(code: InboxFaultCode, message: string, seq: number | null): InboxFault {
  return new InboxFault(code, message, KEEP, seq);
}
