import type { MemberKind, OfficerRole, Purpose } from '../protocol/index.js';

/** Who asks, established from a token and the member list, anew for each request. */
export interface Principal {
  readonly member: string;
  readonly memberKind: MemberKind;
  readonly country: string;
  readonly mandate: readonly Purpose[];
  readonly officer: string;
  /** Thumbprint of the officer's key. */
  readonly kid: string;
  readonly role: OfficerRole;
  /** The one purpose of the token. */
  readonly purpose: Purpose;
  readonly expiresAt: Date;
}
