import { describe, expect, it } from '@jest/globals';
import { readNamedCustodians } from '../../src/epochs/index.js';
import { generateSigningKey } from '../../src/protocol/index.js';

describe('custodians in the file of an operator', () => {
  it('are read from their cards, and from their thumbprints', async () => {
    const key = await generateSigningKey();
    const one = { code: 'nl-hoeder', url: 'https://hoeder.example' };
    const card = JSON.stringify({ ...one, key: key.jwk, sealingKey: {} });
    const read = [{ ...one, thumbprint: key.kid }];
    expect(await readNamedCustodians(card)).toEqual(read);
    expect(await readNamedCustodians(JSON.stringify(read))).toEqual(read);
  });

  it.each([
    ['what is no JSON', 'nl-hoeder', []],
    ['a code that is none', '[{"code":"Hoeder","url":"https://x.example","thumbprint":"x"}]', ['0', 'code']],
    ['an address that is none', '{"code":"nl-hoeder","url":"hoeder.example"}', ['0', 'url']],
    ['one without a key', '{"code":"nl-hoeder","url":"https://hoeder.example"}', ['0', 'thumbprint']],
  ])('are not read from %s', async (_, text, path) => {
    await expect(readNamedCustodians(text)).rejects.toMatchObject({ code: 'SCHEMA_INVALID', path });
  });
});
