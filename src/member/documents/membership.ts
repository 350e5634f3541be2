import { REFUSED_FIELDS, type RefusedAnswer } from './alert-submission.js';

/** `Accord` as it comes over the wire. */
export interface AccordAnswer {
  readonly hash: string;
  readonly text: string;
  readonly audience: string;
  readonly quorum: number;
}

export const ACCORD = `query Accord { accord { hash text audience quorum } }`;

/** The membership mutations, each with the name of its field. */
export type MembershipMutation =
  'join' | 'countersign' | 'rotateKey' | 'suspend' | 'reinstate' | 'leave' | 'certifyOfficer' | 'revokeOfficer';

export interface StatementAcceptedAnswer {
  readonly __typename: 'StatementAccepted';
  readonly receipt: string;
  readonly member: { readonly code: string; readonly name: string; readonly country: string; readonly state: string };
}

export type MembershipAnswer = StatementAcceptedAnswer | RefusedAnswer;

/** The document of one membership mutation; its result is at `result`. */
export function membershipMutation(field: MembershipMutation): string {
  return `mutation Membership($statement: SignedStatement!) {
    result: ${field}(statement: $statement) {
      __typename
      ... on StatementAccepted { receipt member { code name country state } }
      ${REFUSED_FIELDS}
    }
  }`;
}

export interface MemberKeyAnswer {
  readonly kid: string;
  /** The public JWK as JSON text. */
  readonly jwk: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface MemberAnswer {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly country: string;
  readonly mandate: readonly string[];
  readonly state: string;
  readonly keys: readonly MemberKeyAnswer[];
  readonly statements: readonly string[];
}

export interface MembersPage {
  readonly members: {
    readonly edges: readonly { readonly node: MemberAnswer }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export const MEMBERS = `query Members($after: String, $state: MemberState) {
    members(first: 100, after: $after, state: $state) {
      edges { node { code name kind country mandate state keys { kid jwk validFrom validTo } statements } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export interface OfficerAnswer {
  readonly code: string;
  readonly role: string;
  readonly kid: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly revokedAt: string | null;
}

export interface ViewerAnswer {
  readonly member: {
    readonly code: string;
    readonly name: string;
    readonly kind: string;
    readonly country: string;
    readonly mandate: readonly string[];
    readonly state: string;
  };
  readonly officer: OfficerAnswer;
  readonly purpose: string;
  readonly expiresAt: string;
}

export const WHOAMI = `query WhoAmI {
    whoami {
      member { code name kind country mandate state }
      officer { code role kid validFrom validTo revokedAt }
      purpose
      expiresAt
    }
  }`;

export const OWN_OFFICERS = `query OwnOfficers {
    whoami { member { code officers { code role kid validFrom validTo revokedAt } } }
  }`;
