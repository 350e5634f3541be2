import type { MemberState, OfficerRole, PublicKey, Purpose } from '../protocol/index.js';

/** Who may have keys evaluated: who may raise alerts. */
export const EVALUATING_ROLES: readonly OfficerRole[] = ['case-worker', 'liaison'];

/** Who may grant another member a budget: who speaks for its member to others. */
export const GRANTING_ROLES: readonly OfficerRole[] = ['liaison', 'administrator'];

/** An officer as a custodian has to know it. */
export interface DirectoryOfficer {
  readonly member: string;
  readonly officer: string;
  /** As its member certified it. */
  readonly role: string;
  /** To which accord it was certified. */
  readonly audience: string;
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
