import { readableUnder, signed } from '../obligation-row.js';
import type { Row } from '../row.js';

const REQUEST = { use: 'evidence', purpose: 'protection', to: { country: 'DE' } };

/** Whoever may read an alert may ask its sender; about others nobody learns anything by asking. */
export const row: Row = {
  field: 'Mutation.askPermission',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  ask: async (scene) =>
    signed(scene, 'askPermission', 'permissionAsked', { alert: await readableUnder(scene, 'H2'), ...REQUEST }),
  things: {
    ask: (scene, alert) => signed(scene, 'askPermission', 'permissionAsked', { alert, ...REQUEST }),
    answers: {
      own: 'NOT_FOUND',
      readable: 'PERMISSION_NOT_APPLICABLE',
      foreign: 'NOT_FOUND',
      unknown: 'NOT_FOUND',
    },
  },
};
