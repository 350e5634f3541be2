import { ALL_ROLES, type Row } from '../row.js';

/** The ontology is public. */
export const row: Row = {
  field: 'Query.concept',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: concept(id: "means/deception") { id } }' }),
};
