import { hkdfSync, scrypt as nodeScrypt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import {
  BATCH_SIZE,
  blindBatch,
  DEFAULT_SCRYPT_N,
  evaluateBlinded,
  finalizeBatch,
  KEY_CLASSES,
  nobleScrypt,
  prehash,
  tokenOf,
  TOKEN_LENGTH,
  type BatchInput,
  type ElementsByClass,
  type KeyClass,
  type Ristretto,
  type Scrypt,
} from '../../../src/protocol/oprf/index.js';
import { BACKENDS, fromHex, toHex } from './backends.js';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** scrypt by OpenSSL, as members run it outside a browser. */
const native: Scrypt = (password, salt, { N, r, p, dkLen }) =>
  new Promise((resolve, reject) => {
    nodeScrypt(password, salt, dkLen, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(new Uint8Array(key));
    });
  });

describe('HKDF (RFC 5869 A.1 to A.3)', () => {
  it.each([
    {
      ...{ ikm: '0b'.repeat(22), salt: '000102030405060708090a0b0c', info: 'f0f1f2f3f4f5f6f7f8f9', length: 42 },
      okm: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    },
    {
      ...{ ikm: range(0x00, 80), salt: range(0x60, 80), info: range(0xb0, 80), length: 82 },
      okm: 'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
    },
    {
      ...{ ikm: '0b'.repeat(22), salt: '', info: '', length: 42 },
      okm: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    },
  ])('gives $okm', ({ ikm, salt, info, length, okm }) => {
    expect(toHex(hkdf(sha256, fromHex(ikm), fromHex(salt), fromHex(info), length))).toBe(okm);
  });
});

