import { say } from '../../support/organisation.js';
import { signedRow } from '../signed-row.js';

/** An active member asks for the return of a suspended member of another country. */
export const row = signedRow(
  'reinstate',
  async (scene, standing) => {
    const subject = await scene.member('suspended', 'FR');
    return say(scene.hub, await scene.member(standing), 'reinstate', { member: subject.code });
  },
  { active: 'accepted', pending: 'MEMBER_PENDING', suspended: 'MEMBER_SUSPENDED', left: 'MEMBER_LEFT' },
);
