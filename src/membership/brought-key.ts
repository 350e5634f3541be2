import type { JWK } from 'jose';
import {
  assertProofOf,
  decodeStatement,
  EVENTS,
  type PublicKey,
  readPublicKey,
  Refusal,
  type StatementClaims,
} from '../protocol/index.js';
import { verifyNatively } from '../identity/index.js';

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
  rotation: Pick<StatementClaims, 'issuer' | 'jti'>,
): void {
  try {
    const proof = decodeStatement(compact);
    verifyNatively(proof, key);
    assertProofOf(proof, key, rotation);
  } catch (error) {
    throw error instanceof Refusal ? error.at('events', EVENTS.rotateKey, 'proof') : error;
  }
}
