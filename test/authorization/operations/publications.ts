import type { Row } from '../row.js';
import { ALL_ROLES } from '../row.js';

/** What was published is for anybody. */
export const row: Row = {
  field: 'Query.publications',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: publications(first: 3) { edges { node { hash } } } }' }),
};
