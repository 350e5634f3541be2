import { describe, expect, it } from '@jest/globals';
import { toldByStatements } from '../../../src/console/organisation/membership-told.js';
import { signMembership } from '../../../src/member/index.js';
import { generateSigningKey } from '../../../src/protocol/index.js';

describe('what statements about a membership tell', () => {
  it('is who says what, in their order; what is no statement tells nothing', async () => {
    const seat = { member: 'al-shtegu', key: await generateSigningKey('EdDSA') };
    const left = await signMembership('leave', {}, seat, 'https://hub.example.org');
    const revoked = await signMembership('revokeOfficer', { officer: 'desk-1' }, seat, 'https://hub.example.org');
    const told = toldByStatements([revoked, 'nothing', left]);
    expect(told.map(({ happening, by }) => [happening, by])).toEqual([
      ['revoke-officer', 'al-shtegu'],
      ['leave', 'al-shtegu'],
    ]);
  });
});
