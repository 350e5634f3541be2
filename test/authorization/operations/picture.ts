import type { Row } from '../row.js';

/** Counting is monitoring: another purpose gives no counts. */
export const row: Row = {
  field: 'Query.picture',
  strangers: false,
  roles: ['analyst', 'liaison'],
  purposes: ['monitoring'],
  ask: () => ({ document: '{ it: picture(by: [YEAR]) { alerts { count fewerThan } } }' }),
};
