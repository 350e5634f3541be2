import { describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import {
  MAX_MESSAGE_CHARACTERS,
  MAX_SEALED_CHARACTERS,
  openMessage,
  sealMessage,
} from '../../../src/protocol/comparison/index.js';

const LINK = 'link:5c9a0f6e-1b7d-4e2a-9c41-07d3b1f2a6e8';
const FORM = /^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const QUESTION = { kind: 'question', text: 'Has she a scar on the left hand? Имеет ли шрам?' } as const;

async function pair(): Promise<{ readonly open: JWK; readonly secret: JWK }> {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  return { open: await exportJWK(publicKey), secret: await exportJWK(privateKey) };
}

async function sealed(...parameters: Parameters<typeof sealMessage>): Promise<string> {
  const message = await sealMessage(...parameters);
  if (message === null) throw new Error('it was too long');
  return message;
}

describe('a message of a comparison', () => {
  it('is read by the key that it was sealed to, and has the form that the contract takes', async () => {
    const { open, secret } = await pair();
    const jwe = await sealed(QUESTION, LINK, open);
    expect(jwe).toMatch(FORM);
    expect(await openMessage(jwe, LINK, secret)).toEqual(QUESTION);
  });

  it('is read by no third key, and not by its sender', async () => {
    const [other, sender, third] = await Promise.all([pair(), pair(), pair()]);
    const jwe = await sealed(QUESTION, LINK, other.open);
    expect(await openMessage(jwe, LINK, third.secret)).toBeNull();
    expect(await openMessage(jwe, LINK, sender.secret)).toBeNull();
  });

  it('fits no other link, and not once a character of it is changed', async () => {
    const { open, secret } = await pair();
    const jwe = await sealed(QUESTION, LINK, open);
    expect(await openMessage(jwe, LINK.replace('5c9', '5ca'), secret)).toBeNull();
    const parts = jwe.split('.');
    const text = parts[3] ?? '';
    parts[3] = `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
    expect(await openMessage(parts.join('.'), LINK, secret)).toBeNull();
  });

  it('does not tell yes from no by its length', async () => {
    const { open } = await pair();
    const lengths = await Promise.all(
      ['no', 'yes, on the left hand'].map(async (text) => (await sealed({ kind: 'answer', text }, LINK, open)).length),
    );
    expect(new Set(lengths).size).toBe(1);
  });

  it('may have 4,000 characters of any script, and not one more', async () => {
    const { open, secret } = await pair();
    for (const letter of ['a', 'я', 'ნ', '漢']) {
      const longest = { kind: 'question' as const, text: letter.repeat(MAX_MESSAGE_CHARACTERS) };
      const jwe = await sealed(longest, LINK, open);
      expect(jwe.length).toBeLessThanOrEqual(MAX_SEALED_CHARACTERS);
      expect(await openMessage(jwe, LINK, secret)).toEqual(longest);
      expect(await sealMessage({ ...longest, text: `${longest.text}x` }, LINK, open)).toBeNull();
    }
  });

  it('is not read when it was sealed with another algorithm', async () => {
    const { CompactEncrypt, importJWK } = await import('jose');
    const { open, secret } = await pair();
    const bytes = new TextEncoder().encode(JSON.stringify({ link: LINK, ...QUESTION }));
    const jwe = await new CompactEncrypt(bytes)
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128GCM' })
      .encrypt(await importJWK(open, 'ECDH-ES'));
    expect(await openMessage(jwe, LINK, secret)).toBeNull();
  });
});
