import { ALL_ROLES, type Row } from '../row.js';

/** Custodians and epochs are public: a member that is about to join has to be able to look at them. */
export const row: Row = {
  field: 'Query.linkage',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: linkage { profile custodians { code } epochs { name } } }' }),
};
