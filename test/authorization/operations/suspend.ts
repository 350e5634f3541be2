import { say } from '../../support/organisation.js';
import { signedRow } from '../signed-row.js';

/** An active member asks for the suspension of a member of another country. */
export const row = signedRow(
  'suspend',
  async (scene, standing) => {
    const subject = await scene.member('active', 'FR');
    return say(scene.hub, await scene.member(standing), 'suspend', { member: subject.code, reason: 'inactive' });
  },
  { active: 'accepted', pending: 'MEMBER_PENDING', suspended: 'MEMBER_SUSPENDED', left: 'MEMBER_LEFT' },
);
