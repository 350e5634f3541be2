import { generateSigningKey, randomJti, signKeyProof } from '../../../src/protocol/index.js';
import { say } from '../../support/organisation.js';
import { signedRow } from '../signed-row.js';

/** The present key of an active member gives way to another. */
export const row = signedRow(
  'rotateKey',
  async (scene, standing) => {
    const [member, next, jti] = [await scene.member(standing), await generateSigningKey(), randomJti()];
    const proof = await signKeyProof(member.code, jti, next);
    return say(scene.hub, member, 'rotateKey', { key: next.jwk, proof }, { jti });
  },
  { active: 'accepted', pending: 'MEMBER_PENDING', suspended: 'MEMBER_SUSPENDED', left: 'MEMBER_LEFT' },
);
