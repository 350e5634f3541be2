import { CustodianRefusal } from '../protocol/custodian/index.js';
import { Refusal } from '../protocol/index.js';
import { IdentityRefusal } from './identity-refusal.js';

/** What can go wrong at the member's side before or besides a refusal of the hub. */
export const LOCAL_CODES = [
  'BAD_INPUT',
  'NO_KEY',
  'KEY_EXISTS',
  'WRONG_PASSPHRASE',
  'NO_HUB',
  'HUB_UNREACHABLE',
  'HUB_FAILED',
  'NOT_UNDERSTOOD',
  'TOKEN_REFUSED',
  'NOT_VERIFIED',
  'CUSTODIANS_AWAY',
] as const;

export type LocalCode = (typeof LOCAL_CODES)[number];

/** An expected failure at the member's side: what is wrong, where, and what to do. None of the three may hold anything about a person. */
export class MemberError extends Error {
  override readonly name = 'MemberError';

  constructor(
    readonly code: LocalCode,
    message: string,
    readonly remedy: string,
    readonly path: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether an error is worth another try later: the hub was away or failed, and nothing is known to be wrong with what was sent. */
export function isTransient(error: unknown): boolean {
  if (error instanceof Refusal) return error.code === 'WRITES_UNDER_WAY';
  return error instanceof MemberError && (error.code === 'HUB_UNREACHABLE' || error.code === 'HUB_FAILED');
}

/** Whether an error is one that a person can act on: a refusal of the hub, of custodians or of an identity record, or a failure at the member's side. */
export function isExpected(error: unknown): error is Refusal | CustodianRefusal | IdentityRefusal | MemberError {
  return (
    error instanceof Refusal ||
    error instanceof CustodianRefusal ||
    error instanceof IdentityRefusal ||
    error instanceof MemberError
  );
}
