import {
  CLOCK_SKEW_SECONDS,
  decodeStatement,
  readPublicKey,
  verifySignature,
  type DecodedStatement,
} from '../protocol/index.js';
import { MemberError } from './member-error.js';

/** A key by which statements are checked, a member's or an officer's of it. */
export interface SavedKey {
  readonly owner: string;
  readonly kid: string;
  readonly jwk: unknown;
  /** RFC 3339; signatures count from here on. */
  readonly validFrom: string;
  /** RFC 3339; null while it is current. */
  readonly validTo: string | null;
}

/** A statement that verifies, and whose it is. */
export interface VerifiedStatement {
  readonly statement: DecodedStatement;
  readonly owner: string;
}

/**
 * Checks a statement without the hub: form, signature, and that the key was its issuer's when it says that it was made.
 * Throws `Refusal` (form, algorithm, signature) or `MemberError` NOT_VERIFIED.
 */
export async function verifyOffline(compact: string, keys: readonly SavedKey[]): Promise<VerifiedStatement> {
  const statement = decodeStatement(compact);
  const { iss, iat } = statement.claims;
  const named = keys.filter(({ kid }) => kid === statement.kid);
  // Who certifies another's key must not make the other's statements its own.
  const held = named.find(({ owner }) => owner === iss) ?? named[0];
  if (!held)
    throw notVerified(
      'The list holds no key with this thumbprint.',
      'Save a newer member list ("symbolon members --save").',
    );
  await verifySignature(statement, await readPublicKey(held.jwk));
  if (iss !== held.owner)
    throw notVerified('The key belongs to another issuer than the statement names.', 'Do not rely on it.');
  const made = typeof iat === 'number' ? iat * 1000 : NaN;
  const until = held.validTo === null ? Infinity : Date.parse(held.validTo);
  // The hub takes statements of clocks that differ by as much (S6).
  const skew = CLOCK_SKEW_SECONDS * 1000;
  if (!(made >= Date.parse(held.validFrom) - skew && made <= until + skew)) {
    throw notVerified('The key was not valid when the statement says that it was made.', 'Do not rely on it.');
  }
  return { statement, owner: held.owner };
}

function notVerified(message: string, remedy: string): MemberError {
  return new MemberError('NOT_VERIFIED', message, remedy);
}
