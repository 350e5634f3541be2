import { OFFICER_ROLES, readPublicKey, Refusal, type OfficerRole, type PublicKey } from '../../protocol/index.js';

/** What somebody asks who made the key of a new seat. */
export interface CertifyRequest {
  readonly officer: string;
  readonly role: OfficerRole;
  readonly key: PublicKey;
}

const OFFICER = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** More than any request takes, characters. */
const LONGEST = 4096;

/** Reads a request as the sign-in page makes it, `{officer, role, jwk}`. Null when it is none. */
export async function readCertifyRequest(text: string): Promise<CertifyRequest | null> {
  const value = text.length > LONGEST ? null : parse(text);
  if (typeof value !== 'object' || value === null || !('officer' in value) || !('role' in value) || !('jwk' in value))
    return null;
  const { officer, jwk } = value;
  const role = OFFICER_ROLES.find((known) => known === value.role);
  if (typeof officer !== 'string' || !OFFICER.test(officer) || role === undefined) return null;
  try {
    return { officer, role, key: await readPublicKey(jwk) };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
