import { toldAll } from '../../support/told.js';
import type { Row } from '../row.js';

const HANDED_OUT = `UPDATE inbox_reading r SET given = i.last_seq FROM inbox i WHERE i.id = r.inbox_id AND i.member = $1`;

/** Who reads an inbox may say that the member has. */
export const row: Row = {
  field: 'Mutation.acknowledgeInbox',
  strangers: false,
  roles: ['case-worker', 'liaison', 'analyst'],
  ask: async (scene) => {
    await scene.alert('readable');
    await toldAll(scene.hub);
    await scene.sql(HANDED_OUT, [scene.house.code]);
    return { document: 'mutation { it: acknowledgeInbox(seq: 1) { __typename ... on Refused { code } } }' };
  },
};
