import { ALL_ROLES, type Row } from '../row.js';

/** Every officer may know the members. */
export const row: Row = {
  field: 'Query.members',
  strangers: false,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: members(first: 10) { edges { node { code } } } }' }),
};
