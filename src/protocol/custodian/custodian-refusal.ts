import { Refusal, type RefusalCode } from '../refusal.js';

/** The codes with which a custodian refuses, besides those of the hub; `schema/CUSTODIANS.md` has the remedies. */
export const CUSTODIAN_CODES = [
  'ALERT_USED',
  'BUDGET_ALERT',
  'BUDGET_OFFICER',
  'BUDGET_MEMBER',
  'BUDGET_PARTIAL',
  'BUDGET_GRANT',
  'BREAKER_OPEN',
  'ELEMENT_INVALID',
  'EPOCH_STALE',
  'EPOCH_UNKNOWN',
  'GRANT_INVALID',
] as const;

export type CustodianCode = (typeof CUSTODIAN_CODES)[number] | RefusalCode;

/** A refusal by a custodian: what is wrong, where, and what to do. None of the three says anything about a person. */
export class CustodianRefusal extends Error {
  override readonly name = 'CustodianRefusal';

  constructor(
    readonly code: CustodianCode,
    message: string,
    readonly remedy: string,
    readonly path: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A refusal of a statement's form or signature as the custodian says it; null for any other error. */
export function asCustodianRefusal(error: unknown): CustodianRefusal | null {
  if (error instanceof CustodianRefusal) return error;
  if (!(error instanceof Refusal)) return null;
  return new CustodianRefusal(error.code, error.message, error.remedy, error.path, { cause: error });
}
