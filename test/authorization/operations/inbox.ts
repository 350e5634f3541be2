import { toldAll } from '../../support/told.js';
import type { Row } from '../row.js';

/** Administrators read no inbox, as they read no alerts. */
export const row: Row = {
  field: 'Query.inbox',
  strangers: false,
  roles: ['case-worker', 'liaison', 'analyst'],
  ask: async (scene) => {
    await scene.alert('readable');
    await toldAll(scene.hub);
    return { document: '{ it: inbox(first: 3) { edges { node { seq statement alert { id } } } } }' };
  },
};
