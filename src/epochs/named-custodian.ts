import { readPublicKey, Refusal } from '../protocol/index.js';

/** A custodian as the operator names it. */
export interface NamedCustodian {
  readonly code: string;
  readonly url: string;
  /** Of its signing key (RFC 7638). */
  readonly thumbprint: string;
}

const CODE = /^(?=.{4,40}$)[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/;
const ADDRESS = /^https?:\/\/[^\s]{1,200}$/;
const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/;

/**
 * Reads custodians from a file: one, or a list of them. Each is a card as `symbolon custodian init --json` prints it, or code, url and thumbprint.
 * Throws `Refusal` SCHEMA_INVALID with the place in the list.
 */
export async function readNamedCustodians(text: string): Promise<readonly NamedCustodian[]> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw malformed([], 'a list of custodians in JSON');
  }
  const list: readonly unknown[] = Array.isArray(file) ? file : [file];
  return Promise.all(list.map((one, at) => readOne(one, [String(at)])));
}

async function readOne(value: unknown, path: readonly string[]): Promise<NamedCustodian> {
  if (typeof value !== 'object' || value === null) throw malformed(path, 'code, url, and thumbprint or key');
  const { code, url, thumbprint, key } = value as Readonly<Record<string, unknown>>; // parsing: each is looked at below
  if (typeof code !== 'string' || !CODE.test(code)) throw malformed([...path, 'code'], 'a code such as nl-hoeder');
  if (typeof url !== 'string' || !ADDRESS.test(url)) throw malformed([...path, 'url'], 'an address');
  if (key !== undefined) return { code, url, thumbprint: (await readPublicKey(key)).kid };
  if (typeof thumbprint !== 'string' || !THUMBPRINT.test(thumbprint))
    throw malformed([...path, 'thumbprint'], 'a thumbprint (RFC 7638), or the card with the key');
  return { code, url, thumbprint };
}

function malformed(path: readonly string[], wanted: string): Refusal {
  return new Refusal('SCHEMA_INVALID', 'That names no custodian.', `It takes ${wanted}.`, path);
}
