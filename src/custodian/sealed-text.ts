import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { CustodianError } from './custodian-error.js';

/**
 * scrypt's cost for what a passphrase seals: 64 MiB, about a fifth of a second. A process pays it once for a passphrase and a salt, and takes one salt for all
 * that it seals by a passphrase: a ceremony seals a dozen texts. The nonces differ, and are too few to meet (NIST SP 800-38D §8.3).
 */
const COST = { N: 1 << 16, r: 8, p: 1 };
const MOST_KEYS = 64;

/** Keys by a hash of passphrase and salt. */
const keys = new Map<string, Promise<Buffer>>();
const salts = new Map<string, Buffer>();
const CIPHER = 'aes-256-gcm';

/** A sealed text as it stands in a file: all parts but the numbers in base64url. */
interface Seal {
  readonly scrypt: { readonly N: number; readonly r: number; readonly p: number; readonly salt: string };
  readonly nonce: string;
  readonly tag: string;
  readonly sealed: string;
}

/** Seals a text with a passphrase: scrypt (RFC 7914) and AES-256-GCM. `purpose` is bound to it, so that one file cannot stand in for another. */
export async function sealText(text: string, passphrase: string, purpose: string): Promise<Seal> {
  const [salt, nonce] = [saltFor(passphrase), randomBytes(12)];
  const cipher = createCipheriv(CIPHER, await keyFrom(passphrase, salt), nonce);
  cipher.setAAD(Buffer.from(purpose, 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    scrypt: { ...COST, salt: salt.toString('base64url') },
    ...{ nonce: nonce.toString('base64url'), tag: cipher.getAuthTag().toString('base64url') },
    sealed: sealed.toString('base64url'),
  };
}

/** Opens a sealed text. Throws `CustodianError`: WRONG_PASSPHRASE, BROKEN_STATE when it is none, or of another cost than ours. */
export async function openText(value: unknown, passphrase: string, purpose: string): Promise<string> {
  const seal = readSeal(value);
  const decipher = createDecipheriv(CIPHER, await keyFrom(passphrase, bytes(seal.scrypt.salt)), bytes(seal.nonce), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(purpose, 'utf8'));
  try {
    decipher.setAuthTag(bytes(seal.tag));
    return Buffer.concat([decipher.update(bytes(seal.sealed)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new CustodianError(
      'WRONG_PASSPHRASE',
      'The passphrase does not open what is sealed here.',
      'Try again; a lost passphrase cannot be recovered: the other custodians make a new epoch without this one.',
      { cause },
    );
  }
}

function saltFor(passphrase: string): Buffer {
  const name = nameOf(passphrase);
  const salt = salts.get(name) ?? randomBytes(32);
  if (salts.size >= MOST_KEYS) salts.clear();
  salts.set(name, salt);
  return salt;
}

function keyFrom(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const name = nameOf(passphrase, salt);
  const known = keys.get(name);
  if (known) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = derive(passphrase, salt);
  keys.set(name, key);
  key.catch(() => keys.delete(name)); // too little memory at one moment is no reason to fail ever after
  return key;
}

function derive(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, { ...COST, maxmem: 256 * COST.N * COST.r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function nameOf(passphrase: string, salt: Uint8Array = new Uint8Array()): string {
  return createHash('sha256').update(salt).update(passphrase.normalize('NFC')).digest('base64url');
}

function readSeal(value: unknown): Seal {
  if (isRecord(value) && isRecord(value['scrypt'])) {
    const { N, r, p, salt } = value['scrypt'];
    const { nonce, tag, sealed } = value;
    const isOurs = N === COST.N && r === COST.r && p === COST.p;
    if (isOurs && isText(salt) && isText(nonce) && isText(tag) && isText(sealed))
      return { scrypt: { N, r, p, salt }, nonce, tag, sealed };
  }
  throw new CustodianError('BROKEN_STATE', 'A sealed part is not well-formed.', 'Restore the folder from your backup.');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(value);
}

/** Whether a value is an object with properties. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}
