import { signWithdrawn } from '../../../src/member/index.js';
import type { Question, Row } from '../row.js';
import { submit } from '../signed-row.js';
import type { Scene } from '../scene.js';

/** Only the sender withdraws, and learns of nobody else's alerts by trying. */
export const row: Row = {
  field: 'Mutation.withdrawAlert',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  ask: async (scene) => withdraw(scene, await scene.alert('own')),
  things: {
    ask: withdraw,
    answers: { own: 'given', readable: 'NOT_FOUND', foreign: 'NOT_FOUND', unknown: 'NOT_FOUND' },
  },
};

async function withdraw(scene: Scene, id: string): Promise<Question> {
  const seat = scene.house.seats.get('case-worker');
  if (!seat) throw new Error('no such seat');
  return submit(
    'withdrawAlert',
    await signWithdrawn(id, 'superseded', { seat, audience: scene.hub.identity.audience }),
  );
}
