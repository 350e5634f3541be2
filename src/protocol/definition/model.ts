/** Strong Kleene truth values of a definition. */
export type Verdict = 'MET' | 'NOT_MET' | 'UNDETERMINED';

/** The parts of a definition that an element may belong to. */
export const ELEMENT_KINDS = ['act', 'means', 'purpose', 'movement', 'age'] as const;
export type ElementKind = (typeof ELEMENT_KINDS)[number];

/** A concept of the ontology. */
export interface Concept {
  readonly id: string;
  readonly scheme: string;
  /** By language, BCP 47; English always. */
  readonly label: Readonly<Record<string, string>>;
  readonly definition: Readonly<Record<string, string>>;
  /** Concepts of the same scheme that hold whenever this one does. */
  readonly broader: readonly string[];
  /** Concepts of other schemes that hold whenever this one does. */
  readonly implies: readonly string[];
  readonly source: readonly string[];
  /** Alignment with IC-TIP; null as long as its codes are not public. */
  readonly ictip: string | null;
  /** Line of its file on which it begins, from 1. */
  readonly line: number;
}

/** One element of a definition: met by any of its concepts. */
export interface DefinitionElement {
  readonly element: ElementKind;
  readonly anyOf: readonly string[];
  /** Met as well when the person is under this age, years. */
  readonly waivedUnder: number | null;
  /** Whether the law's list is open; then a person may assert that something else counts. */
  readonly open: boolean;
}

export type Confidence = 'high' | 'medium' | 'low';

/** One offence or test of a law: all its elements must be met. */
export interface DefinitionVariant {
  readonly id: string;
  readonly label: Readonly<Record<string, string>>;
  readonly citation: string;
  /** Whether a case under it counts as trafficking under this law. */
  readonly counts: boolean;
  /** Legal validity, ISO 8601 days, both inclusive; null is open or unknown. */
  readonly valid: { readonly from: string | null; readonly to: string | null };
  readonly confidence: Confidence;
  readonly sources: readonly string[];
  readonly toConfirm: readonly string[];
  readonly elements: readonly DefinitionElement[];
}

/** A law's definitions as one file has them. */
export interface DefinitionFile {
  readonly law: string;
  readonly label: Readonly<Record<string, string>>;
  readonly version: number;
  readonly recorded: string;
  readonly confidence: Confidence;
  readonly lawAsAt: string | null;
  readonly consentIrrelevant: boolean | null;
  readonly sources: readonly string[];
  readonly pendingReform: string | null;
  readonly toConfirm: readonly string[];
  readonly notes: string | null;
  readonly variants: readonly DefinitionVariant[];
}

/** Whether something with this validity is law on a day (ISO 8601). */
export function isInForce({ from, to }: DefinitionVariant['valid'], onDate: string): boolean {
  return (from === null || from <= onDate) && (to === null || onDate <= to);
}

/** What is known of a case. What is in none of the three is unknown. */
export interface CaseFacts {
  readonly present: readonly string[];
  readonly absent: readonly string[];
  /** Clauses of which at least one concept is present. */
  readonly oneOf: readonly (readonly string[])[];
}
