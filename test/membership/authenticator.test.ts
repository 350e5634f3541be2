import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { OfficerSeat } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { generateSigningKey, importKey } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  caseContent,
  certify,
  connect,
  foundAccord,
  say,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';
import type { RawAnswer } from '../support/raw-seat.js';
import {
  askWhoami,
  assertionOf,
  type Change,
  type ProofKey,
  proofKey,
  proofOf,
  sign,
  tokenFor,
} from '../support/raw-token.js';

let hub: TestHub;
let al: TestOrganisation;
let ro: TestOrganisation;
let desk: OfficerSeat;
let key: ProofKey;
let token: string;

beforeAll(async () => {
  hub = await testHub();
  ({ al, ro } = await foundAccord(hub));
  desk = await certify(hub, al, 'desk', 'case-worker');
  await certify(hub, ro, 'liaison-1', 'liaison');
  key = await proofKey();
  token = await tokenFor(hub, desk, key);
});
afterAll(() => hub.stop());

/** Each refusal is over when it is answered: the same token with a proof of its own is served right after it. */
afterEach(async () => {
  expect((await present(token)).status).toBe(200);
});

/** Presents a token with a proof made for it, changed as given. */
async function present(what: string, change: Change = {}, by = key): Promise<RawAnswer> {
  const dpop = await proofOf(hub, by, '/graphql', what, change);
  return askWhoami(hub, { authorization: `DPoP ${what}`, dpop });
}

/** No answer but that the token does not hold (RFC 9449 §7.1), without a word of what is wrong with it. */
function expectRefused({ status, headers, text }: RawAnswer): void {
  expect(status).toBe(401);
  expect(headers.get('www-authenticate')).toBe('DPoP error="invalid_token", algs="ES256 EdDSA"');
  const message = 'The access token or its proof does not hold.';
  const known = [message, 'This operation needs an access token of a certified officer.'];
  const { errors, data } = JSON.parse(text) as { errors: { message: string; extensions: object }[]; data?: unknown };
  expect(data ?? null).toBeNull();
  expect(errors).toHaveLength(1);
  expect(known).toContain(errors[0]?.message);
  expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
}

