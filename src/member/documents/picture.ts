import type { PictureCountAnswer, PictureTableAnswer } from '../../protocol/picture/index.js';

export type {
  PictureCountAnswer,
  PictureKeyAnswer,
  PictureQuestion,
  PictureRowAnswer,
  PictureTableAnswer,
  PictureVerdictsAnswer,
} from '../../protocol/picture/index.js';

/** By what the picture can be broken down, as the command line spells it. */
export const PICTURE_DIMENSIONS = [
  ...['month', 'quarter', 'year', 'origin', 'origin-region', 'exploitation', 'exploitation-region'],
  ...['purpose', 'gender', 'age-band', 'means', 'control', 'sector', 'kind', 'sender-kind', 'identification'],
  ...['protection', 'citizenship', 'citizenship-region', 'transit', 'transit-region'],
  ...['recurrence', 'time-to-flag', 'time-to-retrafficking'],
] as const;

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

/** `$fill`: whether combinations of which nothing is shown are rows, too. */
const ASKED = `($by: [PictureDimension!]!, $under: [LawRef!]!, $where: [PictureCondition!]!, $from: PartialDate, $until: PartialDate,
    $scope: PictureScope!, $about: PictureAbout! = PERSON, $onDate: CalendarDate, $language: String!, $fill: Boolean! = true) {
    picture(by: $by, under: $under, where: $where, from: $from, until: $until, scope: $scope, about: $about, onDate: $onDate, fill: $fill)`;

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
