import {
  decodeCanonicalBase64url,
  type Json,
  parseStrictJsonObject,
  type PublicKey,
  sha256Base64url,
} from '../protocol/index.js';
import { holds } from '../identity/index.js';

/** What a proof of possession has to fit. */
export interface ProofExpectations {
  readonly method: string;
  /** The address asked, without query and fragment. */
  readonly url: string;
  readonly token: string;
  /** Thumbprint of the key to which the token is bound. */
  readonly kid: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What makes a proof this proof and no other. */
export interface PossessionProof {
  readonly jti: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** How far from now a proof may be dated, seconds, either way. */
export const PROOF_WINDOW_SECONDS = 300;

const LONGEST = 4_096;

/**
 * Reads a DPoP proof and checks all that RFC 9449 §4.3 asks, but whether it was used before. Null for anything that does not hold.
 * Statements and proofs are read by the same strict reader: one spelling of base64url, no name twice, no lone surrogate.
 */
export function readProof(proof: string, expected: ProofExpectations): PossessionProof | null {
  const parts = proof.split('.');
  if (proof.length > LONGEST || parts.length !== 3) return null;
  const [header, claims] = parts.slice(0, 2).map(readPart);
  if (!header || !claims || header['typ'] !== 'dpop+jwt' || header['crit'] !== undefined) return null;
  const key = keyIn(header);
  if (key?.kid !== expected.kid) return null;
  const { jti, iat, htm, htu, ath } = claims;
  if (typeof jti !== 'string' || jti === '' || typeof iat !== 'number' || typeof htu !== 'string') return null;
  if (Math.abs(expected.now - iat) > PROOF_WINDOW_SECONDS) return null;
  if (htm !== expected.method || addressOf(htu) !== expected.url || ath !== sha256Base64url(expected.token))
    return null;
  return holds(proof, key) ? { jti, issuedAt: iat } : null;
}

function readPart(part: string): Readonly<Record<string, Json>> | null {
  const bytes = decodeCanonicalBase64url(part);
  return bytes && parseStrictJsonObject(bytes);
}

/** The public key in a header, under its thumbprint (RFC 7638); null for a private key, another kind of key, or another algorithm than the key's. */
function keyIn({ alg, jwk }: Readonly<Record<string, Json>>): PublicKey | null {
  if (typeof jwk !== 'object' || jwk === null || !('kty' in jwk) || 'd' in jwk) return null;
  const { kty, crv, x, y } = jwk;
  if (typeof x !== 'string') return null;
  if (alg === 'ES256' && kty === 'EC' && crv === 'P-256' && typeof y === 'string')
    return { kid: sha256Base64url(JSON.stringify({ crv, kty, x, y })), algorithm: alg, jwk: { kty, crv, x, y } };
  if (alg === 'EdDSA' && kty === 'OKP' && crv === 'Ed25519')
    return { kid: sha256Base64url(JSON.stringify({ crv, kty, x })), algorithm: alg, jwk: { kty, crv, x } };
  return null;
}

/** RFC 9449 §4.3: compared after normalisation, query and fragment ignored. */
function addressOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  parsed.search = parsed.hash = '';
  return parsed.href;
}
