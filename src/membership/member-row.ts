import type { JWK } from 'jose';
import type {
  MemberKind,
  MemberState,
  OfficerRole,
  PublicKey,
  Purpose,
  StatementAlgorithm,
} from '../protocol/index.js';

/** A row of the table `member`. */
export interface MemberRow {
  readonly code: string;
  readonly name: string;
  readonly kind: MemberKind;
  readonly country: string;
  readonly mandate: readonly Purpose[];
  readonly state: MemberState;
  readonly join_hash: Buffer;
}

/** A row of the table `member_key`. */
export interface MemberKeyRow {
  readonly kid: string;
  readonly member_code: string;
  readonly algorithm: StatementAlgorithm;
  readonly jwk: JWK;
  readonly valid_from: Date;
  readonly valid_to: Date | null;
}

/** A row of the table `officer`. */
export interface OfficerRow {
  readonly kid: string;
  readonly member_code: string;
  readonly code: string;
  readonly role: OfficerRole;
  readonly algorithm: StatementAlgorithm;
  readonly jwk: JWK;
  readonly valid_from: Date;
  readonly valid_to: Date;
  readonly revoked_at: Date | null;
}

const keys = new Map<string, PublicKey>();

/** The key in a row: the same object for the same thumbprint, so that it is imported once. */
export function keyOf({ kid, algorithm, jwk }: Pick<MemberKeyRow, 'kid' | 'algorithm' | 'jwk'>): PublicKey {
  let key = keys.get(kid);
  if (!key) {
    if (keys.size > 20_000) keys.clear();
    key = { kid, algorithm, jwk };
    keys.set(kid, key);
  }
  return key;
}
