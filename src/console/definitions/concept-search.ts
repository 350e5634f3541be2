/** A concept, as far as it is searched. */
export interface SearchedConcept {
  readonly id: string;
  readonly scheme: string;
  readonly label: string;
  readonly definition: string;
}

/** The concepts of a scheme (all when empty) that have every word of a text in label, id or definition; those with a word in the label first. */
export function searchConcepts<Concept extends SearchedConcept>(
  concepts: readonly Concept[],
  scheme: string,
  text: string,
): readonly Concept[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const found = concepts.filter(
    (concept) =>
      (scheme === '' || concept.scheme === scheme) &&
      words.every((word) => plain(`${concept.label} ${concept.id} ${concept.definition}`).includes(word)),
  );
  const inLabel = ({ label }: Concept): boolean => words.some((word) => plain(label).includes(word));
  return words.length === 0 ? found : [...found.filter(inLabel), ...found.filter((one) => !inLabel(one))];
}

/** Small letters without marks, so that `constrangere` finds `Constrângere`. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
