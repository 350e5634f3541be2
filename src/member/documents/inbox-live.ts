import type { InboxEntryAnswer } from './inbox.js';

/** `InboxEdge` as it comes over the wire. */
export interface LiveEdge {
  readonly __typename: 'InboxEdge';
  readonly cursor: string;
  readonly node: InboxEntryAnswer;
}

/** `InboxHeartbeat` as it comes over the wire. */
export interface LiveHeartbeat {
  readonly __typename: 'InboxHeartbeat';
  readonly cursor: string;
  readonly head: { readonly statement: string };
  readonly unreadCount: number;
}

/** `InboxDiscontinuity` as it comes over the wire. */
export interface LiveDiscontinuity {
  readonly __typename: 'InboxDiscontinuity';
  readonly from: number;
  readonly to: number;
}

/** `InboxEnded` as it comes over the wire. */
export interface LiveEnded {
  readonly __typename: 'InboxEnded';
  readonly code: string;
  readonly message: string;
  readonly again: boolean;
}

export type LiveMessage = LiveEdge | LiveHeartbeat | LiveDiscontinuity | LiveEnded;

export const INBOX_LIVE = `subscription InboxLive($after: String, $filter: InboxFilter) {
    inbox(after: $after, filter: $filter) {
      __typename
      ... on InboxEdge { cursor node { seq index event receivedAt salt leafHash chainHash content statement alertId linkId alert { kind sender { code } } } }
      ... on InboxHeartbeat { cursor head { statement } unreadCount }
      ... on InboxDiscontinuity { from to }
      ... on InboxEnded { code message again }
    }
  }`;
