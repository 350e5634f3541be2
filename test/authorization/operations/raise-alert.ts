import type { Row } from '../row.js';
import { submit } from '../signed-row.js';

/** Case workers and liaison officers raise; analysts and administrators do not. */
export const row: Row = {
  field: 'Mutation.raiseAlert',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  ask: async (scene) => submit('raiseAlert', await scene.statement()),
};
