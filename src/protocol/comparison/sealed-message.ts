import { CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose';
import { parseStrictJsonObject } from '../statement/index.js';

const ALGORITHM = 'ECDH-ES';
const ENCRYPTION = 'A256GCM';
/** Lengths are rounded up to this, bytes: "yes" and "no" must not be told apart by whoever carries them. */
const BLOCK = 256;
/** As much as fits into the longest JWE, bytes: 4,000 characters of three bytes with what stands around them. */
const CEILING = 12_088;

/** The longest text of a message, characters (UTF-16 units). */
export const MAX_MESSAGE_CHARACTERS = 4000;
/** The longest JWE that a statement may carry (`schema/linkage/link-statement.schema.json`). */
export const MAX_SEALED_CHARACTERS = 16_384;

const encoder = new TextEncoder();

export const MESSAGE_KINDS = ['question', 'answer'] as const;

/** What one holder asks the other, or answers. */
export interface ComparisonMessage {
  readonly kind: (typeof MESSAGE_KINDS)[number];
  readonly text: string;
}

/**
 * Seals a message to the other side's key of this comparison (PROTOCOL.md, K8): a JWE (RFC 7516) by ECDH-ES of a JSON object, which is padded with spaces. The
 * link's id is sealed with it, so that it fits no other one. Null when it is too long.
 */
export async function sealMessage(
  { kind, text }: ComparisonMessage,
  link: string,
  key: Readonly<JWK>,
): Promise<string | null> {
  if (text.length > MAX_MESSAGE_CHARACTERS) return null;
  const bytes = encoder.encode(JSON.stringify({ link, kind, text }));
  if (bytes.length > CEILING) return null;
  const padded = new Uint8Array(Math.min(CEILING, Math.ceil(bytes.length / BLOCK) * BLOCK)).fill(0x20);
  padded.set(bytes);
  const sealed = await new CompactEncrypt(padded)
    .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION })
    .encrypt(await importJWK(key, ALGORITHM));
  return sealed.length > MAX_SEALED_CHARACTERS ? null : sealed;
}

/** Opens a message with the private key of this comparison; null when it does not open, or is none of this link. */
export async function openMessage(
  sealed: string,
  link: string,
  privateKey: Readonly<JWK>,
): Promise<ComparisonMessage | null> {
  try {
    const { plaintext } = await compactDecrypt(sealed, await importJWK(privateKey, ALGORITHM), {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
    });
    const message = parseStrictJsonObject(plaintext);
    const kind = MESSAGE_KINDS.find((known) => known === message?.['kind']);
    const text = message?.['text'];
    if (message?.['link'] !== link || kind === undefined || typeof text !== 'string') return null;
    return text.length > MAX_MESSAGE_CHARACTERS ? null : { kind, text };
  } catch {
    // Whatever is wrong with it: it is not to be read.
    return null;
  }
}
