import { createPublicKey, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import type { OfficerSeat } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { generateSigningKey, importKey } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { certify, foundAccord, say, seconds, type TestOrganisation } from '../support/organisation.js';
import type { RawAnswer } from '../support/raw-seat.js';
import {
  askToken,
  assertionOf,
  type Change,
  type ProofKey,
  proofKey,
  proofOf,
  tokenFields,
} from '../support/raw-token.js';

const WANTS_PROOF = '/oauth/token';

let hub: TestHub;
let al: TestOrganisation;
let ro: TestOrganisation;
let desk: OfficerSeat;
let other: OfficerSeat;
let key: ProofKey;

beforeAll(async () => {
  hub = await testHub();
  ({ al, ro } = await foundAccord(hub));
  desk = await certify(hub, al, 'desk', 'case-worker');
  other = await certify(hub, ro, 'liaison-1', 'liaison');
  key = await proofKey();
});
afterAll(() => hub.stop());

/** Each refusal is over when it is answered: the same officer is given a token right after it. */
afterEach(async () => {
  expect((await ask()).status).toBe(200);
});

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Asks for a token as the desk would, changed as given; a proof of null is not sent. */
async function ask(fields: Fields = {}, proof?: string | null): Promise<RawAnswer> {
  const assertion = 'client_assertion' in fields ? '' : await assertionOf(hub, desk);
  const dpop = proof === undefined ? await proofOf(hub, key, WANTS_PROOF) : (proof ?? undefined);
  return askToken(hub, { ...tokenFields(hub, assertion), ...fields }, dpop);
}

async function asserting(change: Change, seat = desk): Promise<Fields> {
  return { client_assertion: await assertionOf(hub, seat, change) };
}

/** An answer of the token service that gives nothing: no token, no name of anybody, nothing of any key. */
function expectRefused(answer: RawAnswer, status: number, error: string): void {
  expect(JSON.parse(answer.text)).toEqual({ error, error_description: expect.any(String) as unknown });
  expect(answer.status).toBe(status);
  for (const secret of [al.code, ro.code, 'desk', 'liaison-1', desk.key.kid, other.key.kid, String(desk.key.jwk.x)])
    expect(answer.text).not.toContain(secret);
  expect(answer.text).not.toMatch(/node_modules|\bat [A-Z]\w+\.|symbolon\.|SELECT/);
}

describe('the token service asks who somebody is', () => {
  it.each<[string, () => Promise<Fields>]>([
    ['with a code alone', async () => ({ client_assertion: undefined, client_id: `${al.code}/desk` })],
    ['by a key of nobody', async () => asserting({ key: (await generateKeyPair('EdDSA')).privateKey })],
    ['by the key of another member’s officer', async () => asserting({ key: await privateHalf(other) })],
    ['by the member’s own key', async () => asserting({ key: await importKey(al.key.privateJwk, al.key.algorithm) })],
    ['for another audience', () => asserting({ claims: { aud: 'https://elsewhere.example/oauth' } })],
    ['for no audience', () => asserting({ claims: { aud: undefined } })],
    ['that has ended', () => asserting({ claims: { iat: seconds() - 600, exp: seconds() - 300 } })],
    ['that never ends', () => asserting({ claims: { exp: undefined } })],
    ['that does not hold yet', () => asserting({ claims: { nbf: seconds() + 300 } })],
    ['without a jti', () => asserting({ claims: { jti: undefined } })],
    ['of another issuer', () => asserting({ claims: { iss: `${ro.code}/liaison-1` } })],
    ['about another subject', () => asserting({ claims: { sub: `${ro.code}/liaison-1` } })],
    ['of an officer that is not there', () => asserting({ claims: { iss: 'al-ngo/nobody', sub: 'al-ngo/nobody' } })],
    ['of a member that is not there', () => asserting({ claims: { iss: 'xx-none/desk', sub: 'xx-none/desk' } })],
    ['of a code with too many parts', () => asserting({ claims: { iss: 'al-ngo/desk/x', sub: 'al-ngo/desk/x' } })],
    ['that nobody signed', () => asserting({ header: { alg: 'none' } })],
    ['that nobody signed, in another spelling', () => asserting({ header: { alg: 'nOnE' } })],
    ['with the public key as a shared secret', () => asserting({ header: { alg: 'HS256' }, key: publicBytes() })],
    [
      'with the text of the public key as a shared secret',
      () => asserting({ header: { alg: 'HS256' }, key: publicText() }),
    ],
    ['by a key that it brings', bringingItsKey],
  ])('refuses an assertion %s', async (_, fields) => {
    expectRefused(await ask(await fields()), 401, 'invalid_client');
  });

  it.each<[string, Fields]>([
    ['no assertion', { client_assertion: undefined, client_assertion_type: undefined }],
    ['what is no JWT', { client_assertion: 'x.y.z' }],
    ['a password', { client_assertion: undefined, client_assertion_type: undefined, client_secret: 'secret' }],
  ])('calls %s no way to say who one is', async (_, fields) => {
    expectRefused(await ask(fields), 400, 'invalid_request');
  });

  it('takes an assertion once', async () => {
    const client_assertion = await assertionOf(hub, desk);
    expect((await ask({ client_assertion })).status).toBe(200);
    expectRefused(await ask({ client_assertion }), 401, 'invalid_client');
  });

  it('takes an assertion that comes many times at the same instant once', async () => {
    for (let round = 0; round < 6; round++) {
      const client_assertion = await assertionOf(hub, desk);
      const proofs = await Promise.all(Array.from({ length: 8 }, () => proofOf(hub, key, WANTS_PROOF)));
      const answers = await Promise.all(proofs.map((proof) => ask({ client_assertion }, proof)));
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused).toHaveLength(7);
      for (const answer of refused) expectRefused(answer, 401, 'invalid_client');
    }
  });

  it('lets a stranger not find out which officers there are', async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    const there = await ask(await asserting({ key: privateKey }));
    const id = `${al.code}/nobody`;
    const absent = await ask(await asserting({ key: privateKey, claims: { iss: id, sub: id } }));
    expect([there.status, there.text]).toEqual([absent.status, absent.text]);
  });
});

