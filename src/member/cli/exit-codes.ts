import { CustodianRefusal, type CustodianCode } from '../../protocol/custodian/index.js';
import { InboxFault } from '../../protocol/delivery/index.js';
import { Refusal, type RefusalCode } from '../../protocol/index.js';
import type { LinkageRefusalCode } from '../../protocol/linkage/index.js';
import { LogFault, type LogFaultCode } from '../../protocol/transparency/index.js';
import { IdentityRefusal } from '../identity-refusal.js';
import { MemberError, type LocalCode } from '../member-error.js';

/** One exit code per class of refusal; `symbolon --help` prints this list. */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'done' },
  unexpected: { code: 1, meaning: 'an error of this program; please report it' },
  usage: { code: 2, meaning: 'the command line or a file is not what the command takes' },
  hubAway: { code: 3, meaning: 'the hub does not answer or failed; try again later' },
  keys: { code: 4, meaning: 'a key is missing, is there already, or its passphrase is wrong' },
  token: { code: 5, meaning: 'no token for this seat and purpose, or the token is refused' },
  partly: { code: 6, meaning: 'done in part: an import finished and refused rows' },
  notVerified: { code: 7, meaning: 'a statement does not verify against the member list' },
  log: {
    code: 8,
    meaning:
      'the hub’s log or inbox does not hold: two histories, entries taken back or missing; what shows it was kept',
  },
  notYet: { code: 9, meaning: 'the log does not reach so far yet, or a clock is wrong; look again later' },
  signature: { code: 10, meaning: 'refused: form or signature of a statement' },
  timeOrAddress: { code: 11, meaning: 'refused: time, repetition, audience or accord of a statement' },
  standing: {
    code: 12,
    meaning: 'refused: the member or the officer may not act (pending, suspended, left, revoked, expired)',
  },
  permission: { code: 13, meaning: 'refused: role, purpose or issuer do not allow this' },
  content: { code: 14, meaning: 'refused: the content or an argument is not acceptable' },
  state: { code: 15, meaning: 'refused: there is no such thing, it is closed, or it exists already' },
  budget: {
    code: 16,
    meaning:
      'refused: a budget (at the custodians, or of the hub’s publications with noise) is used up, or none is set',
  },
} as const;

export type ExitClass = keyof typeof EXIT_CODES;

const BY_REFUSAL: Readonly<Record<CustodianCode, ExitClass>> = {
  UNSIGNED: 'signature',
  NON_CANONICAL: 'signature',
  OVERSIZED: 'signature',
  ALGORITHM_NOT_ALLOWED: 'signature',
  WRONG_KEY: 'signature',
  WRONG_STATEMENT_TYPE: 'signature',
  EXPIRED: 'timeOrAddress',
  NOT_YET_VALID: 'timeOrAddress',
  REPLAYED: 'timeOrAddress',
  WRONG_AUDIENCE: 'timeOrAddress',
  WRONG_ACCORD: 'timeOrAddress',
  MEMBER_PENDING: 'standing',
  MEMBER_SUSPENDED: 'standing',
  MEMBER_LEFT: 'standing',
  OFFICER_REVOKED: 'standing',
  OFFICER_EXPIRED: 'standing',
  ROLE_NOT_ALLOWED: 'permission',
  PURPOSE_OUTSIDE_MANDATE: 'permission',
  PURPOSE_MISMATCH: 'permission',
  ISSUER_MISMATCH: 'permission',
  SCHEMA_INVALID: 'content',
  UNKNOWN_CODE: 'content',
  CONTRADICTORY_FACTS: 'content',
  AUDIENCE_INVALID: 'content',
  RETENTION_EXCEEDED: 'content',
  ARGUMENT_INVALID: 'content',
  CONSENT_MISSING: 'content',
  TOKENS_MISMATCH: 'content',
  PROFILE_UNKNOWN: 'content',
  EPOCH_CLOSED: 'state',
  LINK_CLOSED: 'state',
  LINK_NOT_OPEN: 'state',
  OBLIGATION_ANSWERED: 'state',
  PERMISSION_CLOSED: 'state',
  PERMISSION_NOT_APPLICABLE: 'content',
  WRITES_UNDER_WAY: 'hubAway',
  NOT_DELIVERED: 'state',
  ENDPOINT_NOT_ALLOWED: 'content',
  CHECKS_UNDER_WAY: 'hubAway',
  LAW_NOT_IN_FORCE: 'content',
  NOT_COUNTED_TOGETHER: 'content',
  VERDICTS_INCOMPLETE: 'hubAway',
  PRIVACY_NOT_BUDGETED: 'budget',
  PRIVACY_BUDGET_EXCEEDED: 'budget',
  NOT_FOUND: 'state',
  ALERT_CLOSED: 'state',
  ALREADY_EXISTS: 'state',
  DUPLICATE_COUNTERSIGNATURE: 'state',
  ALERT_USED: 'state',
  EPOCH_STALE: 'state',
  EPOCH_UNKNOWN: 'state',
  ELEMENT_INVALID: 'content',
  GRANT_INVALID: 'permission',
  BREAKER_OPEN: 'budget',
  BUDGET_ALERT: 'budget',
  BUDGET_OFFICER: 'budget',
  BUDGET_MEMBER: 'budget',
  BUDGET_PARTIAL: 'budget',
  BUDGET_GRANT: 'budget',
};

