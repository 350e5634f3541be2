import type { JWK } from 'jose';
import { encodeBase64url } from '../base64url.js';
import { KEY_CLASSES, lagrangeWeights, sameBytes, type Element, type KeyClass, type Ristretto } from '../oprf/index.js';
import { Refusal } from '../refusal.js';
import {
  decodeStatement,
  readPublicKey,
  signPayload,
  verifySignature,
  type DecodedStatement,
  type Json,
  type PublicKey,
  type Signer,
} from '../statement/index.js';
import { Fields, malformed, readBytes, readList } from '../fields.js';
import { ADDRESS_FORM, EARLIEST, EPOCH_FORM, HASH_FORM, LATEST, MEMBER_CODE_FORM } from '../forms.js';

/** The media type of a custodian's signature under the description of an epoch. */
export const EPOCH_TYPE = 'epoch+jwt';

/** The most custodians of an epoch. */
export const MAX_CUSTODIANS = 15;

/** A custodian of an epoch. */
export interface Custodian {
  /** The place of its share, from 1. */
  readonly index: number;
  readonly code: string;
  readonly url: string;
  /** Verifies what it signs. */
  readonly key: PublicKey;
  /** A P-256 key to which shares are sealed for it. */
  readonly sealingKey: Readonly<JWK>;
}

/** The key of a class: what nobody holds, times the generator; and each custodian's share of it likewise, in the order of the custodians. */
export interface ClassKey {
  readonly publicKey: Element;
  readonly commitments: readonly Element[];
}

/** What an epoch is: `schema/linkage/custodian.schema.json`. */
export interface EpochDescription {
  /** Such as `2027-1`. */
  readonly epoch: string;
  /** 0 after the ceremony, one more after each refresh of the shares. */
  readonly generation: number;
  /** The accord's audience. */
  readonly audience: string;
  readonly threshold: number;
  /** The cost of the prehash. */
  readonly scryptN: number;
  /** Seconds since 1970. */
  readonly validFrom: number;
  readonly validUntil: number;
  readonly custodians: readonly Custodian[];
  readonly keys: Readonly<Record<KeyClass, ClassKey>>;
  /** SHA-256 over the messages of the ceremony or refresh that this is the result of. */
  readonly transcript: string;
}

/** A description that all its custodians signed. */
export interface SignedEpoch {
  readonly description: EpochDescription;
  /** One compact JWS by each custodian over the same payload. */
  readonly statements: readonly string[];
  /** The hash of that payload. */
  readonly hash: string;
}

/** The bytes that all custodians sign are the same when the description is. */
export function signEpoch(description: EpochDescription, key: Signer): Promise<string> {
  const { custodians, keys, ...rest } = description;
  const payload = {
    ...rest,
    custodians: custodians.map(({ key: { jwk }, ...one }) => ({ ...one, key: jwk })),
    keys: Object.fromEntries(
      KEY_CLASSES.map((keyClass) => [
        keyClass,
        {
          publicKey: encodeBase64url(keys[keyClass].publicKey),
          commitments: keys[keyClass].commitments.map(encodeBase64url),
        },
      ]),
    ),
  };
  return signPayload(payload, key, EPOCH_TYPE);
}

/**
 * Reads an epoch that all its custodians signed, and checks that each class's commitments are shares of its public key. `known` are the
 * thumbprints of custodians' keys by code, from the log or the accord, never from the description. Throws `Refusal`; at the path `epoch.custodians`
 * when it names one that is not among the known.
 */
export async function readEpoch(
  group: Ristretto,
  statements: readonly string[],
  known: ReadonlyMap<string, string>,
): Promise<SignedEpoch> {
  const decoded = statements.map(decodeStatement);
  const [first] = decoded;
  if (!first || decoded.some(({ typ }) => typ !== EPOCH_TYPE))
    throw new Refusal('WRONG_STATEMENT_TYPE', 'This is no epoch.', 'Fetch it from the log again.', ['header', 'typ']);
  if (decoded.some(({ payloadHash }) => payloadHash !== first.payloadHash))
    throw untrusted('The custodians signed different descriptions.');
  const description = await readDescription(first.claims);
  for (const { code, key } of description.custodians) {
    if (known.get(code) !== key.kid) throw untrusted('It names a custodian or a key that is not known.', 'custodians');
    await verifyOne(decoded, key);
  }
  for (const keyClass of KEY_CLASSES) assertShares(group, description, keyClass);
  return { description, statements, hash: first.payloadHash };
}

/** Whether a description differs from another of the same epoch as a refresh changes it: in shares, commitments and generation, and in nothing else (C28). */
export function isRefreshOf(before: EpochDescription, after: EpochDescription): boolean {
  const sameKeys = KEY_CLASSES.every((keyClass) =>
    sameBytes(before.keys[keyClass].publicKey, after.keys[keyClass].publicKey),
  );
  return sameKeys && after.generation > before.generation && agreedOn(before) === agreedOn(after);
}

function agreedOn(description: EpochDescription): string {
  const { epoch, audience, threshold, scryptN, validFrom, validUntil, custodians } = description;
  const who = custodians.map(({ index, code, key }) => [index, code, key.kid]);
  return JSON.stringify([epoch, audience, threshold, scryptN, validFrom, validUntil, who]);
}

