import { ALL_ROLES, type Row } from '../row.js';

/** The accord's text is public. */
export const row: Row = {
  field: 'Query.accord',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: accord { hash } }' }),
};
