import { ALL_ROLES, type Row } from '../row.js';

/** Every officer may ask who it is. */
export const row: Row = {
  field: 'Query.whoami',
  strangers: false,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: whoami { purpose } }' }),
};
