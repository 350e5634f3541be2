import { ALL_ROLES, type Row } from '../row.js';

/** A made-up case is nobody's. */
export const row: Row = {
  field: 'Query.judge',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: judge(case: { present: ["means/deception"] }, under: ["GB"]) { verdict } }' }),
};
