/** What publications with noise may cost, and have cost, in millionths of rho. */
export interface PrivacyBudgetAnswer {
  readonly privacyBudget: { readonly rhoMicro: number; readonly spent: number; readonly left: number };
}

export const PRIVACY_BUDGET = 'query PrivacyBudget { privacyBudget { rhoMicro spent left } }';

/** How an inbox is pushed; any officer may see it. */
export interface PushStreamOnlyAnswer {
  readonly pushStream: {
    readonly endpoint: string;
    readonly hasAuthorization: boolean;
    readonly officer: string;
    readonly configuredAt: string;
    readonly state: string;
    readonly stoppedFor: string | null;
    readonly pushedUpTo: number;
    readonly pending: number;
    readonly tries: number;
    readonly lastError: string | null;
    readonly lastErrorAt: string | null;
    readonly nextTryAt: string | null;
  } | null;
}

export const PUSH_STREAM = `query PushStream {
    pushStream {
      endpoint hasAuthorization officer configuredAt state stoppedFor pushedUpTo pending tries lastError lastErrorAt nextTryAt
    }
  }`;

/** What a receiver refused; for those who read alerts. */
export interface DeadLettersAnswer {
  readonly deadLetters: {
    readonly edges: readonly { readonly node: DeadLetter }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export interface DeadLetter {
  readonly seq: number;
  readonly error: string;
  readonly refusedAt: string;
  readonly redeliveryAskedAt: string | null;
}

export const DEAD_LETTERS = `query DeadLetters($first: Int!, $after: String) {
    deadLetters(first: $first, after: $after) {
      edges { node { seq error refusedAt redeliveryAskedAt } }
      pageInfo { hasNextPage endCursor }
    }
  }`;
