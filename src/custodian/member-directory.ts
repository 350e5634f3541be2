import type { MemberState, PublicKey, Purpose } from '../protocol/index.js';

/** An officer as a custodian has to know it. */
export interface DirectoryOfficer {
  readonly member: string;
  readonly officer: string;
  readonly key: PublicKey;
  /** Seconds since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** Where the officer's member stands. */
  readonly standing: MemberState;
  readonly mandate: readonly Purpose[];
}

/** Who may ask. A custodian believes what it is given here: whoever can make up a member can ask within a member's budget. */
export interface MemberDirectory {
  /** The officer that holds, or held, the key with this thumbprint; null when nobody does. */
  findOfficer(kid: string): Promise<DirectoryOfficer | null>;
}
