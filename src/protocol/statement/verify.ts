import { compactVerify, errors } from 'jose';
import { Refusal } from '../refusal.js';
import type { DecodedStatement } from './decode.js';
import { importKey, type PublicKey } from './keys.js';

/**
 * Verifies the signature under a key that the caller took from the member list by `kid` (RFC 7515 §5.2). The key fixes the algorithm;
 * a header that says another is refused (RFC 8725 §3.1). Throws `Refusal`: WRONG_KEY, ALGORITHM_NOT_ALLOWED.
 */
export async function verifySignature(statement: DecodedStatement, key: PublicKey | null): Promise<void> {
  const { jwk, algorithm } = keyFitting(statement, key);
  try {
    await compactVerify(statement.compact, await importKey(jwk, algorithm), { algorithms: [algorithm] });
  } catch (cause) {
    if (cause instanceof errors.JOSEError) throw wrongKey(cause);
    throw cause;
  }
}

/** The key, when it is the one that the statement names and of the algorithm that it says. Throws `Refusal`: WRONG_KEY, ALGORITHM_NOT_ALLOWED. */
export function keyFitting(statement: DecodedStatement, key: PublicKey | null): PublicKey {
  if (!key || key.kid !== statement.kid) throw wrongKey();
  if (key.algorithm !== statement.algorithm) {
    throw new Refusal(
      'ALGORITHM_NOT_ALLOWED',
      'The algorithm does not fit the key.',
      'Sign with the algorithm of your registered key.',
      ['header', 'alg'],
    );
  }
  return key;
}

/** The refusal of a signature that does not verify. */
export function wrongKey(cause?: unknown): Refusal {
  return new Refusal(
    'WRONG_KEY',
    'The signature does not verify under a key that the member list holds for this issuer.',
    'Check which key your client signs with; after a rotation or a new certificate use the new key.',
    ['header', 'kid'],
    { cause },
  );
}
