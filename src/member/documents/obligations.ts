import type { ObligationBodies } from '../../protocol/obligation/index.js';
import { REFUSED_FIELDS, type RefusedAnswer } from './alert-submission.js';

/** `Obligation` as it comes over the wire. */
export interface ObligationAnswer {
  readonly alertId: string;
  readonly debtor: { readonly code: string };
  readonly creditor: { readonly code: string };
  readonly cause: string;
  readonly incurredAt: string;
  readonly dueAt: string;
  readonly state: string;
  readonly ground: string | null;
  readonly answeredAt: string | null;
  readonly statements: readonly string[];
}

/** `Permission` as it comes over the wire. */
export interface PermissionAnswer {
  readonly id: string;
  readonly alertId: string;
  readonly asker: { readonly code: string };
  readonly provider: { readonly code: string };
  readonly use: string;
  readonly purpose: string;
  readonly toMember: { readonly code: string } | null;
  readonly toCountry: string | null;
  readonly askedAt: string;
  readonly state: string;
  readonly until: string | null;
  readonly reason: string | null;
  readonly request: string;
  readonly answers: readonly string[];
}

interface Listed<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface ObligationsPage {
  readonly obligations: Listed<ObligationAnswer>;
}

export interface PermissionsPage {
  readonly permissions: Listed<PermissionAnswer>;
}

const OBLIGATION_FIELDS =
  'alertId debtor { code } creditor { code } cause incurredAt dueAt state ground answeredAt statements';
const PERMISSION_FIELDS = `id alertId asker { code } provider { code } use purpose toMember { code } toCountry
      askedAt state until reason request answers`;

export const OBLIGATIONS = `query Obligations($side: ObligationSide!, $first: Int!, $after: String, $states: [ObligationState!], $alertId: ID) {
    obligations(side: $side, first: $first, after: $after, states: $states, alertId: $alertId) {
      edges { node { ${OBLIGATION_FIELDS} } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export const PERMISSIONS = `query Permissions($side: PermissionSide!, $first: Int!, $after: String) {
    permissions(side: $side, first: $first, after: $after) {
      edges { node { ${PERMISSION_FIELDS} } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

interface AcceptedFields {
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: string;
  readonly repeated: boolean;
  readonly receipt: string;
}

export interface ObligationAcceptedAnswer extends AcceptedFields {
  readonly __typename: 'ObligationAccepted';
  readonly obligations: readonly ObligationAnswer[];
}

export interface PermissionAcceptedAnswer extends AcceptedFields {
  readonly __typename: 'PermissionAccepted';
  readonly permission: PermissionAnswer;
}

/** `SubjectErasure` as it comes over the wire. */
export interface SubjectErasureAnswer {
  readonly because: string;
  readonly at: string;
  readonly statement: string;
  readonly alerts: number;
  readonly statements: number;
  readonly links: number;
  readonly saltsWaiting: number;
  readonly account: string | null;
}

export interface SubjectErasedAnswer extends AcceptedFields {
  readonly __typename: 'SubjectErased';
  readonly alertId: string;
  readonly erasure: SubjectErasureAnswer;
  readonly obligations: readonly ObligationAnswer[];
}

/** `SubjectRecord` as it comes over the wire. */
export interface SubjectRecordAnswer {
  readonly alertId: string;
  readonly entries: readonly {
    readonly event: string;
    readonly jti: string;
    readonly index: number;
    readonly payloadHash: string;
    readonly receivedAt: string;
    readonly receipt: string;
  }[];
  readonly erasures: readonly SubjectErasureAnswer[];
}

const ERASURE_FIELDS = 'because at statement alerts statements links saltsWaiting account';

export const SUBJECT_RECORD = `query SubjectRecord($alertId: ID!) {
    subjectRecord(alertId: $alertId) {
      alertId
      entries { event jti index payloadHash receivedAt receipt }
      erasures { ${ERASURE_FIELDS} }
    }
  }`;

export type ObligationResultAnswer = ObligationAcceptedAnswer | RefusedAnswer;
export type PermissionResultAnswer = PermissionAcceptedAnswer | RefusedAnswer;

const FIELDS: Readonly<Record<keyof ObligationBodies, string>> = {
  alertErased: 'stateErased',
  alertRetained: 'stateRetained',
  permissionAsked: 'askPermission',
  permissionGiven: 'givePermission',
  permissionRefused: 'refusePermission',
  subjectErased: 'eraseSubject',
};

/** The document of the mutation that takes an event; its result is at `result`. */
export function obligationMutation(event: keyof ObligationBodies): string {
  return `mutation AboutObligation($statement: SignedStatement!) {
    result: ${FIELDS[event]}(statement: $statement) {
      __typename
      ... on ${acceptedBy(event)}
      ${REFUSED_FIELDS}
    }
  }`;
}

function acceptedBy(event: keyof ObligationBodies): string {
  switch (event) {
    case 'alertErased':
    case 'alertRetained':
      return `ObligationAccepted { jti payloadHash receivedAt repeated receipt obligations { ${OBLIGATION_FIELDS} } }`;
    case 'permissionAsked':
    case 'permissionGiven':
    case 'permissionRefused':
      return `PermissionAccepted { jti payloadHash receivedAt repeated receipt permission { ${PERMISSION_FIELDS} } }`;
    case 'subjectErased':
      return `SubjectErased { alertId jti payloadHash receivedAt repeated receipt
        erasure { ${ERASURE_FIELDS} } obligations { ${OBLIGATION_FIELDS} } }`;
  }
}
