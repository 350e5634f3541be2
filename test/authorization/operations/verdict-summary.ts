import type { Row } from '../row.js';

/** Counting is monitoring: another purpose gives no counts. */
export const row: Row = {
  field: 'Query.verdictSummary',
  strangers: false,
  roles: ['analyst', 'liaison'],
  purposes: ['monitoring'],
  ask: () => ({ document: '{ it: verdictSummary(under: ["GB"]) { alerts } }' }),
};
