import { ALL_ROLES, type Row } from '../row.js';

/** The readings of laws are public. */
export const row: Row = {
  field: 'Query.laws',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: laws { code } }' }),
};
