import { Refusal } from '../refusal.js';
import type { FaultEvidence } from './fault-evidence.js';

/** What can be wrong with what a log says; `schema/PROTOCOL.md` has the remedies. */
export const LOG_FAULT_CODES = [
  'MALFORMED',
  'BAD_SIGNATURE',
  'WRONG_LOG',
  'MISDATED',
  'OUTDATED',
  'ROLLED_BACK',
  'SPLIT_VIEW',
  'NOT_CONSISTENT',
  'NOT_INCLUDED',
  'NOT_YET_INTEGRATED',
  'OVERDUE',
  'RECEIPT_BROKEN',
  'WRONG_ENTRY',
  'NOT_VOUCHED',
  'NO_FAULT',
] as const;

export type LogFaultCode = (typeof LOG_FAULT_CODES)[number];

/** Something does not verify: what, where, and what to do. Repeats no value. */
export class LogFault extends Error {
  override readonly name = 'LogFault';
  /** When the hub has signed what it must not: what shows it to anybody. */
  readonly evidence: FaultEvidence | null;

  constructor(
    readonly code: LogFaultCode,
    message: string,
    readonly remedy: string,
    readonly path: readonly string[] = [],
    options: ErrorOptions & { readonly evidence?: FaultEvidence } = {},
  ) {
    super(message, options);
    this.evidence = options.evidence ?? null;
  }
}

const SIGNATURE_CODES: readonly string[] = ['WRONG_KEY', 'UNSIGNED', 'ALGORITHM_NOT_ALLOWED'];

/** Runs a step, and says a refusal of form or signature as a fault, with `prefix` before its path. */
export async function faulting<T>(prefix: readonly string[], step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof LogFault && prefix.length > 0) {
      const { code, message, remedy, path, cause, evidence } = error;
      throw new LogFault(code, message, remedy, [...prefix, ...path], { cause, ...(evidence ? { evidence } : {}) });
    }
    if (!(error instanceof Refusal)) throw error;
    const code = SIGNATURE_CODES.includes(error.code) ? 'BAD_SIGNATURE' : 'MALFORMED';
    throw new LogFault(code, error.message, error.remedy, [...prefix, ...error.path], { cause: error });
  }
}