describe.each([
  ['@noble/hashes', nobleScrypt],
  ['OpenSSL', native],
])('scrypt by %s (RFC 7914 §12)', (_, scrypt) => {
  it.each([
    {
      ...{ password: '', salt: '', N: 16, r: 1, p: 1 },
      key: '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
    },
    {
      ...{ password: 'password', salt: 'NaCl', N: 1024, r: 8, p: 16 },
      key: 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    },
    {
      ...{ password: 'pleaseletmein', salt: 'SodiumChloride', N: 16384, r: 8, p: 1 },
      key: '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    },
  ])('with N = $N gives $key', async ({ password, salt, key, ...cost }) => {
    expect(toHex(await scrypt(text(password), text(salt), { ...cost, dkLen: 64 }))).toBe(key);
  });
});

describe('the prehash', () => {
  const salted = { epoch: '2027-1', keyClass: 'FULL', N: 16 };

  it('is the same by either library at the cost of the first profile', async () => {
    const cost = { ...salted, N: DEFAULT_SCRYPT_N };
    expect(await prehash(text('key'), cost, native)).toEqual(await prehash(text('key'), cost));
  });

  it('is another in another epoch, class or profile', async () => {
    const made = await Promise.all(
      [salted, { ...salted, epoch: '2027-2' }, { ...salted, keyClass: 'DOC' }, { ...salted, N: 32 }].map((one) =>
        prehash(text('key'), one),
      ),
    );
    expect(new Set(made.map(toHex)).size).toBe(4);
    expect(made.every(({ length }) => length === 32)).toBe(true);
  });
});

describe('a token', () => {
  it('is 16 bytes, and another in another epoch or of another kind of key', () => {
    const output = new Uint8Array(64).fill(7);
    const made = [
      { epoch: '2027-1', keyId: 'TA+D' },
      { epoch: '2027-2', keyId: 'TA+D' },
      { epoch: '2027-1', keyId: 'T2+D' },
      // Lengths go before the parts: moving a character from one to the other gives another token.
      { epoch: '2027-1T', keyId: 'A+D' },
    ].map((bound) => tokenOf(output, bound));
    expect(made.every(({ length }) => length === TOKEN_LENGTH)).toBe(true);
    expect(new Set(made.map(toHex)).size).toBe(4);
  });

  it('is HKDF over length-prefixed parts, as another library computes it', () => {
    const info = Buffer.from('\0\x09hub token\0\x062027-1\0\x04TA+D', 'latin1');
    const expected = toHex(new Uint8Array(hkdfSync('sha256', new Uint8Array(64), '', info, 16)));
    expect(toHex(tokenOf(new Uint8Array(64), { epoch: '2027-1', keyId: 'TA+D' }))).toBe(expected);
    expect(expected).toBe('a4b2576f363cf72355f5849591ade55f');
  });
});

describe.each(BACKENDS)('a batch by $library', (group) => {
  const keys = { DOC: group.randomScalar(), FULL: group.randomScalar(), PARTIAL: group.randomScalar() };
  const evaluated = (elements: ElementsByClass, by: Ristretto = group): ElementsByClass =>
    Object.fromEntries(
      KEY_CLASSES.flatMap((keyClass) =>
        elements[keyClass] ? [[keyClass, evaluateBlinded(by, keys[keyClass], elements[keyClass])]] : [],
      ),
    );
  const sizeOf = (elements: ElementsByClass): number =>
    KEY_CLASSES.reduce((sum, keyClass) => sum + (elements[keyClass]?.length ?? 0), 0);
  const drawn = fc.array(
    fc.record({ keyClass: fc.constantFrom<KeyClass>(...KEY_CLASSES), input: fc.uint8Array({ maxLength: 40 }) }),
    { minLength: 1, maxLength: BATCH_SIZE },
  );

  it('always holds 24 elements, and gives each input its own output back', () => {
    fc.assert(
      fc.property(drawn, (inputs: BatchInput[]) => {
        const [one, two] = [blindBatch(group, inputs), blindBatch(group, inputs)];
        expect(sizeOf(one.elements)).toBe(BATCH_SIZE);
        const outputs = finalizeBatch(group, one, evaluated(one.elements)).map(toHex);
        expect(outputs).toHaveLength(inputs.length);
        // Another blinding, order and filling give the same outputs, and no element twice.
        expect(finalizeBatch(group, two, evaluated(two.elements)).map(toHex)).toEqual(outputs);
        const sent = [one, two].flatMap(({ elements }) => Object.values(elements).flat().map(toHex));
        expect(new Set(sent).size).toBe(2 * BATCH_SIZE);
      }),
      { numRuns: 8 },
    );
  });

  it('fills up with class FULL only', () => {
    const { elements } = blindBatch(group, [{ keyClass: 'PARTIAL', input: text('a') }]);
    expect(elements.PARTIAL).toHaveLength(1);
    expect(elements.FULL).toHaveLength(BATCH_SIZE - 1);
    expect(elements.DOC).toBeUndefined();
  });

  it('does not send in the order given', () => {
    const inputs = Array.from({ length: BATCH_SIZE }, (_, at) => ({ keyClass: 'FULL' as const, input: text(`${at}`) }));
    const orders = Array.from({ length: 4 }, () =>
      blindBatch(group, inputs)
        .places.map(({ at }) => at)
        .join(),
    );
    expect(new Set(orders).size).toBe(4);
  });

  it('takes neither none nor more than 24', () => {
    const many = Array.from({ length: BATCH_SIZE + 1 }, () => ({ keyClass: 'FULL' as const, input: text('a') }));
    expect(() => blindBatch(group, many)).toThrow(RangeError);
    expect(() => blindBatch(group, [])).toThrow(RangeError);
  });

  it('does not go on with what was not evaluated', () => {
    const batch = blindBatch(group, [{ keyClass: 'DOC', input: text('a') }]);
    expect(() => finalizeBatch(group, batch, {})).toThrow(RangeError);
  });
});

function range(from: number, count: number): string {
  return toHex(Uint8Array.from({ length: count }, (_, at) => from + at));
}
