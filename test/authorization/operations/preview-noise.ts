import type { Row } from '../row.js';

/** For whoever may publish. */
export const row: Row = {
  field: 'Query.previewNoise',
  strangers: false,
  roles: ['analyst', 'liaison'],
  purposes: ['monitoring'],
  ask: () => ({ document: '{ it: previewNoise(tables: [{ by: [GENDER] }], rhoMicro: 10000) { epsilon } }' }),
};
