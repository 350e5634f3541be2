import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeStatement,
  EVENTS,
  generateSigningKey,
  MAX_STATEMENT_LENGTH,
  readClaims,
  readPublicKey,
  Refusal,
  type RefusalCode,
  signPayload,
  signStatement,
  type SigningKey,
  verifySignature,
} from '../../../src/protocol/index.js';

const AUDIENCE = 'https://hub.example';
const NOW = 1_790_000_000;
const expected = { audience: AUDIENCE, events: [EVENTS.leave], now: NOW };

let key: SigningKey;
let other: SigningKey;
let compact: string;

beforeAll(async () => {
  [key, other] = await Promise.all([generateSigningKey('EdDSA'), generateSigningKey('ES256')]);
  compact = await signStatement(
    { issuer: 'xa-one', audience: AUDIENCE, event: EVENTS.leave, body: {}, issuedAt: NOW },
    key,
  );
});

function codeOf(step: () => unknown): RefusalCode | 'accepted' {
  try {
    step();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const withHeader = (header: object): string =>
  `${encode(JSON.stringify(header))}.${compact.split('.').slice(1).join('.')}`;

describe('the door for statements', () => {
  it('takes in what a member signed', async () => {
    const decoded = decodeStatement(compact);
    await verifySignature(decoded, key);
    expect(readClaims(decoded, expected)).toMatchObject({ issuer: 'xa-one', event: EVENTS.leave, issuedAt: NOW });
  });

  it.each<[string, RefusalCode, () => string]>([
    ['no signature', 'UNSIGNED', () => `${compact.split('.').slice(0, 2).join('.')}.`],
    ['alg none', 'UNSIGNED', () => withHeader({ alg: 'none', typ: 'secevent+jwt', kid: key.kid })],
    ['alg nOnE', 'UNSIGNED', () => withHeader({ alg: 'nOnE', typ: 'secevent+jwt', kid: key.kid })],
    [
      'a symmetric algorithm',
      'ALGORITHM_NOT_ALLOWED',
      () => withHeader({ alg: 'HS256', typ: 'secevent+jwt', kid: key.kid }),
    ],
    ['no algorithm', 'ALGORITHM_NOT_ALLOWED', () => withHeader({ typ: 'secevent+jwt', kid: key.kid })],
    [
      'a key in the header',
      'NON_CANONICAL',
      () => withHeader({ alg: 'EdDSA', typ: 'secevent+jwt', kid: key.kid, jwk: key.jwk }),
    ],
    [
      'a URL in the header',
      'NON_CANONICAL',
      () => withHeader({ alg: 'EdDSA', typ: 'secevent+jwt', kid: key.kid, jku: 'https://evil.example' }),
    ],
    [
      'a critical extension',
      'NON_CANONICAL',
      () => withHeader({ alg: 'EdDSA', typ: 'secevent+jwt', kid: key.kid, crit: ['b64'], b64: false }),
    ],
    ['padding', 'NON_CANONICAL', () => `${compact}=`],
    ['a trailing newline', 'NON_CANONICAL', () => `${compact}\n`],
    ['a space inside', 'NON_CANONICAL', () => compact.replace('.', ' .')],
    ['four parts', 'NON_CANONICAL', () => `${compact}.AAAA`],
    ['one part', 'NON_CANONICAL', () => 'AAAA'],
    ['too much', 'OVERSIZED', () => `${compact}${'A'.repeat(MAX_STATEMENT_LENGTH)}`],
  ])('refuses %s', (_, code, statement) => {
    expect(codeOf(() => decodeStatement(statement()))).toBe(code);
  });

  it('refuses spare bits in the last character of the signature, which platforms read as the same bytes', () => {
    const last = compact.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = `${compact.slice(0, -1)}${alphabet[alphabet.indexOf(last) + 1] ?? ''}`;
    expect(Buffer.from(twin.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(compact.split('.')[2] ?? '', 'base64url'),
    );
    expect(codeOf(() => decodeStatement(twin))).toBe('NON_CANONICAL');
  });

  it('refuses a signature of another key, of a key nobody holds, and of a key used with another algorithm', async () => {
    const decoded = decodeStatement(compact);
    await expect(verifySignature(decoded, null)).rejects.toMatchObject({ code: 'WRONG_KEY' });
    await expect(verifySignature(decoded, other)).rejects.toMatchObject({ code: 'WRONG_KEY' });
    await expect(verifySignature(decoded, { ...other, kid: key.kid })).rejects.toMatchObject({
      code: 'ALGORITHM_NOT_ALLOWED',
    });
    const forged = await generateSigningKey('EdDSA');
    await expect(verifySignature(decoded, { ...forged, kid: key.kid })).rejects.toMatchObject({ code: 'WRONG_KEY' });
  });

  it('refuses every change of a byte of what was signed', async () => {
    const length = compact.length;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.constantFrom(...'ABCxyz012-_'), async (at, character) => {
        const changed = `${compact.slice(0, at)}${character}${compact.slice(at + 1)}`;
        if (changed === compact) return;
        const verified = (async () => {
          const decoded = decodeStatement(changed);
          await verifySignature(decoded, decoded.kid === key.kid ? key : null);
        })();
        await expect(verified).rejects.toBeInstanceOf(Refusal);
      }),
      { numRuns: 150 },
    );
  });

  const claims = (change: object) => ({
    iss: 'xa-one',
    aud: AUDIENCE,
    iat: NOW,
    jti: 'abcdefghijklmnop',
    events: { [EVENTS.leave]: {} },
    ...change,
  });

  it.each<[string, RefusalCode, object]>([
    ['another audience', 'WRONG_AUDIENCE', { aud: 'https://other.example' }],
    ['several audiences', 'WRONG_AUDIENCE', { aud: [AUDIENCE] }],
    ['a date in the future', 'NOT_YET_VALID', { iat: NOW + 120 }],
    ['nbf in the future', 'NOT_YET_VALID', { nbf: NOW + 120 }],
    ['a past end', 'EXPIRED', { iat: NOW - 500, exp: NOW - 120 }],
    ['an age of 31 days', 'EXPIRED', { iat: NOW - 31 * 86_400 }],
    ['an end that would outlive 30 days', 'EXPIRED', { iat: NOW - 31 * 86_400, exp: NOW + 86_400 }],
    ['another event', 'WRONG_STATEMENT_TYPE', { events: { [EVENTS.join]: {} } }],
    ['two events', 'SCHEMA_INVALID', { events: { [EVENTS.leave]: {}, [EVENTS.join]: {} } }],
    ['no event', 'SCHEMA_INVALID', { events: {} }],
    ['a number as text', 'SCHEMA_INVALID', { iat: String(NOW) }],
    ['a fraction of a second', 'NON_CANONICAL', { iat: NOW + 0.5 }],
    ['a short jti', 'SCHEMA_INVALID', { jti: 'abc' }],
    ['an issuer that is no member code', 'SCHEMA_INVALID', { iss: 'XA One' }],
  ])('refuses %s', async (_, code, change) => {
    const signed = await signPayload(claims(change), key, 'secevent+jwt');
    expect(codeOf(() => readClaims(decodeStatement(signed), expected))).toBe(code);
  });

  it('refuses another type of token signed by the same key', async () => {
    const signed = await signPayload(claims({}), key, 'at+jwt');
    expect(codeOf(() => readClaims(decodeStatement(signed), expected))).toBe('WRONG_STATEMENT_TYPE');
  });

  it('repeats nothing of what it refuses', async () => {
    const marker = 'Zamira-1999-Petrova';
    const signed = await signPayload(claims({ aud: marker, iss: marker, jti: marker }), key, 'secevent+jwt');
    for (const statement of [marker, `${marker}.${marker}.${marker}`, signed]) {
      try {
        readClaims(decodeStatement(statement), expected);
      } catch (error) {
        expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(marker.slice(0, 6));
      }
    }
  });

  it('takes only public keys of its two curves as keys', async () => {
    await expect(readPublicKey(key.privateJwk)).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
    await expect(readPublicKey({ kty: 'oct', k: 'AAAA' })).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
    await expect(readPublicKey({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' })).rejects.toMatchObject({
      code: 'SCHEMA_INVALID',
    });
    await expect(readPublicKey(null)).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
  });
});
