import { decodeCanonicalBase64url } from '../base64url.js';
import { sha256Base64url } from '../digest.js';
import { Refusal } from '../refusal.js';
import { parseStrictJsonObject, type Json } from './strict-json.js';

/** The signature algorithms of the protocol: Ed25519 (RFC 8032) and ECDSA P-256 (FIPS 186). */
export type StatementAlgorithm = 'EdDSA' | 'ES256';

/** A statement taken apart. Nothing in it may be believed before `verifySignature`. */
export interface DecodedStatement {
  readonly compact: string;
  readonly algorithm: StatementAlgorithm;
  readonly typ: string;
  readonly kid: string;
  readonly claims: { readonly [key: string]: Json };
  /** SHA-256 of the payload bytes: what identifies the content. Never the hash of the compact string. */
  readonly payloadHash: string;
}

/** The longest statement that the hub takes in, in characters. */
export const MAX_STATEMENT_LENGTH = 64 * 1024;

const RESEND = 'Sign the statement again with a current client and send it unchanged.';
const HEADER_NAMES = new Set(['alg', 'typ', 'kid']);

/**
 * Takes a compact JWS apart and checks everything that needs no key: size, the one canonical encoding, strict JSON, the algorithm
 * (RFC 8725 §3.1: never `none`, never another family), and that the header holds nothing but `alg`, `typ` and `kid`, so that no key
 * or URL from the statement itself can be used (RFC 8725 §3.10). Throws `Refusal`: OVERSIZED, UNSIGNED, NON_CANONICAL, ALGORITHM_NOT_ALLOWED.
 */
export function decodeStatement(compact: string): DecodedStatement {
  return decodeUpTo(MAX_STATEMENT_LENGTH, compact);
}

/** As `decodeStatement`, for what the hub signs and may be longer, in characters. */
export function decodeUpTo(longest: number, compact: string): DecodedStatement {
  if (compact.length > longest) {
    throw new Refusal(
      'OVERSIZED',
      `The statement is longer than ${longest} characters.`,
      'Send less in one statement.',
    );
  }
  const parts = compact.split('.');
  const [head = '', body = '', tail = ''] = parts;
  if (parts.length === 3 && tail === '' && head !== '' && body !== '') throw unsigned();
  if (parts.length !== 3) throw nonCanonical('It does not have three parts.');
  const [headBytes, bodyBytes, tailBytes] = [head, body, tail].map(decodeCanonicalBase64url);
  if (!headBytes || !bodyBytes || !tailBytes) throw nonCanonical('It is not canonical base64url.');
  const header = parseStrictJsonObject(headBytes);
  if (!header) throw nonCanonical('Its header is not strict JSON.', 'header');
  const algorithm = allowedAlgorithm(header['alg']);
  for (const name of Object.keys(header)) {
    if (!HEADER_NAMES.has(name)) throw nonCanonical('Its header holds more than alg, typ and kid.', 'header');
  }
  const { typ, kid } = header;
  if (typeof typ !== 'string' || typeof kid !== 'string') throw nonCanonical('Its header lacks typ or kid.', 'header');
  const claims = parseStrictJsonObject(bodyBytes);
  if (!claims) throw nonCanonical('Its payload is not strict JSON (S4: no name twice, whole numbers only).', 'payload');
  return { compact, algorithm, typ, kid, claims, payloadHash: sha256Base64url(bodyBytes) };
}

function allowedAlgorithm(alg: Json | undefined): StatementAlgorithm {
  if (alg === 'EdDSA' || alg === 'ES256') return alg;
  if (typeof alg === 'string' && alg.toLowerCase() === 'none') throw unsigned();
  throw new Refusal(
    'ALGORITHM_NOT_ALLOWED',
    'The algorithm is not on the allow-list.',
    'Sign with EdDSA (Ed25519) or ES256.',
    ['header', 'alg'],
  );
}

function unsigned(): Refusal {
  return new Refusal(
    'UNSIGNED',
    'The statement carries no signature.',
    'Sign it with a key that the member list holds.',
  );
}

function nonCanonical(why: string, ...path: string[]): Refusal {
  return new Refusal('NON_CANONICAL', `The statement is not in canonical form. ${why}`, RESEND, path);
}
