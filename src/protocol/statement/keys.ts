import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { decodeCanonicalBase64url } from '../base64url.js';
import { Refusal } from '../refusal.js';
import type { StatementAlgorithm } from './decode.js';

/** A public key as the member list holds it: an Ed25519 or P-256 JWK without private or surplus members. */
export interface PublicKey {
  readonly kid: string;
  readonly algorithm: StatementAlgorithm;
  readonly jwk: Readonly<JWK>;
}

/** A key pair whose private part can be written to a file: it never leaves its holder. */
export interface SigningKey extends PublicKey {
  readonly privateJwk: Readonly<JWK>;
}

/** A key pair whose private part the platform keeps: it signs, and nobody sees it (W3C Web Cryptography, a key that is not extractable). */
export interface PlatformKey extends PublicKey {
  readonly handle: CryptoKey;
}

/** Whatever signs statements. */
export type Signer = SigningKey | PlatformKey;

/** Reads a public JWK and computes its thumbprint (RFC 7638). Throws `Refusal` SCHEMA_INVALID for anything else than a public Ed25519 or P-256 key. */
export async function readPublicKey(jwk: unknown): Promise<PublicKey> {
  const bare = bareJwk(jwk);
  if (!bare) {
    throw new Refusal(
      'SCHEMA_INVALID',
      'The key is not a public Ed25519 or P-256 JWK.',
      'Give kty, crv, x (and y) only, never the private part.',
    );
  }
  try {
    await importPublicKey(bare.jwk, bare.algorithm);
  } catch (cause) {
    throw new Refusal('SCHEMA_INVALID', 'The key is not a point of its curve.', 'Make a new key.', [], { cause });
  }
  return { ...bare, kid: await calculateJwkThumbprint(bare.jwk) };
}

function bareJwk(value: unknown): Omit<PublicKey, 'kid'> | null {
  if (typeof value !== 'object' || value === null) return null;
  const known = new Set(['kty', 'crv', 'x', 'y', 'alg', 'use', 'kid']);
  const entries = new Map<string, unknown>(Object.entries(value));
  for (const name of entries.keys()) if (!known.has(name)) return null;
  const [kty, crv, x, y] = ['kty', 'crv', 'x', 'y'].map((name) => entries.get(name));
  if (!isCoordinate(x)) return null;
  if (kty === 'OKP' && crv === 'Ed25519' && y === undefined) return { algorithm: 'EdDSA', jwk: { kty, crv, x } };
  if (kty === 'EC' && crv === 'P-256' && isCoordinate(y)) return { algorithm: 'ES256', jwk: { kty, crv, x, y } };
  return null;
}

/** 32 bytes in their one spelling: a second spelling would give the same key a second thumbprint, and so a second holder. */
function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && decodeCanonicalBase64url(value)?.length === 32;
}

/** Makes a key pair for statements, Ed25519 unless told otherwise. */
export async function generateSigningKey(algorithm: StatementAlgorithm = 'EdDSA'): Promise<SigningKey> {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const { kid, jwk } = await readPublicKey(await exportJWK(pair.publicKey));
  return { kid, algorithm, jwk, privateJwk: await exportJWK(pair.privateKey) };
}

/** Makes a key pair for statements whose private part never leaves the platform, Ed25519 unless told otherwise. */
export async function generatePlatformKey(algorithm: StatementAlgorithm = 'EdDSA'): Promise<PlatformKey> {
  const pair = await generateKeyPair(algorithm, { extractable: false });
  const { kid, jwk } = await readPublicKey(await exportJWK(pair.publicKey));
  return { kid, algorithm, jwk, handle: pair.privateKey };
}

/** The same key, held by the platform from now on; the caller forgets `privateJwk`. */
export async function keepInPlatform({ kid, algorithm, jwk, privateJwk }: SigningKey): Promise<PlatformKey> {
  const handle = await importJWK(privateJwk, algorithm, { extractable: false });
  if (handle instanceof Uint8Array) throw new TypeError('a symmetric key cannot sign statements');
  return { kid, algorithm, jwk, handle };
}

/** The platform's handle of the private part. */
export function signingHandle(key: Signer): Promise<CryptoKey> {
  return 'handle' in key ? Promise.resolve(key.handle) : importKey(key.privateJwk, key.algorithm);
}

const imported = new WeakMap<object, Promise<CryptoKey>>();

/** The platform's handle of a key, imported once per object. */
export function importKey(jwk: Readonly<JWK>, algorithm: StatementAlgorithm): Promise<CryptoKey> {
  let handle = imported.get(jwk);
  if (!handle) {
    handle = importPublicKey(jwk, algorithm);
    imported.set(jwk, handle);
  }
  return handle;
}

async function importPublicKey(jwk: Readonly<JWK>, algorithm: StatementAlgorithm): Promise<CryptoKey> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new TypeError('a symmetric key cannot sign statements');
  return key;
}
