import type { Row } from '../row.js';

/** Administrators read no alerts. */
export const row: Row = {
  field: 'Query.alerts',
  strangers: false,
  roles: ['case-worker', 'liaison', 'analyst'],
  ask: () => ({ document: '{ it: alerts(first: 3) { edges { node { id } } } }' }),
};
