/** A law as a list shows it. */
export interface LawSummary {
  readonly code: string;
  readonly label: string;
  readonly confidence: string;
  readonly asAt: string | null;
  /** In English. */
  readonly pendingReform: string | null;
  readonly toConfirm: readonly string[];
  readonly variants: readonly { readonly toConfirm: readonly string[] }[];
}

export const LAW_LIST = `query LawList($language: String!) {
    laws { code label(language: $language) confidence asAt pendingReform toConfirm variants { toConfirm } }
  }`;

/** One element of an offence: met by any of its concepts. */
export interface ElementAnswer {
  readonly kind: string;
  readonly anyOf: readonly string[];
  readonly waivedUnder: number | null;
  readonly open: boolean;
}

/** One offence or test of a law. */
export interface VariantAnswer {
  readonly id: string;
  readonly label: string;
  readonly citation: string;
  readonly counts: boolean;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly confidence: string;
  readonly toConfirm: readonly string[];
  readonly elements: readonly ElementAnswer[];
}

/** A law with all that is read in it. */
export interface LawInFull extends Omit<LawSummary, 'variants'> {
  readonly version: number;
  readonly recorded: string;
  readonly sources: readonly string[];
  readonly variants: readonly VariantAnswer[];
}

export const LAW_IN_FULL = `query LawInFull($code: ID!, $language: String!) {
    law(code: $code) {
      code label(language: $language) version recorded confidence asAt pendingReform toConfirm sources
      variants {
        id label(language: $language) citation counts validFrom validTo confidence toConfirm
        elements { kind anyOf waivedUnder open }
      }
    }
  }`;

/** A concept with all that is known of it. */
export interface ConceptInFull {
  readonly id: string;
  readonly iri: string;
  readonly scheme: string;
  readonly label: string;
  readonly labels: readonly { readonly language: string; readonly text: string }[];
  /** In English. */
  readonly definition: string;
  readonly broader: readonly string[];
  readonly narrower: readonly string[];
  readonly implies: readonly string[];
  readonly mappings: readonly {
    readonly predicate: string;
    readonly objectId: string;
    readonly objectLabel: string;
    readonly comment: string;
  }[];
  readonly sources: readonly string[];
}

export const CONCEPT_IN_FULL = `query ConceptInFull($id: ConceptId!, $language: String!) {
    concept(id: $id) {
      id iri scheme label(language: $language) labels { language text } definition broader narrower implies
      mappings { predicate objectId objectLabel comment } sources
    }
  }`;

/** How one element came out in a made-up case. */
export interface TraceAnswer {
  readonly kind: string;
  readonly verdict: string;
  readonly metBy: readonly string[];
  readonly inferred: boolean;
  readonly unknown: readonly string[];
}

/** A made-up case judged under one law. */
export interface JudgementAnswer {
  readonly under: string;
  readonly verdict: string;
  readonly variants: readonly {
    readonly variant: string;
    readonly verdict: string;
    readonly trace: readonly TraceAnswer[];
  }[];
  readonly asks: readonly { readonly kind: string; readonly anyOf: readonly string[] }[];
  readonly deciders: readonly {
    readonly toward: string;
    readonly facts: readonly { readonly concept: string; readonly present: boolean }[];
  }[];
}

export const JUDGE_MADE_UP = `query JudgeMadeUp($case: CaseInput!, $under: [LawRef!]!, $onDate: CalendarDate) {
    judge(case: $case, under: $under, onDate: $onDate) {
      under verdict
      variants { variant verdict trace { kind verdict metBy inferred unknown } }
      asks { kind anyOf }
      deciders { toward facts { concept present } }
    }
  }`;
