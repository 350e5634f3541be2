import { CompactEncrypt, compactDecrypt } from 'jose';
import { OFFICER_ROLES, readPublicKey, type OfficerRole, type SigningKey } from '../protocol/index.js';
import { MemberError } from './member-error.js';

/** A key with the seat that it belongs to: a member's own key, or the key of one of its officers. */
export interface KeyHolder {
  readonly member: string;
  readonly officer?: string;
  readonly role?: OfficerRole;
  readonly key: SigningKey;
}

/** What stands in a key file in the clear, whether or not its private part is sealed. */
export interface KeyFileHead {
  readonly member: string;
  readonly officer: string | null;
  readonly role: OfficerRole | null;
  readonly kid: string;
  readonly algorithm: string;
  readonly sealed: boolean;
}

/** OWASP's minimum for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
export const PBES2_ITERATIONS = 600_000;

/** Writes a key as the text of a key file. With a passphrase the private key is a JWE (PBES2, RFC 7518 §4.8) and only the public part is in the clear. */
export async function serialiseKey(holder: KeyHolder, passphrase: string | null): Promise<string> {
  const { key, ...head } = holder;
  if (passphrase === null) return `${JSON.stringify({ ...head, key }, null, 2)}\n`;
  const { privateJwk, ...open } = key;
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(privateJwk)))
    .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM' })
    .setKeyManagementParameters({ p2c: PBES2_ITERATIONS })
    .encrypt(new TextEncoder().encode(passphrase));
  return `${JSON.stringify({ ...head, key: open, sealed }, null, 2)}\n`;
}

/** What a key file says without opening its seal. Throws `MemberError` BAD_INPUT when it is no key file. */
export function readKeyFileHead(text: string, place: string): KeyFileHead {
  const file = parseKeyFile(text, place);
  return {
    member: file.member,
    officer: file.officer,
    role: file.role,
    kid: file.kid,
    algorithm: file.algorithm,
    sealed: file.sealed !== null,
  };
}

/**
 * Reads a key file. `askPassphrase` is called only when its private key is sealed.
 * Throws `MemberError`: BAD_INPUT when it is no key file or its parts do not belong together, WRONG_PASSPHRASE.
 */
export async function readKeyFile(
  text: string,
  place: string,
  askPassphrase: () => Promise<string>,
): Promise<KeyHolder> {
  const file = parseKeyFile(text, place);
  const privateJwk = file.sealed === null ? file.privateJwk : await unseal(file.sealed, await askPassphrase());
  if (!isRecord(privateJwk)) throw notAKeyFile(place);
  const { d, ...publicPart } = privateJwk;
  const key = await readPublicKey(publicPart);
  if (typeof d !== 'string' || key.kid !== file.kid) throw notAKeyFile(place);
  return {
    member: file.member,
    ...(file.officer === null ? {} : { officer: file.officer }),
    ...(file.role === null ? {} : { role: file.role }),
    key: { ...key, privateJwk: { ...key.jwk, d } },
  };
}

async function unseal(sealed: string, passphrase: string): Promise<unknown> {
  try {
    const { plaintext } = await compactDecrypt(sealed, new TextEncoder().encode(passphrase), {
      keyManagementAlgorithms: ['PBES2-HS256+A128KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: PBES2_ITERATIONS,
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch (cause) {
    throw new MemberError(
      'WRONG_PASSPHRASE',
      'The passphrase does not open this key.',
      'Try again; a lost passphrase cannot be recovered, the key has to be replaced.',
      [],
      { cause },
    );
  }
}

interface ParsedKeyFile {
  readonly member: string;
  readonly officer: string | null;
  readonly role: OfficerRole | null;
  readonly kid: string;
  readonly algorithm: string;
  readonly privateJwk: unknown;
  readonly sealed: string | null;
}

function parseKeyFile(text: string, place: string): ParsedKeyFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notAKeyFile(place);
  }
  if (!isRecord(value)) throw notAKeyFile(place);
  const { member, officer, role, key, sealed } = value;
  if (typeof member !== 'string' || !isRecord(key)) throw notAKeyFile(place);
  const { kid, algorithm, privateJwk } = key;
  if (typeof kid !== 'string' || typeof algorithm !== 'string') throw notAKeyFile(place);
  return {
    member,
    officer: typeof officer === 'string' ? officer : null,
    role: OFFICER_ROLES.find((known) => known === role) ?? null,
    kid,
    algorithm,
    privateJwk,
    sealed: typeof sealed === 'string' ? sealed : null,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notAKeyFile(place: string): MemberError {
  return new MemberError('BAD_INPUT', `${place} is not a key file.`, 'Restore it from your backup, or make a new key.');
}
