import type { Provocation } from './provocation.js';
import { MARKER } from './stage.js';

const ACKNOWLEDGE = `mutation ($seq: Int, $cursor: String) { it: acknowledgeInbox(seq: $seq, cursor: $cursor)
  { __typename ... on Refused { code message path remedy } } }`;

/** Refusals of what cannot be acknowledged, and of where nothing is delivered. */
export const DELIVERY: readonly Provocation[] = [
  {
    code: 'NOT_DELIVERED',
    by: 'an acknowledgement of what was not handed out',
    path: ['seq'],
    ask: () => ({ document: ACKNOWLEDGE, variables: { seq: 1_000_000 } }),
  },
  {
    code: 'ARGUMENT_INVALID',
    by: 'an acknowledgement by a cursor that the hub never gave',
    path: ['cursor'],
    ask: () => ({ document: ACKNOWLEDGE, variables: { cursor: MARKER.text } }),
  },
  {
    code: 'ENDPOINT_NOT_ALLOWED',
    by: 'an endpoint in a network of its own',
    path: ['endpoint'],
    asLiaison: true,
    ask: () => ({
      document: `mutation ($endpoint: String!) { it: configurePush(endpoint: $endpoint)
        { __typename ... on Refused { code message path remedy } } }`,
      variables: { endpoint: `https://${MARKER.code}:8443/` },
    }),
  },
];