async function verifyOne(decoded: readonly DecodedStatement[], key: PublicKey): Promise<void> {
  const own = decoded.find(({ kid }) => kid === key.kid);
  if (!own) throw untrusted('A custodian did not sign it.');
  await verifySignature(own, key);
}

/** Reads the description in a custodian's signature under an epoch; says nothing about who signed it, nor whether its keys belong together. Throws `Refusal`. */
export async function readDescription(claims: { readonly [key: string]: Json }): Promise<EpochDescription> {
  const names = ['epoch', 'generation', 'audience', 'threshold', 'scryptN', 'validFrom', 'validUntil', 'transcript'];
  const fields = Fields.of(claims, [...names, 'custodians', 'keys']);
  const custodians = await readCustodians(fields);
  const threshold = fields.number('threshold', 2, custodians.length);
  if (2 * threshold <= custodians.length) throw malformed(['threshold'], 'more than half of the custodians');
  const keys = fields.record('keys', KEY_CLASSES, (value, path) => readClassKey(value, path, custodians.length));
  const { DOC, FULL, PARTIAL } = keys;
  if (!DOC || !FULL || !PARTIAL) throw malformed(['keys'], `a key for each of ${KEY_CLASSES.join(', ')}`);
  return {
    epoch: fields.text('epoch', EPOCH_FORM),
    generation: fields.number('generation', 0, 10_000),
    audience: fields.text('audience', ADDRESS_FORM),
    threshold,
    scryptN: readScryptN(fields),
    validFrom: fields.number('validFrom', EARLIEST, LATEST),
    validUntil: fields.number('validUntil', EARLIEST, LATEST),
    transcript: fields.text('transcript', HASH_FORM),
    custodians,
    keys: { DOC, FULL, PARTIAL },
  };
}

/** The custodians of an object that names them, in order of their indexes. */
export async function readCustodians(fields: Fields): Promise<readonly Custodian[]> {
  const read = fields.list('custodians', MAX_CUSTODIANS, (value, path) => {
    const one = Fields.of(value, ['index', 'code', 'url', 'key', 'sealingKey'], path);
    return {
      index: one.number('index', 1, MAX_CUSTODIANS),
      code: one.text('code', MEMBER_CODE_FORM),
      url: one.text('url', ADDRESS_FORM),
      key: one.raw('key'),
      sealingKey: one.raw('sealingKey'),
    };
  });
  const custodians = await Promise.all(
    read.map(async ({ key, sealingKey, ...one }) => {
      const sealing = await readPublicKey(sealingKey);
      if (sealing.algorithm !== 'ES256') throw malformed(['custodians', 'sealingKey'], 'a public P-256 JWK');
      return { ...one, key: await readPublicKey(key), sealingKey: sealing.jwk };
    }),
  );
  const inOrder = custodians.every(({ index }, at) => at === 0 || index > (custodians[at - 1]?.index ?? 0));
  const codes = new Set(custodians.map(({ code }) => code));
  const keys = new Set(custodians.map(({ key }) => key.kid));
  if (custodians.length < 2 || !inOrder || codes.size !== custodians.length || keys.size !== custodians.length)
    throw malformed(['custodians'], 'two or more, in order of their indexes, each with a code and a key of its own');
  return custodians;
}

/** The cost of the prehash: a power of two. */
export function readScryptN(fields: Fields): number {
  const N = fields.number('scryptN', 16, 1 << 20);
  if ((N & (N - 1)) !== 0) throw malformed(['scryptN'], 'a power of two');
  return N;
}

function readClassKey(value: Json, path: readonly string[], count: number): ClassKey {
  const one = Fields.of(value, ['publicKey', 'commitments'], path);
  const commitments = readList(
    one.raw('commitments'),
    MAX_CUSTODIANS,
    (element, at) => readBytes(element, 32, at),
    path,
  );
  if (commitments.length !== count) throw malformed([...path, 'commitments'], 'one for each custodian');
  return { publicKey: one.bytes('publicKey', 32), commitments };
}

/** All commitments lie on one polynomial of as many coefficients as the threshold, whose value at zero is the public key. */
function assertShares(group: Ristretto, { custodians, keys, threshold }: EpochDescription, keyClass: KeyClass): void {
  const { publicKey, commitments } = keys[keyClass];
  if (![publicKey, ...commitments].every((element) => group.isElement(element)))
    throw untrusted('A commitment is not an element of the group.');
  const base = custodians.slice(0, threshold).map(({ index }) => index);
  const first = commitments.slice(0, threshold);
  const valueAt = (place: number): Element => group.weightedSum(lagrangeWeights(group, base, place), first);
  const expected = [publicKey, ...commitments.slice(threshold)];
  const places = [0, ...custodians.slice(threshold).map(({ index }) => index)];
  if (!places.every((place, at) => sameBytes(valueAt(place), expected[at] ?? publicKey)))
    throw untrusted('Its commitments are not shares of its public keys.');
}

function untrusted(why: string, ...within: readonly string[]): Refusal {
  return new Refusal(
    'WRONG_KEY',
    `The epoch is not to be trusted. ${why}`,
    'Do not use it; report it to the members.',
    ['epoch', ...within],
  );
}
