import { decodeCanonicalBase64url } from '../base64url.js';
import { Refusal } from '../refusal.js';
import { decodeUpTo } from '../statement/index.js';
import { bundledKey } from './bundled-key.js';
import type { EvidenceBundle } from './evidence-bundle.js';
import { MAX_RECEIPT_LENGTH } from './receipt.js';
import { proveBundle, type TrustedAccord } from './verify-bundle.js';

const encoder = new TextEncoder();

/**
 * A bundle as a folder for programs that know nothing of it (T17): file names with their bytes. Each JWS as it is, and taken apart into the bytes that are
 * signed and the signature as OpenSSL takes it; the keys as JWK and PEM; the leaf and the proofs. Only of a bundle that verifies. Throws `LogFault`.
 */
export async function filesOfBundle(
  bundle: EvidenceBundle,
  trusted: TrustedAccord,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { keys, leaf } = await proveBundle(bundle, trusted);
  const files = new Map<string, Uint8Array>();
  const write = (name: string, content: Uint8Array | string) =>
    files.set(name, typeof content === 'string' ? encoder.encode(content) : content);
  const listed = await Promise.all(keys.map(bundledKey));
  write('bundle.json', `${JSON.stringify({ ...bundle, keys: listed }, null, 2)}\n`);
  for (const { kid, jwk, pem } of listed) {
    write(`keys/${kid}.jwk`, `${JSON.stringify(jwk)}\n`);
    write(`keys/${kid}.pem`, pem);
  }
  for (const [name, compact] of namedStatements(bundle)) {
    const { algorithm } = decodeUpTo(MAX_RECEIPT_LENGTH, compact);
    const end = compact.lastIndexOf('.');
    const signature = bytesOf(compact.slice(end + 1));
    write(`${name}.jws`, compact);
    write(`${name}.signed`, compact.slice(0, end));
    write(`${name}.sig`, algorithm === 'ES256' ? derSignature(signature) : signature);
  }
  write('leaf.bin', leaf);
  write('inclusion.hex', hexLines(bundle.inclusion.path));
  if (bundle.consistency) write('consistency.hex', hexLines(bundle.consistency.path));
  return files;
}

/** Every signed thing of a bundle under the name that its files have. */
function namedStatements(bundle: EvidenceBundle): readonly (readonly [string, string])[] {
  const numbered = (name: string, compacts: readonly string[]) =>
    compacts.map((compact, at) => [`${name}-${at + 1}`, compact] as const);
  return [
    ['statement', bundle.statement],
    ...(bundle.certificate === null ? [] : [['certificate', bundle.certificate] as const]),
    ...numbered('membership', bundle.membership),
    ['receipt', bundle.receipt],
    ...numbered('head', bundle.heads),
    ...numbered('cosignature', bundle.cosignatures),
  ];
}

/** An ECDSA signature as JWS has it, two numbers of 32 bytes (RFC 7518 §3.4), in the DER that OpenSSL takes (RFC 3279 §2.2.3). */
function derSignature(raw: Uint8Array): Uint8Array {
  const numbers = [raw.slice(0, 32), raw.slice(32)].map(derInteger);
  const length = numbers.reduce((sum, number) => sum + number.length, 0);
  return Uint8Array.from([0x30, length, ...numbers.flat()]);
}

function derInteger(bytes: Uint8Array): readonly number[] {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = [...bytes.slice(first < 0 ? -1 : first)];
  // A leading bit would make the number negative.
  const number = (short[0] ?? 0) > 0x7f ? [0, ...short] : short;
  return [0x02, number.length, ...number];
}

function hexLines(hashes: readonly string[]): string {
  return hashes
    .map((hash) => `${Array.from(bytesOf(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')}\n`)
    .join('');
}

function bytesOf(text: string): Uint8Array {
  const bytes = decodeCanonicalBase64url(text);
  if (!bytes) throw new Refusal('NON_CANONICAL', 'This is not canonical base64url.', 'Have the bundle made anew.');
  return bytes;
}
