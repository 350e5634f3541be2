import { sameHash } from '../transparency/index.js';
import type { DeliveredSet } from './delivered-set.js';
import { assertStatement, followInbox, type VerifiedUpTo } from './follow-inbox.js';
import type { InboxOwner } from './inbox-chain.js';
import { InboxFault } from './inbox-fault.js';

/** Where one stands after a delivered entry. */
export interface TakenIn {
  readonly verified: VerifiedUpTo;
  /** Whether it was verified before: it was delivered again, or is a dead letter that comes once more. */
  readonly repeated: boolean;
}

/**
 * Follows the chain over an entry that was delivered (I6, P3). One that was verified before is held to its statement alone, and the last one to its hash too.
 * Throws `InboxFault`: WRONG_INBOX, GAP, CHANGED_ENTRY, WRONG_STATEMENT.
 */
export function followDelivered(from: VerifiedUpTo, { owner: of, entry }: DeliveredSet, owner: InboxOwner): TakenIn {
  const isOurs = of.audience === owner.audience && of.member === owner.member && of.purpose === owner.purpose;
  if (!isOurs)
    throw new InboxFault(
      'WRONG_INBOX',
      'The entry is of another inbox.',
      'Refuse it: it is for somebody else, or for another purpose.',
    );
  if (entry.seq > from.seq) return { verified: followInbox(from, [entry]), repeated: false };
  if (entry.seq === from.seq && !sameHash(entry.chainHash, from.chainHash))
    throw new InboxFault(
      'CHANGED_ENTRY',
      'The entry is not the one that was verified before.',
      'Keep what the hub gave, and ask the accord’s operator and the other members.',
      entry.seq,
    );
  assertStatement(entry);
  return { verified: from, repeated: true };
}
