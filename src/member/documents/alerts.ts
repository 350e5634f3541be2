import type { RefusedAnswer } from './alert-submission.js';

export interface FactAnswer {
  readonly concept: string;
  readonly present: boolean;
  readonly inferred: boolean;
}

export interface ElementTraceAnswer {
  readonly kind: string;
  readonly verdict: string;
  readonly metBy: readonly string[];
  readonly inferred: boolean;
  readonly unknown: readonly string[];
}

export interface JudgementAnswer {
  readonly under: string;
  readonly version: number;
  readonly verdict: string;
  readonly variants: readonly {
    readonly variant: string;
    readonly verdict: string;
    readonly trace: readonly ElementTraceAnswer[];
  }[];
  readonly asks: readonly { readonly kind: string; readonly anyOf: readonly string[] }[];
}

export const JUDGEMENT_FIELDS = `under version verdict
      variants { variant verdict trace { kind verdict metBy inferred unknown } }
      asks { kind anyOf }`;

export interface AlertSummaryAnswer {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly revision: number;
  readonly receivedAt: string;
  readonly expiresAt: string;
  /** Null for what the hub itself raised. */
  readonly sender: { readonly code: string } | null;
  /** One's own pseudonym of the person; null when the alert carries no tokens. */
  readonly pseudonym: string | null;
  readonly person: {
    readonly ageBand: string | null;
    readonly ageAtRegistration: boolean;
    readonly gender: string | null;
    readonly citizenships: readonly string[];
  } | null;
  readonly episode: {
    readonly origin: readonly string[];
    readonly transit: readonly string[];
    readonly exploitation: readonly string[];
    readonly start: string | null;
    readonly end: string | null;
  };
  readonly facts: readonly FactAnswer[];
  readonly verdicts?: readonly { readonly under: string; readonly verdict: string }[];
}

const SUMMARY_FIELDS = `id kind state revision receivedAt expiresAt
      sender { code } pseudonym
      person { ageBand ageAtRegistration gender citizenships }
      episode { origin transit exploitation start end }
      facts { concept present inferred }`;

export interface AlertsPage {
  readonly alerts: {
    readonly edges: readonly { readonly cursor: string; readonly node: AlertSummaryAnswer }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export const ALERTS = `query Alerts($first: Int!, $after: String, $filter: AlertFilter, $order: AlertOrder!, $under: [LawRef!]!, $judged: Boolean!) {
    alerts(first: $first, after: $after, filter: $filter, order: $order) {
      edges { cursor node { ${SUMMARY_FIELDS} verdicts(under: $under) @include(if: $judged) { under verdict } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export interface AlertDetailAnswer extends Omit<AlertSummaryAnswer, 'verdicts'> {
  readonly raisedAt: string;
  readonly statement: string;
  readonly oneOf: readonly (readonly string[])[];
  readonly nationalCodes: readonly { readonly variant: string; readonly version: number }[];
  readonly identification: {
    readonly status: string;
    readonly decidedBy: string | null;
    readonly under: string | null;
    readonly on: string | null;
  } | null;
  readonly protection: string | null;
  readonly return: {
    readonly manner: string;
    readonly from: string | null;
    readonly on: string | null;
    readonly followUp: string | null;
    readonly onMatch: string | null;
  } | null;
  readonly retrafficking: {
    readonly definition: string;
    readonly basis: string;
    readonly exited: string | null;
    readonly began: string | null;
    readonly linkId: string | null;
    readonly alertIds: readonly string[];
  } | null;
  readonly legalBasis: { readonly ground: string; readonly consentScope: readonly string[] };
  readonly handling: {
    readonly purposes: readonly string[];
    readonly code: string;
    readonly members: readonly string[];
    readonly countries: readonly string[];
    readonly kinds: readonly string[];
    readonly everyone: boolean;
  };
  readonly evaluation: { readonly source: string; readonly information: number };
  readonly verdicts?: readonly JudgementAnswer[];
}

export const ALERT = `query Alert($id: ID!, $under: [LawRef!]!, $judged: Boolean!) {
    alert(id: $id) {
      ${SUMMARY_FIELDS}
      raisedAt statement oneOf protection
      nationalCodes { variant version }
      identification { status decidedBy under on }
      return { manner from on followUp onMatch }
      retrafficking { definition basis exited began linkId alertIds }
      legalBasis { ground consentScope }
      handling { purposes code members countries kinds everyone }
      evaluation { source information }
      verdicts(under: $under) @include(if: $judged) { ${JUDGEMENT_FIELDS} }
    }
  }`;

export interface AudienceAnswer {
  readonly __typename: 'AudiencePreview';
  readonly total: number;
  readonly until: string;
  readonly countries: readonly {
    readonly country: string;
    readonly members: readonly { readonly code: string; readonly name: string; readonly kind: string }[];
  }[];
  readonly problems: readonly Omit<RefusedAnswer, '__typename'>[];
}

export const PREVIEW_AUDIENCE = `query PreviewAudience($statement: String!) {
    result: previewAudience(statement: $statement) {
      __typename
      ... on AudiencePreview {
        total until
        countries { country members { code name kind } }
        problems { code message path remedy }
      }
      ... on Refused { code message path remedy }
    }
  }`;

export interface AccessRecordAnswer {
  readonly at: string;
  readonly reader: { readonly code: string; readonly country: string };
  readonly officer: string;
  readonly purpose: string;
  readonly operation: string;
  readonly alertIds: readonly string[];
}

export interface AccessRecordsPage {
  readonly accessRecords: {
    readonly edges: readonly { readonly node: AccessRecordAnswer }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export const ACCESS_RECORDS = `query AccessRecords($first: Int!, $after: String, $alertId: ID, $from: CalendarDate, $until: CalendarDate) {
    accessRecords(first: $first, after: $after, alertId: $alertId, from: $from, until: $until) {
      edges { node { at reader { code country } officer purpose operation alertIds } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export interface AccessSummaryAnswer {
  readonly day: string;
  readonly reads: number;
  readonly salt: string;
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
  readonly statement: string;
  readonly receipt: string;
}

export const ACCESS_SUMMARY = `query AccessSummary($day: CalendarDate!) {
    accessSummary(day: $day) { day reads salt index size path statement receipt }
  }`;

export interface StatementOfAlertAnswer {
  readonly alert: { readonly statement: string } | null;
}

export const STATEMENT_OF_ALERT = `query StatementOfAlert($id: ID!) { alert(id: $id) { statement } }`;