describe('the hub refuses a token', () => {
  it.each<[string, () => Promise<Record<string, string>>]>([
    ['without a proof', async () => ({ authorization: `DPoP ${token}` })],
    ['that is not there, with a proof', async () => ({ dpop: await proofOf(hub, key, '/graphql', token) })],
    ['as if whoever has it might use it', async () => ({ authorization: `Bearer ${token}` })],
    ['as if whoever has it might use it, with a proof', async () => withProof(`Bearer ${token}`)],
    ['under another scheme', async () => withProof(`Basic ${token}`)],
    ['under no scheme', async () => withProof(token)],
    ['with two proofs', twoProofs],
    ['with an empty proof', async () => ({ authorization: `DPoP ${token}`, dpop: '' })],
    ['that is an officer’s own assertion', async () => withProof(`DPoP ${await assertionOf(hub, desk)}`)],
    ['that is a receipt', async () => withProof(`DPoP ${await receipt()}`)],
  ])('%s', async (_, headers) => {
    expectRefused(await askWhoami(hub, await headers()));
  });

  it('also where none would have been needed', async () => {
    const headers = { 'content-type': 'application/json', authorization: `DPoP ${token}` };
    const body = '{"query":"{ accord { hash } }"}';
    expect((await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body })).status).toBe(401);
  });

  it.each<[string, () => Promise<Change>]>([
    ['by another key than the token’s', async () => otherKey()],
    ['without the token’s hash', async () => ({ claims: { ath: undefined } })],
    ['with another token’s hash', async () => ({ claims: { ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo' } })],
    ['for another method', async () => ({ claims: { htm: 'GET' } })],
    ['for another path', async () => ({ claims: { htu: `${hub.url}/oauth/token` } })],
    ['for another hub', async () => ({ claims: { htu: 'https://elsewhere.example/graphql' } })],
    ['of a while ago', async () => ({ claims: { iat: seconds() - 900 } })],
    ['from the future', async () => ({ claims: { iat: seconds() + 900 } })],
    ['without a time', async () => ({ claims: { iat: undefined } })],
    ['without a jti', async () => ({ claims: { jti: undefined } })],
    ['that nobody signed', async () => ({ header: { alg: 'none' } })],
    ['of another type', async () => ({ header: { typ: 'JWT' } })],
    ['without its key', async () => ({ header: { jwk: undefined } })],
    ['that brings the private key', async () => ({ header: { jwk: await exportJWK(key.privateKey) } })],
    ['by a shared secret', async () => sharedSecret()],
    ['by another key than it brings', async () => ({ key: (await proofKey()).privateKey })],
  ])('with a proof %s', async (_, change) => {
    expectRefused(await present(token, await change()));
  });

  it('with a proof that was used before', async () => {
    const jti = randomUUID();
    expect((await present(token, { claims: { jti } })).status).toBe(200);
    expectRefused(await present(token, { claims: { jti } }));
  });

  it('with a proof that comes many times at the same instant, all but once', async () => {
    const headers = await withProof(`DPoP ${token}`);
    const answers = await Promise.all(Array.from({ length: 8 }, () => askWhoami(hub, headers)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(7);
    refused.forEach(expectRefused);
  });
});

describe('the hub believes no token but its own', () => {
  it('takes one that is made as its own are, so that the rest is refused for what is changed', async () => {
    expect((await present(await forged({}))).status).toBe(200);
  });

  it.each<[string, () => Change | Promise<Change>]>([
    ['has ended', () => ({ claims: { iat: seconds() - 1200, exp: seconds() - 600 } })],
    ['never ends', () => ({ claims: { exp: undefined } })],
    ['does not hold yet', () => ({ claims: { nbf: seconds() + 600 } })],
    ['is of another issuer', () => ({ claims: { iss: 'https://elsewhere.example/oauth' } })],
    ['is for another resource', () => ({ claims: { aud: 'https://elsewhere.example/graphql' } })],
    ['is of another type', () => ({ header: { typ: 'JWT' } })],
    ['nobody signed', () => ({ header: { alg: 'none' } })],
    ['somebody else signed', strangersKey],
    ['somebody signed with the public key as a shared secret', publicKeyAsSecret],
    ['brings its key', bringingItsKey],
    ['is bound to no key', () => ({ claims: { cnf: undefined } })],
    ['names no purpose', () => ({ claims: { scope: undefined } })],
    ['names two purposes', () => ({ claims: { scope: 'protection prevention' } })],
    ['names a purpose outside the mandate', () => ({ claims: { scope: 'prosecution' } })],
    ['names a purpose that there is not', () => ({ claims: { scope: 'immigration-control' } })],
    [
      'names another member’s officer beside its client',
      () => ({ claims: { member: 'ro-liaison', officer: 'liaison-1' } }),
    ],
    ['names another member', () => ({ claims: { member: 'ro-liaison' } })],
    ['names another officer', () => ({ claims: { officer: 'liaison-1' } })],
    ['names no member', () => ({ claims: { member: undefined } })],
    ['names another certificate', () => ({ claims: { officer_kid: al.key.kid } })],
    ['names no certificate', () => ({ claims: { officer_kid: undefined } })],
    ['names another client', () => ({ claims: { client_id: 'ro-liaison/liaison-1' } })],
  ])('refuses one that %s', async (_, change) => {
    expectRefused(await present(await forged(await change())));
  });

  it('refuses one that is bound to no key also without a proof', async () => {
    const unbound = await forged({ claims: { cnf: undefined } });
    for (const scheme of ['Bearer', 'DPoP'])
      expectRefused(await askWhoami(hub, { authorization: `${scheme} ${unbound}` }));
  });

  it('refuses one in which the purpose was changed', async () => {
    const [head = '', , tail = ''] = token.split('.');
    const body = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const richer = Buffer.from(body.replace('"protection"', '"prevention"')).toString('base64url');
    expect(richer).not.toBe(token.split('.')[1]);
    expectRefused(await present(`${head}.${richer}.${tail}`));
  });
});

describe('the hub asks anew, at each request, what a token stands for', () => {
  it('refuses one whose purpose has left the mandate', async () => {
    const prevent = "UPDATE member SET mandate = '{prevention}' WHERE code = $1";
    await asOwner(hub.database.url, prevent, [al.code]);
    const answer = await present(token);
    await asOwner(hub.database.url, 'UPDATE member SET mandate = $2 WHERE code = $1', [al.code, al.mandate]);
    expectRefused(answer);
  });

  it.each(['pending', 'suspended', 'left'])('refuses one of a member that is %s', async (state) => {
    await asOwner(hub.database.url, 'UPDATE member SET state = $2 WHERE code = $1', [al.code, state]);
    const answer = await present(token);
    await asOwner(hub.database.url, "UPDATE member SET state = 'active' WHERE code = $1", [al.code]);
    expectRefused(answer);
  });

  it('refuses one of an officer who was given a new certificate, and takes one given to that', async () => {
    const old = await tokenFor(hub, await certify(hub, al, 'renewed', 'case-worker'), key);
    expect((await present(old)).status).toBe(200);
    const renewed = await certify(hub, al, 'renewed', 'case-worker');
    expectRefused(await present(old));
    expect((await present(await tokenFor(hub, renewed, key))).status).toBe(200);
  });

  it('refuses one of an officer who was revoked', async () => {
    const gone = await tokenFor(hub, await certify(hub, al, 'gone', 'case-worker'), key);
    expect((await present(gone)).status).toBe(200);
    await hub.app.get(MembershipService).revokeOfficer(await say(hub, al, 'revokeOfficer', { officer: 'gone' }));
    expectRefused(await present(gone));
  });

  it('refuses one of an officer whose certificate has ended', async () => {
    const seat = await certify(hub, al, 'ended', 'case-worker');
    const ended = await tokenFor(hub, seat, key);
    expect((await present(ended)).status).toBe(200);
    const end = "UPDATE officer SET valid_to = now() - interval '1 second' WHERE kid = $1";
    await asOwner(hub.database.url, end, [seat.key.kid]);
    expectRefused(await present(ended));
  });
});

/** A token as the hub makes them, changed before it is signed. */
async function forged(change: Change): Promise<string> {
  const { signingKey } = hub.identity;
  const client = `${al.code}/desk`;
  const claims = {
    iss: `${hub.url}/oauth`,
    aud: `${hub.url}/graphql`,
    ...{ sub: client, client_id: client, member: al.code, officer: 'desk', officer_kid: desk.key.kid },
    ...{ scope: 'protection', jti: randomUUID(), iat: seconds(), exp: seconds() + 600 },
    cnf: { jkt: await calculateJwkThumbprint(key.jwk) },
    ...change.claims,
  };
  const header = { alg: signingKey.algorithm, typ: 'at+jwt', kid: signingKey.kid, ...change.header };
  return sign(header, claims, change.key ?? (await importKey(signingKey.privateJwk, signingKey.algorithm)));
}

async function withProof(authorization: string): Promise<Record<string, string>> {
  const what = authorization.split(' ').at(-1) ?? '';
  return { authorization, dpop: await proofOf(hub, key, '/graphql', what) };
}

async function twoProofs(): Promise<Record<string, string>> {
  const proofs = await Promise.all([1, 2].map(() => proofOf(hub, key, '/graphql', token)));
  return { authorization: `DPoP ${token}`, dpop: proofs.join(', ') };
}

async function receipt(): Promise<string> {
  return (await (await connect(hub, desk, 'protection')).raise(caseContent())).receipt;
}

/** A good proof, but of somebody else. */
async function otherKey(): Promise<Change> {
  const { jwk, privateKey } = await proofKey();
  return { header: { jwk }, key: privateKey };
}

function sharedSecret(): Change {
  const secret = Buffer.alloc(32, 7);
  return { header: { alg: 'HS256', jwk: { kty: 'oct', k: secret.toString('base64url') } }, key: secret };
}

async function strangersKey(): Promise<Change> {
  const { privateJwk, algorithm } = await generateSigningKey();
  return { key: await importKey(privateJwk, algorithm) };
}

function publicKeyAsSecret(): Change {
  return { header: { alg: 'HS256' }, key: Buffer.from(String(hub.identity.signingKey.jwk.x), 'base64url') };
}

async function bringingItsKey(): Promise<Change> {
  const { privateJwk, algorithm, jwk, kid } = await generateSigningKey();
  return { header: { jwk, kid }, key: await importKey(privateJwk, algorithm) };
}
