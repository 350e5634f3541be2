import { signPayload, type SigningKey } from '../statement/index.js';

/** The media type of a proof of possession of a new member key. */
export const KEY_PROOF_TYPE = 'key-proof+jwt';

/** Signs, with the new key, that it belongs to this member and to this one rotation. */
export function signKeyProof(member: string, jti: string, newKey: SigningKey): Promise<string> {
  return signPayload({ iss: member, jti, kid: newKey.kid }, newKey, KEY_PROOF_TYPE);
}
