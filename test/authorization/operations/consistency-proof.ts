import { ALL_ROLES, type Row } from '../row.js';

/** Open, so that anybody can be a witness. */
export const row: Row = {
  field: 'Query.consistencyProof',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: consistencyProof(from: 0) { path } }' }),
};
