import type { JWK } from 'jose';
import {
  decodeStatement,
  EVENTS,
  KEY_PROOF_TYPE,
  type PublicKey,
  readPublicKey,
  Refusal,
  type StatementClaims,
} from '../protocol/index.js';
import { verifyNatively } from './native-signature.js';

/** Reads the key that a statement brings. Throws `Refusal` SCHEMA_INVALID at the key. */
export async function readBroughtKey(jwk: JWK, event: 'join' | 'rotateKey' | 'certifyOfficer'): Promise<PublicKey> {
  try {
    return await readPublicKey(jwk);
  } catch (error) {
    throw error instanceof Refusal ? error.at('events', EVENTS[event], 'key') : error;
  }
}

/** Checks that the holder of a new key takes part in this one rotation. Throws `Refusal` at the proof. */
export function assertKeyProof(
  compact: string,
  key: PublicKey,
  { issuer, jti }: Pick<StatementClaims, 'issuer' | 'jti'>,
): void {
  try {
    const proof = decodeStatement(compact);
    verifyNatively(proof, key);
    const { typ, claims } = proof;
    if (typ === KEY_PROOF_TYPE && claims['iss'] === issuer && claims['jti'] === jti && claims['kid'] === key.kid)
      return;
  } catch (error) {
    throw error instanceof Refusal ? error.at('events', EVENTS.rotateKey, 'proof') : error;
  }
  throw new Refusal(
    'WRONG_STATEMENT_TYPE',
    'The proof is not one of this key for this rotation.',
    'Sign the proof anew with the new key.',
    ['events', EVENTS.rotateKey, 'proof'],
  );
}
