import type { InboxEvidence } from './inbox-evidence.js';

/** What can be wrong with an inbox; `schema/PROTOCOL.md` has the remedies. */
export const INBOX_FAULT_CODES = [
  'WRONG_INBOX',
  'GAP',
  'CHANGED_ENTRY',
  'WRONG_STATEMENT',
  'WITHHELD',
  'TAKEN_BACK',
  'OTHER_HISTORY',
  'NO_FAULT',
] as const;

export type InboxFaultCode = (typeof INBOX_FAULT_CODES)[number];

/** What the hub gave does not go on from what was verified before: what, at which entry, and what to do. Repeats nothing of a statement. */
export class InboxFault extends Error {
  override readonly name = 'InboxFault';

  constructor(
    readonly code: InboxFaultCode,
    message: string,
    readonly remedy: string,
    /** The number of the entry at which it shows; null when it is about the whole. */
    readonly seq: number | null = null,
    /** When two things that the hub signed cannot both be true: what shows it to anybody. */
    readonly evidence: InboxEvidence | null = null,
  ) {
    super(message);
  }
}
