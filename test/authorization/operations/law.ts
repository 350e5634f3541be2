import { ALL_ROLES, type Row } from '../row.js';

/** The readings of laws are public. */
export const row: Row = {
  field: 'Query.law',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: law(code: "GB") { code } }' }),
};
