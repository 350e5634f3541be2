import type { LinkBodies } from '../../protocol/link/index.js';
import { REFUSED_FIELDS, type RefusedAnswer } from './alert-submission.js';
import type { MemberAnswer } from './membership.js';

/** `Link` as it comes over the wire. */
export interface LinkAnswer {
  readonly id: string;
  readonly state: string;
  readonly suggestedAt: string;
  readonly lapsesAt: string;
  readonly alertId: string;
  readonly opened: boolean;
  readonly counterpart: {
    readonly member: Pick<MemberAnswer, 'code' | 'name' | 'country'>;
    readonly alertId: string;
    readonly opening: string;
  } | null;
  readonly level: string | null;
  readonly messages: readonly string[];
  readonly decisions: readonly string[];
  readonly classification: {
    readonly recurrence: string;
    readonly definition: string;
    readonly earlierAlertId: string | null;
    readonly wouldDecide: readonly string[];
  } | null;
  readonly flagId: string | null;
}

const LINK_FIELDS = `id state suggestedAt lapsesAt alertId opened
      counterpart { member { code name country } alertId opening }
      level messages decisions
      classification { recurrence definition earlierAlertId wouldDecide }
      flagId`;

export interface LinksPage {
  readonly links: {
    readonly edges: readonly { readonly cursor: string; readonly node: LinkAnswer }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export const LINKS = `query Links($first: Int!, $after: String, $states: [LinkState!]) {
    links(first: $first, after: $after, states: $states) {
      edges { cursor node { ${LINK_FIELDS} } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export const LINK = `query Link($id: ID!) { link(id: $id) { ${LINK_FIELDS} } }`;

export interface LinkAcceptedAnswer {
  readonly __typename: 'LinkAccepted';
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: string;
  readonly repeated: boolean;
  readonly receipt: string;
  readonly link: LinkAnswer;
}

export type LinkResultAnswer = LinkAcceptedAnswer | RefusedAnswer;

const FIELDS: Readonly<Record<keyof LinkBodies, string>> = {
  comparisonOpened: 'openComparison',
  comparisonMessage: 'sendComparisonMessage',
  linkConfirmed: 'confirmLink',
  linkRejected: 'rejectLink',
  linkWithdrawn: 'withdrawLink',
};

/** The document of the mutation that takes an event about a link; its result is at `result`. */
export function linkMutation(event: keyof LinkBodies): string {
  return `mutation AboutLink($statement: SignedStatement!) {
    result: ${FIELDS[event]}(statement: $statement) {
      __typename
      ... on LinkAccepted { jti payloadHash receivedAt repeated receipt link { ${LINK_FIELDS} } }
      ${REFUSED_FIELDS}
    }
  }`;
}

export interface VerdictOfAlertAnswer {
  readonly alert: { readonly verdicts: readonly { readonly under: string; readonly verdict: string }[] } | null;
}

export const VERDICT_OF_ALERT = `query VerdictOfAlert($id: ID!, $under: [LawRef!]!) {
    alert(id: $id) { verdicts(under: $under) { under verdict } }
  }`;
