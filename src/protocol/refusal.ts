/** Every code with which the hub refuses, as in `schema/graphql/common.graphql` (a test compares the two). */
export const REFUSAL_CODES = [
  'UNSIGNED',
  'NON_CANONICAL',
  'OVERSIZED',
  'ALGORITHM_NOT_ALLOWED',
  'WRONG_KEY',
  'WRONG_STATEMENT_TYPE',
  'EXPIRED',
  'NOT_YET_VALID',
  'REPLAYED',
  'WRONG_AUDIENCE',
  'MEMBER_PENDING',
  'MEMBER_SUSPENDED',
  'MEMBER_LEFT',
  'OFFICER_REVOKED',
  'OFFICER_EXPIRED',
  'ROLE_NOT_ALLOWED',
  'PURPOSE_OUTSIDE_MANDATE',
  'PURPOSE_MISMATCH',
  'ISSUER_MISMATCH',
  'SCHEMA_INVALID',
  'UNKNOWN_CODE',
  'CONTRADICTORY_FACTS',
  'AUDIENCE_INVALID',
  'RETENTION_EXCEEDED',
  'NOT_FOUND',
  'ALERT_CLOSED',
  'WRONG_ACCORD',
  'ALREADY_EXISTS',
  'DUPLICATE_COUNTERSIGNATURE',
  'ARGUMENT_INVALID',
  'CONSENT_MISSING',
  'TOKENS_MISMATCH',
  'PROFILE_UNKNOWN',
  'EPOCH_CLOSED',
  'LINK_CLOSED',
  'LINK_NOT_OPEN',
  'OBLIGATION_ANSWERED',
  'PERMISSION_CLOSED',
  'PERMISSION_NOT_APPLICABLE',
  'WRITES_UNDER_WAY',
  'NOT_DELIVERED',
  'ENDPOINT_NOT_ALLOWED',
  'CHECKS_UNDER_WAY',
  'LAW_NOT_IN_FORCE',
  'NOT_COUNTED_TOGETHER',
  'VERDICTS_INCOMPLETE',
  'PRIVACY_NOT_BUDGETED',
  'PRIVACY_BUDGET_EXCEEDED',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** An expected failure: what is wrong, where, and what to do. None of the three may hold anything about a person. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly remedy: string,
    readonly path: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The same refusal, seen from further out: `prefix` is put before the path. */
  at(...prefix: string[]): Refusal {
    return new Refusal(this.code, this.message, this.remedy, [...prefix, ...this.path], { cause: this.cause });
  }
}

/** Runs a step and puts `prefix` before the path of a refusal that it throws. */
export function within<T>(prefix: readonly string[], step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw error instanceof Refusal ? error.at(...prefix) : error;
  }
}

/** As `within`, for a step that takes its time. */
export async function withinAsync<T>(prefix: readonly string[], step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw error instanceof Refusal ? error.at(...prefix) : error;
  }
}
