import type { PictureCountAnswer, PictureKeyAnswer, PictureQuestion } from './picture.js';

/** Of what series are made, as the command line spells it. */
export const SIGNAL_SUBJECTS = [
  ...['corridor', 'citizenship-corridor', 'exploitation', 'purpose', 'means', 'control', 'sector'],
] as const;

/** What is asked of the signals, as the schema spells it. */
export interface SignalsQuestion {
  readonly of: readonly string[];
  readonly against: 'OWN_PAST' | 'TOTAL';
  readonly time: 'COUNTED' | 'EPISODE';
  readonly period: 'MONTH' | 'QUARTER' | 'YEAR';
  readonly at: string | null;
  readonly past: number;
  readonly seasonal: boolean;
  readonly where: PictureQuestion['where'];
  readonly about: 'PERSON' | 'PATTERN';
  readonly oldest: number;
  readonly rate: number;
  /** ISO 639-1, of the labels. */
  readonly language: string;
}

export type SignalOutcome = 'RISES' | 'DOES_NOT_RISE' | 'NOT_JUDGED';
export type SignalReason =
  'TOO_LITTLE_PAST' | 'TOO_MUCH_SUPPRESSED' | 'OBSERVED_SUPPRESSED' | 'TOO_FEW_COUNTED' | 'NO_FIT';

/** A series with what was found; the last point is that of the period under question. */
export interface SignalSeriesAnswer {
  readonly of: string;
  readonly keys: readonly PictureKeyAnswer[];
  readonly outcome: SignalOutcome;
  readonly reason: SignalReason | null;
  readonly observed: PictureCountAnswer;
  readonly expected: number | null;
  readonly upperBound: number | null;
  readonly probability: number | null;
  readonly dispersion: number | null;
  readonly periodsUsed: number | null;
  readonly evidence: readonly {
    readonly period: string;
    readonly alerts: PictureCountAnswer;
    readonly total: PictureCountAnswer;
    readonly releaseDays: number | null;
    readonly isLeftOut: boolean;
  }[];
}

export interface SignalsAnswer {
  readonly asOf: string | null;
  readonly threshold: number;
  readonly rounding: number;
  readonly at: string;
  readonly since: string | null;
  readonly latest: string | null;
  readonly rate: number;
  readonly level: number | null;
  readonly series: readonly SignalSeriesAnswer[];
  readonly bases: readonly {
    readonly of: string;
    readonly withheld: PictureCountAnswer;
    readonly yearWithheld: PictureCountAnswer;
    readonly leftOut: PictureCountAnswer;
  }[];
  readonly source: string;
  readonly caveat: string;
}

export const SIGNALS = `query Signals($of: [SignalSubject!]!, $against: SignalAgainst!, $time: SignalTime!, $period: SignalPeriod!, $at: PartialDate,
    $past: Int!, $seasonal: Boolean!, $where: [PictureCondition!]!, $about: PictureAbout!, $oldest: Int!, $rate: Float!, $language: String!) {
    pictureSignals(of: $of, against: $against, time: $time, period: $period, at: $at, past: $past, seasonal: $seasonal, where: $where, about: $about, oldest: $oldest, rate: $rate) {
      asOf threshold rounding at since latest rate level source caveat
      series {
        of keys { dimension state code label(language: $language) } outcome reason
        observed { ...Number } expected upperBound probability dispersion periodsUsed
        evidence { period alerts { ...Number } total { ...Number } releaseDays isLeftOut }
      }
      bases { of withheld { ...Number } yearWithheld { ...Number } leftOut { ...Number } }
    }
  }
  fragment Number on PictureCount { count fewerThan }`;
