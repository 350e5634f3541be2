import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import {
  decodeCanonicalBase64url,
  type DecodedStatement,
  keyFitting,
  type PublicKey,
  type SigningKey,
  type StatementAlgorithm,
  wrongKey,
} from '../protocol/index.js';

/**
 * Signatures by the platform's own synchronous functions. The protocol's library has to work in browsers, whose cryptography is asynchronous and passes
 * each signature to another thread and back, at twice the cost; a hub checks one with every alert and makes one with every receipt.
 */
const SIGNATURE_BYTES = 64;
const MOST_KEYS = 20_000;

const publicKeys = new Map<string, KeyObject>();
const privateKeys = new WeakMap<object, KeyObject>();

/** As `verifySignature` of the protocol, for the hub. Throws `Refusal`: WRONG_KEY, ALGORITHM_NOT_ALLOWED. */
export function verifyNatively(statement: DecodedStatement, key: PublicKey | null): void {
  const fitting = keyFitting(statement, key);
  if (!holds(statement.compact, fitting)) throw wrongKey();
}

/** Whether the signature of a compact JWS verifies under a key, which alone says the algorithm (RFC 8725 §3.1). */
export function holds(compact: string, { kid, jwk, algorithm }: PublicKey): boolean {
  const end = compact.lastIndexOf('.');
  const signature = decodeCanonicalBase64url(compact.slice(end + 1));
  if (signature?.length !== SIGNATURE_BYTES) return false;
  const key = publicKeys.get(kid) ?? remember(kid, jwk);
  const options = { key, dsaEncoding: 'ieee-p1363' as const };
  return verify(digestOf(algorithm), Buffer.from(compact.slice(0, end), 'latin1'), options, signature);
}

function remember(kid: string, jwk: PublicKey['jwk']): KeyObject {
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  if (publicKeys.size >= MOST_KEYS) publicKeys.clear();
  publicKeys.set(kid, key); // a thumbprint names one key for ever
  return key;
}

/** As `signPayload` of the protocol, for the hub. */
export function signNatively(payload: object, { kid, algorithm, privateJwk }: SigningKey, typ: string): string {
  let key = privateKeys.get(privateJwk);
  if (!key) {
    key = createPrivateKey({ key: { ...privateJwk }, format: 'jwk' });
    privateKeys.set(privateJwk, key);
  }
  const encoded = [{ alg: algorithm, typ, kid }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const input = encoded.join('.');
  const signature = sign(digestOf(algorithm), Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** RFC 8037 §3.1 hashes by itself, RFC 7518 §3.4 with SHA-256. */
function digestOf(algorithm: StatementAlgorithm): 'sha256' | null {
  return algorithm === 'ES256' ? 'sha256' : null;
}
