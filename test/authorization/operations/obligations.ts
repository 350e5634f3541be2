import { endedAlert } from '../obligation-row.js';
import { ALL_ROLES, type Row } from '../row.js';

const DOCUMENT =
  'query ($alertId: ID) { it: obligations(side: OWED_BY_ME, first: 3, alertId: $alertId) { edges { node { alertId state } } } }';

/** Every officer sees what its member owes, and nothing of what others do. */
export const row: Row = {
  field: 'Query.obligations',
  strangers: false,
  roles: ALL_ROLES,
  ask: async (scene) => {
    await endedAlert(scene);
    return { document: DOCUMENT };
  },
  things: {
    ask: (_, alertId) => ({ document: DOCUMENT, variables: { alertId } }),
    answers: { own: 'nothing', readable: 'nothing', foreign: 'nothing', unknown: 'nothing' },
  },
};
