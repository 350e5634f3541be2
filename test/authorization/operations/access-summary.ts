import { ALL_ROLES, type Row } from '../row.js';

/** Every officer of an owner sees the proof of its own day; the leaves of others nobody can open. */
export const row: Row = {
  field: 'Query.accessSummary',
  strangers: false,
  roles: ALL_ROLES,
  ask: () => ({ document: '{ it: accessSummary(day: "2026-01-01") { day } }' }),
};
