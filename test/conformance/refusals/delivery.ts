import { NameResolver } from '../../../src/delivery/index.js';
import type { Provocation } from './provocation.js';
import { MARKER } from './stage.js';

const ACKNOWLEDGE = `mutation ($seq: Int, $cursor: String) { it: acknowledgeInbox(seq: $seq, cursor: $cursor)
  { __typename ... on Refused { code message path remedy } } }`;

const CONFIGURE = `mutation ($endpoint: String!) { it: configurePush(endpoint: $endpoint)
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
    ask: () => ({ document: CONFIGURE, variables: { endpoint: `https://${MARKER.code}:8443/` } }),
  },
  {
    code: 'CHECKS_UNDER_WAY',
    by: 'an endpoint while the name of another is asked for',
    path: ['endpoint'],
    asLiaison: true,
    ask: async (stage) => {
      const variables = { endpoint: `https://${MARKER.code}.example.org/` };
      const isAsked = new Promise<void>((resolve) => {
        stage.hub.app.get(NameResolver).addressesOf = (_, signal) => {
          resolve();
          return new Promise((give) => {
            signal.addEventListener('abort', () => {
              give([]);
            });
          });
        };
      });
      void stage.askAsLiaison(CONFIGURE, variables);
      await isAsked;
      return { document: CONFIGURE, variables };
    },
  },
];
