import type { MemberKind, Purpose } from '../membership/index.js';

export const ALERT_KINDS = ['case', 'returnee', 'pattern', 'retrafficking'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** To whom an alert is addressed: among `members`, or everyone, or whoever satisfies each of `countries` and `kinds` that is given. */
export interface Audience {
  readonly members?: readonly string[];
  readonly countries?: readonly string[];
  readonly kinds?: readonly MemberKind[];
  readonly everyone?: true;
}

export interface Handling {
  readonly purposes: readonly Purpose[];
  readonly audience: Audience;
  readonly code: 'H0' | 'H1' | 'H2' | 'H3';
}

export interface AlertFacts {
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
  readonly oneOf?: readonly (readonly string[])[];
}

/** The clear content of an alert; `schema/alert/alert.schema.json` is its contract. */
export interface AlertContent {
  readonly kind: AlertKind;
  readonly person?: {
    readonly ageBand?: string;
    /** When the person was of that age; exploitation by default. */
    readonly ageAsOf?: 'exploitation' | 'registration';
    readonly gender?: string;
    readonly citizenships?: readonly string[];
  };
  readonly episode: {
    readonly origin?: readonly string[];
    readonly transit?: readonly string[];
    readonly exploitation?: readonly string[];
    readonly start?: string;
    readonly end?: string;
  };
  readonly return?: {
    readonly manner: string;
    readonly from?: string;
    readonly on?: string;
    readonly followUp?: 'wanted' | 'not-wanted' | 'not-asked';
    readonly onMatch?: 'contact-sender-first' | 'offer-assistance' | 'do-not-contact-person';
  };
  /** That linkage tokens go with the alert, in a disclosure beside the statement. */
  readonly linkage?: { readonly profile: string; readonly digest: string };
  readonly retrafficking?: {
    readonly definition: 'IOM-2010';
    readonly basis: 'self-reported' | 'prior-record' | 'linkage';
    readonly exited?: string;
    readonly began?: string;
    readonly link?: string;
    readonly alerts?: readonly string[];
    readonly statements?: readonly string[];
  };
  readonly facts: AlertFacts;
  readonly nationalCodes?: readonly { readonly variant: string; readonly version: number }[];
  readonly identification?: {
    readonly status: string;
    readonly decidedBy?: 'police' | 'ngo' | 'court-or-prosecution' | 'other-government' | 'other';
    readonly under?: string;
    readonly on?: string;
  };
  readonly protection?: string;
  readonly legalBasis: {
    readonly ground: 'consent' | 'vital-interest' | 'legal-obligation' | 'public-task' | 'anonymised';
    readonly consentScope?: readonly ('alert' | 'linkage' | 'referral' | 'statistics')[];
  };
  readonly handling: Handling;
  readonly evaluation: { readonly source: 'A' | 'B' | 'C' | 'X'; readonly information: 1 | 2 | 3 | 4 };
  readonly expires: string;
  readonly sealed?: string;
}

/** For how long each kind may be kept at most, in days from the statement's date: short by default, longest for what holds no person. */
export const RETENTION_DAYS: Readonly<Record<AlertKind, number>> = {
  case: 1096,
  returnee: 1096,
  retrafficking: 1096,
  pattern: 1827,
};
