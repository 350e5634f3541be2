import { CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose';
import { encodeBase64url } from '../base64url.js';
import { KEY_CLASSES, type Scalar } from '../oprf/index.js';
import { parseStrictJsonObject } from '../statement/index.js';
import { eachClass, type ByClass } from './ceremony-message.js';
import { Fields, malformed, readBytes } from '../fields.js';

const ALGORITHM = 'ECDH-ES';
const ENCRYPTION = 'A256GCM';

/** For whom shares are, from whom, and in which ceremony: part of what is sealed, so that no seal fits elsewhere. */
export interface ShareAddress {
  readonly ceremony: string;
  readonly from: string;
  readonly to: string;
}

/** Seals the shares of all classes to a custodian's P-256 key: a JWE (RFC 7516) by ECDH-ES, which nobody else opens, the dealer included. */
export async function sealShares(shares: ByClass<Scalar>, address: ShareAddress, key: Readonly<JWK>): Promise<string> {
  const text = JSON.stringify({ ...address, shares: eachClass((keyClass) => encodeBase64url(shares[keyClass])) });
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION })
    .encrypt(await importJWK(key, ALGORITHM));
}

/** Opens shares with the private key; null when it does not open, or holds anything else than shares under this address. */
export async function openShares(
  sealed: string,
  address: ShareAddress,
  privateKey: Readonly<JWK>,
): Promise<ByClass<Scalar> | null> {
  try {
    const { plaintext } = await compactDecrypt(sealed, await importJWK(privateKey, ALGORITHM), {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
    });
    const fields = Fields.of(parseStrictJsonObject(plaintext) ?? undefined, ['ceremony', 'from', 'to', 'shares']);
    for (const name of ['ceremony', 'from', 'to'] as const)
      if (fields.raw(name) !== address[name]) throw malformed([name], 'what the seal is for');
    const shares = fields.record('shares', KEY_CLASSES, (share, at) => readBytes(share, 32, at));
    return eachClass((keyClass) => {
      const share = shares[keyClass];
      if (!share) throw malformed(['shares', keyClass], 'a share');
      return share;
    });
  } catch {
    // Whatever is wrong with it is the dealer's fault, and the same complaint.
    return null;
  }
}
