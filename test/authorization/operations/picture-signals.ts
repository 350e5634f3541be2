import type { Row } from '../row.js';

/** Signals are made of what the picture shows, and are for whoever may see it. */
export const row: Row = {
  field: 'Query.pictureSignals',
  strangers: false,
  roles: ['analyst', 'liaison'],
  purposes: ['monitoring'],
  ask: () => ({ document: '{ it: pictureSignals(of: [CORRIDOR]) { at series { outcome } } }' }),
};
