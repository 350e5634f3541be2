import type { RefusedAnswer } from './alert-submission.js';
import { REFUSED_FIELDS } from './alert-submission.js';

/** `PushStream` as it comes over the wire. */
export interface PushStreamAnswer {
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
}

/** `DeadLetter` as it comes over the wire. */
export interface DeadLetterAnswer {
  readonly seq: number;
  readonly error: string;
  readonly refusedAt: string;
  readonly redeliveryAskedAt: string | null;
}

const STREAM_FIELDS = `endpoint hasAuthorization officer configuredAt state stoppedFor pushedUpTo pending tries lastError lastErrorAt nextTryAt`;
const LETTER_FIELDS = 'seq error refusedAt redeliveryAskedAt';

export interface DeliveriesAnswer {
  readonly pushStream: PushStreamAnswer | null;
  readonly deadLetters: {
    readonly edges: readonly { readonly node: DeadLetterAnswer }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export const DELIVERIES = `query Deliveries($first: Int!, $after: String) {
    pushStream { ${STREAM_FIELDS} }
    deadLetters(first: $first, after: $after) { edges { node { ${LETTER_FIELDS} } } pageInfo { hasNextPage endCursor } }
  }`;

export type ConfigurePushAnswer =
  { readonly __typename: 'PushConfigured'; readonly stream: PushStreamAnswer } | RefusedAnswer;

export const CONFIGURE_PUSH = `mutation ConfigurePush($endpoint: String!, $authorization: String) {
    result: configurePush(endpoint: $endpoint, authorization: $authorization) {
      __typename
      ... on PushConfigured { stream { ${STREAM_FIELDS} } }
      ${REFUSED_FIELDS}
    }
  }`;

export type RemovePushAnswer = { readonly __typename: 'PushRemoved'; readonly existed: boolean } | RefusedAnswer;

export const REMOVE_PUSH = `mutation RemovePush {
    result: removePush {
      __typename
      ... on PushRemoved { existed }
      ${REFUSED_FIELDS}
    }
  }`;

export type RedeliverAnswer =
  { readonly __typename: 'RedeliveryAsked'; readonly deadLetter: DeadLetterAnswer } | RefusedAnswer;

export const REDELIVER = `mutation Redeliver($seq: Int!) {
    result: redeliver(seq: $seq) {
      __typename
      ... on RedeliveryAsked { deadLetter { ${LETTER_FIELDS} } }
      ${REFUSED_FIELDS}
    }
  }`;
