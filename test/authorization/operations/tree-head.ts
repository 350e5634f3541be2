import { ALL_ROLES, type Row } from '../row.js';

/** That all get the same head is the point of it. */
export const row: Row = {
  field: 'Query.treeHead',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: treeHead { size statement } }' }),
};
