import { verifyOffline, type KnownMembers, type Standing } from '../../member/index.js';
import { decodeStatement, verifySignature, type PublicKey } from '../../protocol/index.js';

/** What was found of a statement, for people to read: nobody has to believe the hub. */
export interface CheckedStatement {
  /** The member whose statement it is; null for what the hub itself signed. */
  readonly member: string | null;
  /** The thumbprint of the key. */
  readonly kid: string;
  /** When it says that it was signed, ISO 8601. */
  readonly signedAt: string;
  /** SHA-256 of what was signed, base64url. */
  readonly payloadHash: string;
  /** How this browser stands to the member; null for the hub. */
  readonly standing: Standing | null;
  /** Why it is not to be relied on, a code; null when it holds. */
  readonly fault: string | null;
}

/** Verifies a statement against the members as this browser knows them, or against the hub's own keys. Throws `Refusal` when it is no statement at all. */
export async function checkStatement(
  compact: string,
  { trust }: KnownMembers,
  hub: { readonly audience: string; readonly keys: readonly PublicKey[] },
): Promise<CheckedStatement> {
  const statement = decodeStatement(compact);
  const { iss, iat } = statement.claims;
  const member = iss === hub.audience || typeof iss !== 'string' ? null : iss;
  const found = {
    ...{ member, kid: statement.kid, payloadHash: statement.payloadHash },
    signedAt: new Date(typeof iat === 'number' ? iat * 1000 : 0).toISOString(),
    standing: member === null ? null : (trust.members.get(member)?.standing ?? 'unproven'),
  };
  try {
    if (member === null) await verifyByHub(compact, hub.keys);
    else await verifyOffline(compact, trust.keys);
    return { ...found, fault: null };
  } catch (error) {
    return { ...found, fault: error instanceof Error && 'code' in error ? String(error.code) : 'UNEXPECTED' };
  }
}

async function verifyByHub(compact: string, keys: readonly PublicKey[]): Promise<void> {
  const statement = decodeStatement(compact);
  const key = keys.find(({ kid }) => kid === statement.kid);
  if (!key) throw Object.assign(new Error('the hub has no such key'), { code: 'WRONG_KEY' });
  await verifySignature(statement, key);
}