describe('the token service asks whether somebody may act', () => {
  it('gives a revoked officer no token', async () => {
    const gone = await certify(hub, al, 'gone', 'case-worker');
    expect((await ask(await asserting({}, gone))).status).toBe(200);
    await hub.app.get(MembershipService).revokeOfficer(await say(hub, al, 'revokeOfficer', { officer: 'gone' }));
    expectRefused(await ask(await asserting({}, gone)), 400, 'unauthorized_client');
  });

  it('gives an officer whose certificate was replaced no token for the old key', async () => {
    const old = await certify(hub, al, 'renewed', 'case-worker');
    const renewed = await certify(hub, al, 'renewed', 'case-worker');
    expectRefused(await ask(await asserting({}, old)), 401, 'invalid_client');
    expect((await ask(await asserting({}, renewed))).status).toBe(200);
  });

  it('gives an officer whose certificate has ended no token', async () => {
    const ended = await certify(hub, al, 'ended', 'case-worker');
    await asOwner(hub.database.url, "UPDATE officer SET valid_to = now() - interval '1 second' WHERE kid = $1", [
      ended.key.kid,
    ]);
    expectRefused(await ask(await asserting({}, ended)), 400, 'unauthorized_client');
  });

  it.each(['pending', 'suspended', 'left'])('gives the officer of a member that is %s no token', async (state) => {
    const seen = () => asserting({}, other);
    const prevention = { scope: 'prevention' };
    expect((await ask({ ...(await seen()), ...prevention })).status).toBe(200);
    await asOwner(hub.database.url, 'UPDATE member SET state = $1 WHERE code = $2', [state, ro.code]);
    const answer = await ask({ ...(await seen()), ...prevention });
    await asOwner(hub.database.url, "UPDATE member SET state = 'active' WHERE code = $1", [ro.code]);
    expectRefused(answer, 400, 'unauthorized_client');
  });

  it.each<[string, Fields, string]>([
    ['no purpose', { scope: undefined }, 'invalid_scope'],
    ['an empty purpose', { scope: '' }, 'invalid_scope'],
    ['two purposes', { scope: 'protection prevention' }, 'invalid_scope'],
    ['two purposes, one after the other', { scope: ['protection', 'prevention'] }, 'invalid_request'],
    ['the same purpose twice', { scope: 'protection protection' }, 'invalid_scope'],
    ['a purpose outside the mandate', { scope: 'prosecution' }, 'invalid_scope'],
    ['a purpose that there is not', { scope: 'immigration-control' }, 'invalid_scope'],
    ['a purpose in other letters', { scope: 'PROTECTION' }, 'invalid_scope'],
    ['another resource', { resource: 'https://elsewhere.example/graphql' }, 'invalid_target'],
    ['a resource that is no address', { resource: 'graphql' }, 'invalid_target'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['the grant of a code', { grant_type: 'authorization_code', code: 'x' }, 'unsupported_grant_type'],
    ['no grant', { grant_type: undefined }, 'invalid_request'],
  ])('gives no token for %s', async (_, fields, error) => {
    expectRefused(await ask(fields), 400, error);
  });

  it('gives no token for two resources', async () => {
    const resource = [`${hub.url}/graphql`, 'https://elsewhere.example/graphql'];
    expectRefused(await ask({ resource }), 400, 'invalid_target');
  });
});

describe('the token service binds tokens to a key', () => {
  const proof = (change: Change) => proofOf(hub, key, WANTS_PROOF, undefined, change);

  it.each<[string, () => Promise<string>]>([
    ['what is no JWT', async () => 'proof'],
    ['a proof for another method', () => proof({ claims: { htm: 'GET' } })],
    ['a proof for another address', () => proof({ claims: { htu: `${hub.url}/graphql` } })],
    ['a proof for another hub', () => proof({ claims: { htu: 'https://elsewhere.example/oauth/token' } })],
    ['an old proof', () => proof({ claims: { iat: seconds() - 900 } })],
    ['a proof from the future', () => proof({ claims: { iat: seconds() + 900 } })],
    ['a proof without a time', () => proof({ claims: { iat: undefined } })],
    ['a proof without a jti', () => proof({ claims: { jti: undefined } })],
    ['a proof that brings the private key', async () => proof({ header: { jwk: await exportJWK(key.privateKey) } })],
    ['a proof by a shared secret', symmetricProof],
    ['a proof that nobody signed', () => proof({ header: { alg: 'none' } })],
    ['a proof by another key than it brings', async () => proof({ key: (await proofKey()).privateKey })],
    ['a proof without its key', () => proof({ header: { jwk: undefined } })],
    ['a proof of another type', () => proof({ header: { typ: 'JWT' } })],
  ])('gives no token on %s', async (_, made) => {
    expectRefused(await ask({}, await made()), 400, 'invalid_dpop_proof');
  });

  it('gives no token without a proof', async () => {
    expectRefused(await ask({}, null), 400, 'invalid_grant');
  });

  it('takes a proof once', async () => {
    const used = await proof({});
    expect((await ask({}, used)).status).toBe(200);
    expectRefused(await ask({}, used), 400, 'invalid_grant');
  });

  async function symmetricProof(): Promise<string> {
    const secret = Buffer.alloc(32, 7);
    return proof({ header: { alg: 'HS256', jwk: { kty: 'oct', k: secret.toString('base64url') } }, key: secret });
  }
});

describe('a token', () => {
  it('holds ten minutes, for one purpose, one seat, one resource and one key', async () => {
    const answer = await ask();
    const given = JSON.parse(answer.text) as { access_token: string };
    expect(given).toEqual({
      access_token: expect.any(String) as unknown,
      expires_in: 600,
      token_type: 'DPoP',
      scope: 'protection',
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const claims = decodeJwt(given.access_token);
    expect(decodeProtectedHeader(given.access_token)).toEqual({
      alg: 'EdDSA',
      typ: 'at+jwt',
      kid: hub.identity.signingKey.kid,
    });
    expect(claims).toEqual({
      iss: `${hub.url}/oauth`,
      aud: `${hub.url}/graphql`,
      sub: `${al.code}/desk`,
      client_id: `${al.code}/desk`,
      member: al.code,
      officer: 'desk',
      officer_kid: desk.key.kid,
      scope: 'protection',
      jti: expect.any(String) as unknown,
      iat: claims.iat,
      exp: (claims.iat ?? 0) + 600,
      cnf: { jkt: expect.any(String) as unknown },
    });
  });

  it('is described by a discovery document that offers nothing else than what the protocol has', async () => {
    const response = await fetch(`${hub.url}/oauth/.well-known/openid-configuration`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      issuer: `${hub.url}/oauth`,
      token_endpoint: `${hub.url}/oauth/token`,
      jwks_uri: `${hub.url}/oauth/jwks`,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['EdDSA', 'ES256'],
      dpop_signing_alg_values_supported: ['EdDSA', 'ES256'],
      grant_types_supported: ['client_credentials'],
    });
  });

  it('is verified by published keys that have no private part', async () => {
    const response = await fetch(`${hub.url}/oauth/jwks`);
    const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
    const { kid, jwk } = hub.identity.signingKey;
    expect(keys).toEqual([{ ...jwk, kid, alg: 'EdDSA', use: 'sig' }]);
  });

  it('is given out at no other place', async () => {
    for (const path of [
      '/auth',
      '/me',
      '/token/introspection',
      '/token/revocation',
      '/session/end',
      '/reg',
      '/device/auth',
    ]) {
      const response = await fetch(`${hub.url}/oauth${path}`, { method: 'POST' });
      expect({ path, status: response.status }).toEqual({ path, status: 404 });
    }
  });
});

function privateHalf(seat: OfficerSeat): ReturnType<typeof importKey> {
  return importKey(seat.key.privateJwk, seat.key.algorithm);
}

function publicBytes(): Uint8Array {
  return Buffer.from(String(desk.key.jwk.x), 'base64url');
}

function publicText(): Uint8Array {
  const pem = createPublicKey({ format: 'jwk', key: { ...desk.key.jwk } }).export({ format: 'pem', type: 'spki' });
  return Buffer.from(pem);
}

async function bringingItsKey(): Promise<Fields> {
  const stranger = await generateSigningKey();
  const header = { jwk: stranger.jwk, kid: stranger.kid, jku: 'https://elsewhere.example/keys' };
  return asserting({
    header,
    key: await importKey(stranger.privateJwk, stranger.algorithm),
    claims: { jti: randomUUID() },
  });
}
