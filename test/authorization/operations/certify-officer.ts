import { generateSigningKey } from '../../../src/protocol/index.js';
import { say, seconds } from '../../support/organisation.js';
import { signedRow } from '../signed-row.js';

/** Only an active member seats officers. */
export const row = signedRow(
  'certifyOfficer',
  async (scene, standing) => {
    const { jwk } = await generateSigningKey();
    const body = { officer: 'new', role: 'analyst', key: jwk, until: seconds() + 3600 };
    return say(scene.hub, await scene.member(standing), 'certifyOfficer', body);
  },
  { active: 'accepted', pending: 'MEMBER_PENDING', suspended: 'MEMBER_SUSPENDED', left: 'MEMBER_LEFT' },
);
