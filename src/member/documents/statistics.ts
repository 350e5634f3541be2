export interface VerdictCountAnswer {
  readonly under: string;
  readonly met: number;
  readonly notMet: number;
  readonly undetermined: number;
}

export interface VerdictSummaryAnswer {
  readonly alerts: number;
  readonly totals: readonly VerdictCountAnswer[];
  readonly rows: readonly {
    readonly exploitation: string | null;
    readonly year: number | null;
    readonly alerts: number;
    readonly verdicts: readonly VerdictCountAnswer[];
  }[];
  readonly changes: readonly {
    readonly a: string;
    readonly b: string;
    readonly verdictA: string;
    readonly verdictB: string;
    readonly alerts: number;
    readonly byElement: readonly { readonly kind: string; readonly alerts: number }[];
  }[];
  readonly asks: readonly {
    readonly under: string;
    readonly kind: string;
    readonly anyOf: readonly string[];
    readonly settles: number;
    readonly lackedBy: number;
  }[];
}

export const VERDICT_SUMMARY = `query VerdictSummary($under: [LawRef!]!, $filter: AlertFilter, $by: [SummaryDimension!]!, $onDate: CalendarDate) {
    verdictSummary(under: $under, filter: $filter, by: $by, onDate: $onDate) {
      alerts
      totals { under met notMet undetermined }
      rows { exploitation year alerts verdicts { under met notMet undetermined } }
      changes { a b verdictA verdictB alerts byElement { kind alerts } }
      asks { under kind anyOf settles lackedBy }
    }
  }`;
