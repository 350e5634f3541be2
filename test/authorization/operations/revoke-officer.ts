import { say } from '../../support/organisation.js';
import { signedRow } from '../signed-row.js';

/** A stolen key can be stopped also while suspended. */
export const row = signedRow(
  'revokeOfficer',
  async (scene, standing) => say(scene.hub, await scene.member(standing), 'revokeOfficer', { officer: 'desk' }),
  { active: 'accepted', pending: 'MEMBER_PENDING', suspended: 'accepted', left: 'MEMBER_LEFT' },
);
