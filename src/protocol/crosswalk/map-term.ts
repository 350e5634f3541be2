import type { Crosswalk, CrosswalkRow, MatchPredicate } from './crosswalk.js';

/** A relation by which their term says something of ours, but nothing that may be asserted. */
export interface LostRelation {
  readonly predicate: MatchPredicate;
  readonly subjectIds: readonly string[];
}

/** What a term of theirs allows to be said in our concepts. */
export interface TermMapping {
  readonly objectId: string;
  readonly objectLabel: string;
  /** Concepts that are present whenever their term is. */
  readonly present: readonly string[];
  /** Clauses of which at least one concept is present whenever their term is; fits `facts.oneOf` of an alert. */
  readonly oneOf: readonly (readonly string[])[];
  /** Concepts that are absent whenever their term is said to be false (never when it is merely missing). */
  readonly absentWhenFalse: readonly string[];
  /** What is lost: relations too weak to assert anything. */
  readonly lost: readonly LostRelation[];
  /** Whether nothing at all can be asserted from the term. */
  readonly unmapped: boolean;
  /** What the crosswalk says about it, for the import's report. */
  readonly comments: readonly string[];
}

/**
 * What may be asserted when a term of theirs is present. An exact match, or a term narrower than ours (`skos:narrowMatch`
 * from ours), puts our concept present; a term broader than several of ours that leaves nothing out gives one clause;
 * everything else is lost and reported. Null when the crosswalk has no such term.
 */
export function mapTerm(crosswalk: Crosswalk, objectId: string): TermMapping | null {
  const rows = crosswalk.rowsByTerm.get(objectId);
  const first = rows?.[0];
  if (rows === undefined || first === undefined) return null;

  const present = subjects(rows, 'skos:exactMatch', 'skos:narrowMatch');
  const parts = subjects(rows, 'skos:broadMatch');
  const covered = rows.some((row) => row.exhaustive);
  const oneOf = covered ? [parts] : [];
  const lost = (['skos:broadMatch', 'skos:closeMatch', 'skos:relatedMatch'] as const)
    .filter((predicate) => predicate !== 'skos:broadMatch' || !covered)
    .map((predicate) => ({ predicate, subjectIds: subjects(rows, predicate) }))
    .filter(({ subjectIds }) => subjectIds.length > 0);

  return {
    objectId,
    objectLabel: first.objectLabel,
    present,
    oneOf,
    // If the wider term is false, so is each narrower concept; the reverse does not hold for skos:narrowMatch.
    absentWhenFalse: subjects(rows, 'skos:exactMatch', 'skos:broadMatch'),
    lost,
    unmapped: present.length === 0 && oneOf.length === 0,
    comments: [...new Set(rows.map((row) => row.comment).filter((comment) => comment !== ''))],
  };
}

function subjects(rows: readonly CrosswalkRow[], ...predicates: readonly MatchPredicate[]): string[] {
  return rows.flatMap((row) => (row.subjectId !== null && predicates.includes(row.predicate) ? [row.subjectId] : []));
}
