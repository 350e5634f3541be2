import { signed } from '../obligation-row.js';
import type { Row } from '../row.js';

/** Only the alert's sender has it erased; whether there is one of others nobody learns. */
export const row: Row = {
  field: 'Mutation.eraseSubject',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  ask: async (scene) => {
    const alert = await scene.alert('own');
    return signed(scene, 'eraseSubject', 'subjectErased', { alert, because: 'access-request' });
  },
  things: {
    ask: (scene, alert) => signed(scene, 'eraseSubject', 'subjectErased', { alert, because: 'access-request' }),
    answers: { own: 'given', readable: 'NOT_FOUND', foreign: 'NOT_FOUND', unknown: 'NOT_FOUND' },
  },
};
