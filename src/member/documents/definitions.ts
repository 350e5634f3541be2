import { JUDGEMENT_FIELDS } from './alerts.js';

export interface WitnessAnswer {
  readonly present: readonly string[];
  readonly underA: string;
  readonly underB: string;
  readonly decidedBy: readonly string[];
}

export interface ComparisonAnswer {
  readonly a: string;
  readonly b: string;
  readonly differences: readonly {
    readonly kind: string;
    readonly sentence: string;
    readonly onlyA: readonly string[];
    readonly onlyB: readonly string[];
  }[];
  readonly onlyA: WitnessAnswer | null;
  readonly onlyB: WitnessAnswer | null;
}

export const COMPARE_DEFINITIONS = `query CompareDefinitions($a: LawRef!, $b: LawRef!, $onDate: CalendarDate) {
    compareDefinitions(a: $a, b: $b, onDate: $onDate) {
      a b
      differences { kind sentence onlyA onlyB }
      onlyA { present underA underB decidedBy }
      onlyB { present underA underB decidedBy }
    }
  }`;

export const JUDGE = `query Judge($case: CaseInput!, $under: [LawRef!]!, $onDate: CalendarDate) {
    judge(case: $case, under: $under, onDate: $onDate) { ${JUDGEMENT_FIELDS} }
  }`;

export interface LawAnswer {
  readonly code: string;
  readonly label: string;
  readonly version: number;
  readonly confidence: string;
  readonly asAt: string | null;
  readonly pendingReform: string | null;
  readonly variants: readonly {
    readonly id: string;
    readonly label: string;
    readonly citation: string;
    readonly counts: boolean;
  }[];
}

export const LAWS = `query Laws {
    laws { code label version confidence asAt pendingReform variants { id label citation counts } }
  }`;

/** The version of the reading that a national code has to pin. */
export const LAW_OF_VARIANT = `query LawVersion($code: ID!) { law(code: $code) { version variants { id } } }`;

export interface LawVersionAnswer {
  readonly law: { readonly version: number; readonly variants: readonly { readonly id: string }[] } | null;
}
