import { ALL_ROLES, type Row } from '../row.js';

/** Comparing laws needs no data of anybody. */
export const row: Row = {
  field: 'Query.compareDefinitions',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: compareDefinitions(a: "GB", b: "CH") { a } }' }),
};
