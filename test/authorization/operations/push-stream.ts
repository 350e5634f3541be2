import { ALL_ROLES, type Row } from '../row.js';

/** Every officer may see where its member's inbox goes. */
export const row: Row = {
  field: 'Query.pushStream',
  strangers: false,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: pushStream { state } }' }),
};
