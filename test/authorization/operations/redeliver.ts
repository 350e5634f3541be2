import { toldAll } from '../../support/told.js';
import type { Row } from '../row.js';

const REFUSED = `INSERT INTO dead_letter (inbox_id, seq, error) SELECT id, 1, 'invalid_key' FROM inbox WHERE member = $1 ON CONFLICT DO NOTHING`;

/** Whoever may set a stream up may have it deliver once more. */
export const row: Row = {
  field: 'Mutation.redeliver',
  strangers: false,
  roles: ['liaison'],
  ask: async (scene) => {
    await scene.alert('readable');
    await toldAll(scene.hub);
    await scene.sql(REFUSED, [scene.house.code]);
    return { document: 'mutation { it: redeliver(seq: 1) { __typename ... on Refused { code } } }' };
  },
};
