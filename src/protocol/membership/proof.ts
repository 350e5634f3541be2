import { Refusal } from '../refusal.js';
import { signPayload, type DecodedStatement, type PublicKey, type Signer } from '../statement/index.js';

/** The media type of a proof of possession of a new member key. */
export const KEY_PROOF_TYPE = 'key-proof+jwt';

/** Signs, with the new key, that it belongs to this member and to this one rotation. */
export function signKeyProof(member: string, jti: string, newKey: Signer): Promise<string> {
  return signPayload({ iss: member, jti, kid: newKey.kid }, newKey, KEY_PROOF_TYPE);
}

/** Checks that a proof whose signature verifies is of this key, for this one rotation. Throws `Refusal` WRONG_STATEMENT_TYPE. */
export function assertProofOf(
  { typ, claims }: DecodedStatement,
  key: PublicKey,
  rotation: { readonly issuer: string; readonly jti: string },
): void {
  const { iss, jti, kid } = claims;
  if (typ === KEY_PROOF_TYPE && iss === rotation.issuer && jti === rotation.jti && kid === key.kid) return;
  throw new Refusal(
    'WRONG_STATEMENT_TYPE',
    'The proof is not one of this key for this rotation.',
    'Sign the proof anew with the new key.',
  );
}
