import type { Row } from '../row.js';

const DOCUMENT = 'query ($alertId: ID!) { it: subjectRecord(alertId: $alertId) { alertId entries { index } } }';

/** A sender sees what the log holds about its own alerts, and nothing about those of others. */
export const row: Row = {
  field: 'Query.subjectRecord',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  ask: async (scene) => ({ document: DOCUMENT, variables: { alertId: await scene.alert('own') } }),
  things: {
    ask: (_, alertId) => ({ document: DOCUMENT, variables: { alertId } }),
    answers: { own: 'given', readable: 'nothing', foreign: 'nothing', unknown: 'nothing' },
  },
};
