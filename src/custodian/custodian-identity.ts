import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { generateSigningKey, readPublicKey, type SigningKey } from '../protocol/index.js';
import { CustodianError } from './custodian-error.js';
import { findText, writeDurably } from './durable-file.js';
import { isRecord, openText, sealText } from './sealed-text.js';

/** What a custodian shows of itself: what the others put into a plan. */
export interface CustodianCard {
  readonly code: string;
  readonly url: string;
  readonly key: Readonly<JWK>;
  readonly sealingKey: Readonly<JWK>;
}

/** A custodian's keys: one signs, shares are sealed to the other. */
export interface CustodianIdentity {
  readonly card: CustodianCard;
  readonly key: SigningKey;
  readonly sealingPrivateKey: Readonly<JWK>;
}

const PURPOSE = 'symbolon custodian keys';

/** Makes the keys of a custodian and writes them sealed. Throws `CustodianError` EXISTS when there are some. */
export async function makeIdentity(
  path: string,
  code: string,
  url: string,
  passphrase: string,
): Promise<CustodianCard> {
  if ((await findText(path)) !== null)
    throw new CustodianError('EXISTS', 'This folder has a custodian already.', 'Name another folder with --state.');
  const [key, sealing] = await Promise.all([
    generateSigningKey(),
    generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true }),
  ]);
  const { jwk: sealingKey } = await readPublicKey(await exportJWK(sealing.publicKey));
  const card = { code, url, key: key.jwk, sealingKey };
  const secret = { key: key.privateJwk, sealingKey: await exportJWK(sealing.privateKey) };
  const seal = await sealText(JSON.stringify(secret), passphrase, PURPOSE);
  await writeDurably(path, `${JSON.stringify({ card, seal }, null, 2)}\n`);
  return card;
}

/** Opens the keys of a custodian. Throws `CustodianError` BAD_INPUT when there are none, WRONG_PASSPHRASE, BROKEN_STATE. */
export async function openIdentity(path: string, passphrase: string): Promise<CustodianIdentity> {
  const text = await findText(path);
  if (text === null)
    throw new CustodianError(
      'BAD_INPUT',
      'There is no custodian in this folder.',
      'Make one: "symbolon custodian init".',
    );
  const file: unknown = JSON.parse(text);
  if (!isRecord(file) || !isRecord(file['card'])) throw broken();
  const { code, url, key: jwk, sealingKey } = file['card'];
  const secret: unknown = JSON.parse(await openText(file['seal'], passphrase, PURPOSE));
  if (typeof code !== 'string' || typeof url !== 'string' || !isRecord(secret)) throw broken();
  const [key, sealing] = await Promise.all([readPublicKey(jwk), readPublicKey(sealingKey)]);
  return {
    card: { code, url, key: key.jwk, sealingKey: sealing.jwk },
    key: { ...key, privateJwk: withPrivate(key.jwk, secret['key']) },
    sealingPrivateKey: withPrivate(sealing.jwk, secret['sealingKey']),
  };
}

/** The private part beside the public one that stands in the clear: were they of different keys, nothing it signs would verify. */
function withPrivate(jwk: Readonly<JWK>, secret: unknown): JWK {
  if (!isRecord(secret) || typeof secret['d'] !== 'string' || secret['x'] !== jwk.x) throw broken();
  return { ...jwk, d: secret['d'] };
}

function broken(): CustodianError {
  return new CustodianError('BROKEN_STATE', 'The keys of this custodian are not well-formed.', 'Restore your backup.');
}
