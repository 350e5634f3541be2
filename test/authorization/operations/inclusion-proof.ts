import { Sequencer } from '../../../src/transparency/index.js';
import { ALL_ROLES, type Row } from '../row.js';

/** A path says nothing of what stands at its end to whoever does not have it already. */
export const row: Row = {
  field: 'Query.inclusionProof',
  strangers: true,
  roles: ALL_ROLES,
  ask: async ({ hub }) => {
    await hub.app.get(Sequencer).look();
    return { document: '{ it: inclusionProof(index: 0) { path } }' };
  },
};
