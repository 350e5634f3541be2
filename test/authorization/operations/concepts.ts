import { ALL_ROLES, type Row } from '../row.js';

/** The ontology is public. */
export const row: Row = {
  field: 'Query.concepts',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: concepts(first: 2) { edges { node { id } } } }' }),
};
