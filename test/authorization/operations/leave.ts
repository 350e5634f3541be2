import { say } from '../../support/organisation.js';
import { signedRow } from '../signed-row.js';

/** Whoever is in may leave, also before being admitted and while suspended. */
export const row = signedRow(
  'leave',
  async (scene, standing) => say(scene.hub, await scene.member(standing), 'leave', {}),
  { active: 'accepted', pending: 'accepted', suspended: 'accepted', left: 'MEMBER_LEFT' },
);
