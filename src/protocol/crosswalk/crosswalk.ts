/** The SKOS relations that a row may state, from our concept (subject) to their term (object). */
export const MATCH_PREDICATES = [
  'skos:exactMatch',
  'skos:broadMatch',
  'skos:narrowMatch',
  'skos:closeMatch',
  'skos:relatedMatch',
] as const;

export type MatchPredicate = (typeof MATCH_PREDICATES)[number];

/** One mapping: `subjectId predicate objectId`. */
export interface CrosswalkRow {
  /** Line of the file, from 1. */
  readonly line: number;
  /** A concept id such as `means/threat`; null when their term has no counterpart (`sssom:NoTermFound`). */
  readonly subjectId: string | null;
  readonly subjectLabel: string;
  readonly predicate: MatchPredicate;
  /** A CURIE such as `ctdc2024:meansThreats`. */
  readonly objectId: string;
  readonly objectLabel: string;
  /** A CURIE of the Semantic Mapping Vocabulary, such as `semapv:ManualMappingCuration`. */
  readonly justification: string;
  /** Whether the broadMatch rows of this object leave nothing of it out; false on every other relation. */
  readonly exhaustive: boolean;
  readonly comment: string;
}

/** A mapping set between our concepts and the terms of one other standard. */
export interface Crosswalk {
  /** IRI of the set (`mapping_set_id`). */
  readonly id: string;
  readonly title: string;
  /** The other standard and its version, as the file says them. */
  readonly source: string;
  readonly sourceVersion: string;
  /** What each CURIE prefix stands for. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly rows: readonly CrosswalkRow[];
  /** The rows of each of their terms, by `objectId`. */
  readonly rowsByTerm: ReadonlyMap<string, readonly CrosswalkRow[]>;
}

/** The IRI that a CURIE of this crosswalk stands for; throws when its prefix is not declared. */
export function expandCurie(prefixes: ReadonlyMap<string, string>, curie: string): string {
  const colon = curie.indexOf(':');
  const base = prefixes.get(curie.slice(0, colon));
  if (colon < 1 || base === undefined) throw new TypeError(`The prefix of ${curie} is not declared.`);
  return base + curie.slice(colon + 1);
}
