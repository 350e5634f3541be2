import { LINK_PURPOSES, linkOf, linkTo } from '../link-row.js';
import type { Row } from '../row.js';

const DOCUMENT = 'query ($id: ID!) { it: link(id: $id) { id state alertId } }';

/** Holders see a link; to others it is as if there were none. */
export const row: Row = {
  field: 'Query.link',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  purposes: LINK_PURPOSES,
  ask: async (scene) => ({ document: DOCUMENT, variables: { id: await linkOf(scene, 'suggested') } }),
  things: {
    ask: async (scene, alert) => ({ document: DOCUMENT, variables: { id: await linkTo(scene, alert) } }),
    answers: { foreign: 'nothing', unknown: 'nothing' },
  },
};
