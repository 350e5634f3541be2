import type { Row } from '../row.js';

/** As the inbox itself, at whose pages the stream reads. */
export const row: Row = {
  field: 'Subscription.inbox',
  strangers: false,
  roles: ['case-worker', 'liaison', 'analyst'],
  ask: () => ({ document: 'subscription { it: inbox { __typename } }' }),
};
