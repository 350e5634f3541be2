import { ALL_ROLES, type Row } from '../row.js';

const DOCUMENT =
  'query ($alertId: ID) { it: accessRecords(first: 10, alertId: $alertId) { edges { node { operation } } } }';

/** Every officer of an owner sees who read the owner's alerts, and nobody else does. */
export const row: Row = {
  field: 'Query.accessRecords',
  strangers: false,
  roles: ALL_ROLES,
  ask: () => ({ document: DOCUMENT }),
  things: {
    ask: (_, alertId) => ({ document: DOCUMENT, variables: { alertId } }),
    answers: { readable: 'nothing', foreign: 'nothing', unknown: 'nothing' },
  },
};
