import { ALL_ROLES, type Row } from '../row.js';

/** What may be spent, and is, is public: each publication says what it cost. */
export const row: Row = {
  field: 'Query.privacyBudget',
  strangers: true,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: privacyBudget { left } }' }),
};