const BY_LOCAL: Readonly<Record<LocalCode, ExitClass>> = {
  BAD_INPUT: 'usage',
  NO_KEY: 'keys',
  KEY_EXISTS: 'keys',
  WRONG_PASSPHRASE: 'keys',
  NO_HUB: 'usage',
  HUB_UNREACHABLE: 'hubAway',
  HUB_FAILED: 'hubAway',
  NOT_UNDERSTOOD: 'usage',
  TOKEN_REFUSED: 'token',
  NOT_VERIFIED: 'notVerified',
  CUSTODIANS_AWAY: 'hubAway',
};

const BY_LOG_FAULT: Readonly<Record<LogFaultCode, ExitClass>> = {
  MALFORMED: 'notVerified',
  BAD_SIGNATURE: 'notVerified',
  WRONG_LOG: 'notVerified',
  WRONG_ENTRY: 'notVerified',
  NOT_VOUCHED: 'notVerified',
  NO_FAULT: 'notVerified',
  MISDATED: 'notYet',
  OUTDATED: 'notYet',
  NOT_YET_INTEGRATED: 'notYet',
  SPLIT_VIEW: 'log',
  ROLLED_BACK: 'log',
  NOT_CONSISTENT: 'log',
  NOT_INCLUDED: 'log',
  OVERDUE: 'log',
  RECEIPT_BROKEN: 'log',
};

/** The class of a refusal code. */
export function exitClassOf(code: RefusalCode): ExitClass {
  return BY_REFUSAL[code];
}

/** The exit code for what stopped an import. */
export function exitCodeOfStop(code: CustodianCode | LocalCode | LinkageRefusalCode): number {
  if (isKnown(code, BY_REFUSAL)) return EXIT_CODES[BY_REFUSAL[code]].code;
  return EXIT_CODES[isKnown(code, BY_LOCAL) ? BY_LOCAL[code] : 'usage'].code;
}

function isKnown<K extends string>(code: string, known: Readonly<Record<K, ExitClass>>): code is K {
  return code in known;
}

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Refusal || error instanceof CustodianRefusal) return EXIT_CODES[BY_REFUSAL[error.code]].code;
  if (error instanceof InboxFault) return EXIT_CODES.log.code;
  if (error instanceof LogFault) return EXIT_CODES[BY_LOG_FAULT[error.code]].code;
  if (error instanceof MemberError) return EXIT_CODES[BY_LOCAL[error.code]].code;
  if (error instanceof IdentityRefusal) return EXIT_CODES.usage.code;
  return EXIT_CODES.unexpected.code;
}
