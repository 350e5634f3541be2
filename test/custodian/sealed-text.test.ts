import { expect, it } from '@jest/globals';
import { openText, sealText } from '../../src/custodian/sealed-text.js';

const PASSPHRASE = 'correct horse battery';

it('opens with the passphrase, for the purpose that it was sealed for, and holds nothing in the clear', async () => {
  const seal = await sealText('a share', PASSPHRASE, 'shares');
  expect(JSON.stringify(seal)).not.toContain('share');
  expect(await openText(JSON.parse(JSON.stringify(seal)), PASSPHRASE, 'shares')).toBe('a share');
  await expect(openText(seal, `${PASSPHRASE}!`, 'shares')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
  await expect(openText(seal, PASSPHRASE, 'keys')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
});

it('does not open when anything of it is changed, nor at a cost that is not ours', async () => {
  const seal = await sealText('a share', PASSPHRASE, 'shares');
  const flipped = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
  for (const changed of [
    { ...seal, sealed: flipped(seal.sealed) },
    { ...seal, tag: flipped(seal.tag) },
    { ...seal, tag: seal.tag.slice(0, 8) },
    { ...seal, nonce: flipped(seal.nonce) },
    { ...seal, scrypt: { ...seal.scrypt, salt: flipped(seal.scrypt.salt) } },
  ])
    await expect(openText(changed, PASSPHRASE, 'shares')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
  for (const changed of [{ ...seal, scrypt: { ...seal.scrypt, N: 1 << 30 } }, { ...seal, tag: '' }, null, 'x', {}])
    await expect(openText(changed, PASSPHRASE, 'shares')).rejects.toMatchObject({ code: 'BROKEN_STATE' });
});
