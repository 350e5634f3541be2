import { ageFactsOf } from './age-band.js';
import type { AlertContent } from './content.js';

/** What is known of a case, as the definition engine takes it. Silence is unknown. */
export interface KnownFacts {
  readonly present: readonly string[];
  readonly absent: readonly string[];
  readonly oneOf: readonly (readonly string[])[];
}

/** What a national code implies; the definition engine knows. */
export type Implied = (variant: string) => {
  readonly present: readonly string[];
  readonly oneOf: readonly (readonly string[])[];
};

/**
 * Everything that an alert's content says or implies about the legal elements: asserted facts, the person's age against the limits of the
 * laws, a border crossed because the countries of origin and exploitation are known and have none in common, and what its national codes imply.
 * Sorted and without repetition, so that equal knowledge is equal text.
 */
export function knownFactsOf(content: AlertContent, implied: Implied): KnownFacts {
  const age = content.person?.ageBand
    ? ageFactsOf(content.person.ageBand, content.person.ageAsOf)
    : { present: [], absent: [] };
  const codes = (content.nationalCodes ?? []).map((code) => implied(code.variant));
  const present = [
    ...(content.facts.present ?? []),
    ...age.present,
    ...(crossedBorder(content) ? ['movement/across-border'] : []),
    ...codes.flatMap((code) => code.present),
  ];
  const oneOf = [...(content.facts.oneOf ?? []), ...codes.flatMap((code) => code.oneOf)];
  return {
    present: sorted(present),
    absent: sorted([...(content.facts.absent ?? []), ...age.absent]),
    oneOf: sortedClauses(oneOf),
  };
}

function crossedBorder({ episode }: AlertContent): boolean {
  const { origin = [], exploitation = [] } = episode;
  return origin.length > 0 && exploitation.length > 0 && !origin.some((country) => exploitation.includes(country));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function sortedClauses(clauses: readonly (readonly string[])[]): string[][] {
  const bySpelling = new Map(clauses.map((clause) => [sorted(clause).join(' '), sorted(clause)]));
  return [...bySpelling.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, clause]) => clause);
}
