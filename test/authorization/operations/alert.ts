import type { Row } from '../row.js';

const DOCUMENT = 'query ($id: ID!) { it: alert(id: $id) { id statement sender { code } } }';

/** Administrators look after officers and deliveries; they read no alerts. */
export const row: Row = {
  field: 'Query.alert',
  strangers: false,
  roles: ['case-worker', 'liaison', 'analyst'],
  ask: async (scene) => ({ document: DOCUMENT, variables: { id: await scene.alert('readable') } }),
  things: {
    ask: (_, id) => ({ document: DOCUMENT, variables: { id } }),
    answers: { own: 'given', readable: 'given', foreign: 'nothing', unknown: 'nothing' },
  },
};
