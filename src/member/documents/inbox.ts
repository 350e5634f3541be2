import type { RefusedAnswer } from './alert-submission.js';
import { REFUSED_FIELDS } from './alert-submission.js';

/** `InboxEntry` as it comes over the wire, without the alert's fields. */
export interface InboxEntryAnswer {
  readonly seq: number;
  readonly index: number;
  readonly event: string;
  readonly receivedAt: string;
  readonly salt: string | null;
  readonly leafHash: string;
  readonly chainHash: string;
  readonly content: string;
  readonly statement: string | null;
  readonly alertId: string | null;
  readonly linkId: string | null;
  readonly alert: { readonly kind: string; readonly sender: { readonly code: string } | null } | null;
}

/** `InboxConnection` as it comes over the wire. */
export interface InboxPageAnswer {
  readonly edges: readonly { readonly cursor: string; readonly node: InboxEntryAnswer }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly head: { readonly statement: string };
  readonly unreadCount: number;
  readonly acknowledged: number;
}

/** What narrows an inbox, in the words of the SDL. */
export interface InboxFilterInput {
  readonly kinds?: readonly string[];
  readonly events?: readonly string[];
  readonly unreadOnly?: boolean;
}

export interface InboxAnswer {
  readonly inbox: InboxPageAnswer;
}

export const INBOX = `query Inbox($first: Int!, $after: String, $filter: InboxFilter) {
    inbox(first: $first, after: $after, filter: $filter) {
      edges { cursor node { seq index event receivedAt salt leafHash chainHash content statement alertId linkId alert { kind sender { code } } } }
      pageInfo { hasNextPage endCursor }
      head { statement }
      unreadCount
      acknowledged
    }
  }`;

export interface InboxAcknowledgedAnswer {
  readonly __typename: 'InboxAcknowledged';
  readonly acknowledged: number;
  readonly unreadCount: number;
}

export type AcknowledgeInboxAnswer = InboxAcknowledgedAnswer | RefusedAnswer;

export const ACKNOWLEDGE_INBOX = `mutation AcknowledgeInbox($seq: Int!) {
    result: acknowledgeInbox(seq: $seq) {
      __typename
      ... on InboxAcknowledged { acknowledged unreadCount }
      ${REFUSED_FIELDS}
    }
  }`;
