import { Refusal } from '../protocol/index.js';
import { countRefusal } from './refusal-tally.js';

/** Why an operation did not run at all. The list is closed; `extensions.code` carries it. */
export const ACCESS_CODES = ['UNAUTHENTICATED', 'FORBIDDEN'] as const;

export type AccessCode = (typeof ACCESS_CODES)[number];

const MESSAGES: Readonly<Record<AccessCode, string>> = {
  UNAUTHENTICATED: 'This operation needs an access token of a certified officer.',
  FORBIDDEN: 'Your role or the purpose of your token does not allow this operation.',
};

/** The asker may not use this operation. */
export class AccessError extends Error {
  override readonly name = 'AccessError';

  constructor(
    readonly code: AccessCode,
    options?: ErrorOptions,
  ) {
    super(MESSAGES[code], options);
  }
}

/** A refusal as the GraphQL type `Refused`. */
export interface Refused {
  readonly __typename: 'Refused';
  readonly code: Refusal['code'];
  readonly message: string;
  readonly remedy: string;
  readonly path: readonly string[];
}

/** Turns a refusal into its GraphQL type; anything else is thrown on. */
export function refused(error: unknown, ...prefix: string[]): Refused {
  if (!(error instanceof Refusal)) throw error;
  countRefusal(error.code);
  return {
    __typename: 'Refused',
    code: error.code,
    message: error.message,
    remedy: error.remedy,
    path: [...prefix, ...error.path],
  };
}
