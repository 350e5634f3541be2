/** By what the picture can be broken down, as the command line spells it. */
export const PICTURE_DIMENSIONS = [
  ...['month', 'quarter', 'year', 'origin', 'origin-region', 'exploitation', 'exploitation-region'],
  ...['purpose', 'gender', 'age-band', 'means', 'control', 'sector', 'kind', 'sender-kind', 'identification'],
  ...['protection', 'citizenship', 'citizenship-region', 'transit', 'transit-region'],
  ...['recurrence', 'time-to-flag', 'time-to-retrafficking'],
] as const;

/** A number, or that it is too small to be shown. */
export interface PictureCountAnswer {
  readonly count: number | null;
  readonly fewerThan: number | null;
}

export interface PictureKeyAnswer {
  readonly dimension: string;
  readonly state: 'KNOWN' | 'UNKNOWN' | 'WITHHELD';
  readonly code: string | null;
  readonly label: string;
}

export interface PictureVerdictsAnswer {
  readonly under: string;
  readonly met: PictureCountAnswer;
  readonly notMet: PictureCountAnswer;
  readonly undetermined: PictureCountAnswer;
  readonly withheld: PictureCountAnswer;
}

export interface PictureRowAnswer {
  readonly keys: readonly PictureKeyAnswer[];
  readonly alerts: PictureCountAnswer;
  readonly persons?: PictureCountAnswer | null;
  readonly withdrawn?: PictureCountAnswer | null;
  readonly verdicts: readonly PictureVerdictsAnswer[];
}

/** A table of the picture, as far as files show it. */
export interface PictureTableAnswer {
  readonly asOf: string | null;
  readonly threshold: number;
  readonly rounding: number;
  readonly onDate: string;
  readonly alerts: PictureCountAnswer;
  readonly persons?: PictureCountAnswer | null;
  readonly withdrawn?: PictureCountAnswer | null;
  readonly verdicts: readonly PictureVerdictsAnswer[];
  readonly rows: readonly PictureRowAnswer[];
  readonly others: PictureCountAnswer | null;
  readonly breaks: readonly {
    readonly under: string;
    readonly on: string;
    readonly began: readonly string[];
    readonly ended: readonly string[];
  }[];
  readonly source: string;
  readonly caveat: string;
}

/** The picture with what changes between laws and what would settle most. */
export interface PictureAnswer extends PictureTableAnswer {
  /** How many patterns there are under the same conditions, which are counted in no number; null when patterns are asked about. */
  readonly patterns?: PictureCountAnswer | null;
  readonly changes: readonly {
    readonly a: string;
    readonly b: string;
    readonly verdictA: string;
    readonly verdictB: string;
    readonly alerts: PictureCountAnswer;
    readonly byElement: readonly { readonly kind: string; readonly alerts: PictureCountAnswer }[];
  }[];
  readonly asks: readonly {
    readonly under: string;
    readonly kind: string;
    readonly anyOf: readonly string[];
    readonly settles: PictureCountAnswer;
    readonly lackedBy: PictureCountAnswer;
  }[];
}

/** What the picture is asked. */
export interface PictureQuestion {
  /** As the schema spells it: `AGE_BAND`. */
  readonly by: readonly string[];
  readonly under: readonly string[];
  readonly where: readonly { readonly dimension: string; readonly anyOf: readonly string[] }[];
  readonly from: string | null;
  readonly until: string | null;
  readonly scope: 'SHARED' | 'OWN';
  /** What the alerts are about; a person each by default. */
  readonly about?: 'PERSON' | 'PATTERN';
  readonly onDate: string | null;
  /** ISO 639-1, of the labels. */
  readonly language: string;
}

const FRAGMENTS = `
  fragment Number on PictureCount { count fewerThan }
  fragment Verdicts on PictureVerdicts { under met { ...Number } notMet { ...Number } undetermined { ...Number } withheld { ...Number } }
  fragment Table on Picture {
    asOf threshold rounding onDate source caveat
    alerts { ...Number } persons { ...Number } withdrawn { ...Number }
    verdicts { ...Verdicts }
    rows { keys { dimension state code label(language: $language) } alerts { ...Number } persons { ...Number } withdrawn { ...Number } verdicts { ...Verdicts } }
    others { ...Number }
    breaks { under on began ended }
  }`;

const ASKED = `($by: [PictureDimension!]!, $under: [LawRef!]!, $where: [PictureCondition!]!, $from: PartialDate, $until: PartialDate,
    $scope: PictureScope!, $about: PictureAbout! = PERSON, $onDate: CalendarDate, $language: String!) {
    picture(by: $by, under: $under, where: $where, from: $from, until: $until, scope: $scope, about: $about, onDate: $onDate)`;

export const PICTURE = `query Picture${ASKED} {
      ...Table
      patterns { ...Number }
      changes { a b verdictA verdictB alerts { ...Number } byElement { kind alerts { ...Number } } }
      asks { under kind anyOf settles { ...Number } lackedBy { ...Number } }
    }
  }${FRAGMENTS}`;

/** Without what costs a trace of every case. */
export const PICTURE_TABLE = `query PictureTable${ASKED} { ...Table }
  }${FRAGMENTS}`;
