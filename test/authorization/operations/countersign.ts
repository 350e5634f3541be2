import { MembershipService } from '../../../src/membership/index.js';
import { joinStatement, organisation, say } from '../../support/organisation.js';
import { signedRow } from '../signed-row.js';

let made = 0;

/** A newcomer of another country is vouched for by the key of an active member. */
export const row = signedRow(
  'countersign',
  async (scene, standing) => {
    const newcomer = await organisation('FR', `hopeful-${++made}`, 'ngo', ['protection']);
    const { joinHash } = await scene.hub.app.get(MembershipService).join(await joinStatement(scene.hub, newcomer));
    const voucher = await scene.member(standing);
    return say(scene.hub, voucher, 'countersign', { member: newcomer.code, join: joinHash });
  },
  { active: 'accepted', pending: 'MEMBER_PENDING', suspended: 'MEMBER_SUSPENDED', left: 'MEMBER_LEFT' },
);
