import { describe, expect, it } from '@jest/globals';
import { openMemberKey } from '../../../src/console/organisation/member-key.js';
import { serialiseKey } from '../../../src/member/index.js';
import { generateSigningKey } from '../../../src/protocol/index.js';

describe('the key of an organisation, for one signature', () => {
  it('is opened with its passphrase', async () => {
    const key = await generateSigningKey('EdDSA');
    const file = await serialiseKey({ member: 'bg-most', key }, 'a long passphrase');
    expect(await openMemberKey(file, 'a long passphrase', 'bg-most')).toMatchObject({ member: 'bg-most' });
    await expect(openMemberKey(file, 'another one', 'bg-most')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
  });

  it('is not taken from a seat or another organisation', async () => {
    const key = await generateSigningKey('EdDSA');
    const seat = await serialiseKey({ member: 'bg-most', officer: 'desk-1', role: 'liaison', key }, null);
    const other = await serialiseKey({ member: 'de-lotse', key }, null);
    for (const file of [seat, other, 'nothing'])
      await expect(openMemberKey(file, '', 'bg-most')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
