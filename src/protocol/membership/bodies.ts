import type { JWK } from 'jose';
import type { MemberKind, OfficerRole, Purpose } from './kinds.js';

/** The bodies of the membership events; `schema/membership/statement.schema.json` is their contract. */
export interface JoinBody {
  /** SHA-256 of the accord's text, base64url. */
  readonly accord: string;
  readonly name: string;
  readonly kind: MemberKind;
  readonly country: string;
  readonly mandate: readonly Purpose[];
  /** The member's key; it signs the join statement itself (proof of possession). */
  readonly key: JWK;
}

export interface CountersignBody {
  readonly member: string;
  /** The `payloadHash` of the join statement that is vouched for. */
  readonly join: string;
}

export interface RotateKeyBody {
  readonly key: JWK;
  /** A compact JWS by the new key over the new key's thumbprint, the issuer and this statement's `jti` (proof of possession). */
  readonly proof: string;
}

export interface SuspendBody {
  readonly member: string;
  readonly reason: 'key-compromised' | 'breach-of-accord' | 'own-request' | 'inactive';
}

export interface ReinstateBody {
  readonly member: string;
}

export interface CertifyOfficerBody {
  readonly officer: string;
  readonly role: OfficerRole;
  readonly key: JWK;
  /** Until when the certificate counts, seconds since 1970; at most 400 days. */
  readonly until: number;
}

export interface RevokeOfficerBody {
  readonly officer: string;
}
