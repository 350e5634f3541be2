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

/** A condition on what is counted. */
export interface PictureConditionInput {
  /** As the schema spells it: `AGE_BAND`. */
  readonly dimension: string;
  readonly anyOf: readonly string[];
  /** Whether what the alerts do not say is meant, too; not by default. */
  readonly unknown?: boolean;
}

/** What the picture is asked. */
export interface PictureQuestion {
  /** As the schema spells it: `AGE_BAND`. */
  readonly by: readonly string[];
  readonly under: readonly string[];
  readonly where: readonly PictureConditionInput[];
  readonly from: string | null;
  readonly until: string | null;
  readonly scope: 'SHARED' | 'OWN';
  /** What the alerts are about; a person each by default. */
  readonly about?: 'PERSON' | 'PATTERN';
  readonly onDate: string | null;
  /** ISO 639-1, of the labels. */
  readonly language: string;
}
