import { createHash, randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { OfficerSeat } from '../../src/member/index.js';
import { importKey } from '../../src/protocol/index.js';
import type { TestHub } from './hub.js';
import { seconds } from './organisation.js';
import { type RawAnswer, readAnswer } from './raw-seat.js';

/** The key that tokens are bound to. */
export interface ProofKey {
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
}

/** Changes to a JWT before it is signed; a value of undefined takes the name out. */
export interface Change {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: CryptoKey | Uint8Array;
}

export async function proofKey(): Promise<ProofKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { jwk: await exportJWK(publicKey), privateKey };
}

/** The assertion by which an officer proves who it is (RFC 7523 §3), changed as given. */
export async function assertionOf(hub: TestHub, { member, officer, key }: OfficerSeat, change: Change = {}) {
  const id = `${member}/${officer}`;
  const times = { iat: seconds(), exp: seconds() + 60 };
  const claims = { iss: id, sub: id, aud: `${hub.url}/oauth`, jti: randomUUID(), ...times, ...change.claims };
  return sign(
    { alg: key.algorithm, kid: key.kid, ...change.header },
    claims,
    change.key ?? (await importKey(key.privateJwk, key.algorithm)),
  );
}

/** A proof of possession (RFC 9449 §4.2) for a request to `path`; with a token, for that token. Changed as given. */
export function proofOf(hub: TestHub, key: ProofKey, path: string, token?: string, change: Change = {}) {
  const ath = token === undefined ? undefined : createHash('sha256').update(token).digest('base64url');
  const claims = { jti: randomUUID(), htm: 'POST', htu: `${hub.url}${path}`, iat: seconds(), ath, ...change.claims };
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...change.header };
  return sign(header, claims, change.key ?? key.privateKey);
}

/** Asks for a token; fields that are undefined are not sent, lists are sent as several. */
export async function askToken(
  hub: TestHub,
  fields: Readonly<Record<string, string | readonly string[] | undefined>>,
  dpop?: string,
): Promise<RawAnswer> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of value === undefined ? [] : [value].flat()) body.append(name, one);
  const headers: Record<string, string> = dpop === undefined ? {} : { dpop };
  return readAnswer(await fetch(`${hub.url}/oauth/token`, { method: 'POST', headers, body }));
}

/** The fields of a request for a token that is granted. */
export function tokenFields(hub: TestHub, assertion: string) {
  return {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: 'protection',
    resource: `${hub.url}/graphql`,
  };
}

/** A token for protection that is bound to the key. */
export async function tokenFor(hub: TestHub, seat: OfficerSeat, key: ProofKey): Promise<string> {
  const fields = tokenFields(hub, await assertionOf(hub, seat));
  const { status, text } = await askToken(hub, fields, await proofOf(hub, key, '/oauth/token'));
  if (status !== 200) throw new Error(`no token: ${text}`);
  return (JSON.parse(text) as { access_token: string }).access_token; // parsing: the token service's own answer
}

/** Asks who one is, with these headers. */
export async function askWhoami(hub: TestHub, headers: Readonly<Record<string, string>>): Promise<RawAnswer> {
  const all = { 'content-type': 'application/json', ...headers };
  const body = '{"query":"{ whoami { member { code } purpose } }"}';
  return readAnswer(await fetch(`${hub.url}/graphql`, { method: 'POST', headers: all, body }));
}

/** A JWT of any header and claims. Without a signature when `alg` is none in any spelling. */
export async function sign(
  header: Readonly<Record<string, unknown>>,
  claims: Readonly<Record<string, unknown>>,
  key: CryptoKey | Uint8Array,
): Promise<string> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  if (/^none$/i.test(String(header['alg']))) return `${part(header)}.${part(claims)}.`;
  return new SignJWT(JSON.parse(JSON.stringify(claims)) as Record<string, unknown>)
    .setProtectedHeader({ ...header, alg: String(header['alg']) })
    .sign(key);
}
