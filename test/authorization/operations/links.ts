import { LINK_PURPOSES, linkOf } from '../link-row.js';
import type { Row } from '../row.js';

/** Holders see their own links; liaison officers the disputes of their country too. */
export const row: Row = {
  field: 'Query.links',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  purposes: LINK_PURPOSES,
  ask: async (scene) => {
    await linkOf(scene, 'suggested');
    return { document: '{ it: links(first: 3) { edges { node { id } } } }' };
  },
};
