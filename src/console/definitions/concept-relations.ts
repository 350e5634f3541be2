/** A concept, as far as it says what follows from it. */
export interface RelatedConcept {
  readonly id: string;
  readonly broader: readonly string[];
  readonly implies: readonly string[];
}

/** What follows from concepts, and what they follow from; each has itself among them. */
export interface Relations {
  /** What is present when this is. */
  readonly up: (id: string) => ReadonlySet<string>;
  /** What is absent when this is. */
  readonly down: (id: string) => ReadonlySet<string>;
}

/** Reads the relations of an ontology without circles. */
export function relationsOf(concepts: readonly RelatedConcept[]): Relations {
  const above = new Map(concepts.map(({ id, broader, implies }) => [id, [...broader, ...implies]]));
  const below = new Map<string, string[]>();
  for (const [id, each] of above) for (const one of each) below.set(one, [...(below.get(one) ?? []), id]);
  return { up: (id) => closure(id, above), down: (id) => closure(id, below) };
}

function closure(start: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([start]);
  for (const id of found) for (const one of next.get(id) ?? []) found.add(one);
  return found;
}
