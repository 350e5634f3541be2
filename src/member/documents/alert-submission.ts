import { REFUSAL_CODES, Refusal, type RefusalCode } from '../../protocol/index.js';

/** `Refused` as it comes over the wire. */
export interface RefusedAnswer {
  readonly __typename: 'Refused';
  readonly code: RefusalCode;
  readonly message: string;
  readonly path: readonly string[];
  readonly remedy: string;
}

/** `AlertAccepted` as it comes over the wire. */
export interface AcceptedAnswer {
  readonly __typename: 'AlertAccepted';
  readonly alertId: string;
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: string;
  readonly repeated: boolean;
  readonly receipt: string;
}

export type AlertAnswer = AcceptedAnswer | RefusedAnswer;

/** What comes of one statement of a batch. */
export type BatchAnswer = Omit<AcceptedAnswer, 'receipt'> | RefusedAnswer;

/** What comes of a batch: each statement by itself, in the order given, under one receipt over everything accepted. */
export interface BatchOutcome {
  readonly results: readonly BatchAnswer[];
  readonly receipt: string | null;
}

/** A refusal in an answer as an error to throw. A code that this client does not know is kept as ARGUMENT_INVALID with its name in the message. */
export function asRefusal(answer: RefusedAnswer): Refusal {
  const known = REFUSAL_CODES.find((code) => code === answer.code);
  const message = known ? answer.message : `${answer.message} (${answer.code})`;
  return new Refusal(known ?? 'ARGUMENT_INVALID', message, answer.remedy, answer.path);
}

export const REFUSED_FIELDS = '... on Refused { code message path remedy }';

const ACCEPTED_FIELDS = 'alertId jti payloadHash receivedAt repeated';

const ALERT_RESULT = `__typename
      ... on AlertAccepted { ${ACCEPTED_FIELDS} receipt }
      ${REFUSED_FIELDS}`;

export const RAISE_ALERT = `mutation RaiseAlert($statement: SignedStatement!) {
    result: raiseAlert(statement: $statement) { ${ALERT_RESULT} }
  }`;

export const RAISE_ALERTS = `mutation RaiseAlerts($statements: [SignedStatement!]!) {
    batch: raiseAlerts(statements: $statements) {
      receipt
      results {
        __typename
        ... on AlertAccepted { ${ACCEPTED_FIELDS} }
        ${REFUSED_FIELDS}
      }
    }
  }`;

export const UPDATE_ALERT = `mutation UpdateAlert($statement: SignedStatement!) {
    result: updateAlert(statement: $statement) { ${ALERT_RESULT} }
  }`;

export const WITHDRAW_ALERT = `mutation WithdrawAlert($statement: SignedStatement!) {
    result: withdrawAlert(statement: $statement) { ${ALERT_RESULT} }
  }`;
