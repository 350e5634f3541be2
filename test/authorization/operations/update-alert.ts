import { signUpdated } from '../../../src/member/index.js';
import { PURPOSES } from '../../../src/protocol/index.js';
import { caseContent } from '../../support/organisation.js';
import type { Question, Row } from '../row.js';
import { submit } from '../signed-row.js';
import type { Scene } from '../scene.js';

/** Only the sender replaces what it said, and learns of nobody else's alerts by trying. */
export const row: Row = {
  field: 'Mutation.updateAlert',
  strangers: false,
  roles: ['case-worker', 'liaison'],
  ask: async (scene) => update(scene, await scene.alert('own')),
  things: {
    ask: update,
    answers: { own: 'given', readable: 'NOT_FOUND', foreign: 'NOT_FOUND', unknown: 'NOT_FOUND' },
  },
};

async function update(scene: Scene, id: string): Promise<Question> {
  const seat = scene.house.seats.get('case-worker');
  if (!seat) throw new Error('no such seat');
  const handling = { purposes: PURPOSES, audience: { everyone: true as const }, code: 'H0' as const };
  return submit(
    'updateAlert',
    await signUpdated(id, caseContent({ handling }), { seat, audience: scene.hub.identity.audience }),
  );
}
