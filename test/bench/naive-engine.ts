import type { CaseFacts, Concept, DefinitionFile, Verdict } from '../../src/protocol/definition/index.js';

/** Judges by walking the definitions as they are read, with sets of ids: the floor that the engine is measured against. */
export function naiveJudge(
  concepts: readonly Concept[],
  laws: readonly DefinitionFile[],
): (facts: CaseFacts) => Verdict[] {
  const byId = new Map(concepts.map((concept) => [concept.id, concept]));
  const follows = (id: string): string[] => {
    const concept = byId.get(id);
    return [id, ...[...(concept?.broader ?? []), ...(concept?.implies ?? [])].flatMap(follows)];
  };
  return ({ present, absent, oneOf }) => {
    const there = new Set(present.flatMap(follows));
    const gone = new Set(concepts.flatMap(({ id }) => (follows(id).some((one) => absent.includes(one)) ? [id] : [])));
    const clauses = oneOf.map((clause) => clause.filter((id) => !gone.has(id)));
    const judge = (ids: readonly string[]): Verdict => {
      if (ids.some((id) => there.has(id))) return 'MET';
      if (clauses.some((clause) => clause.every((id) => follows(id).some((one) => ids.includes(one))))) return 'MET';
      return ids.every((id) => gone.has(id)) ? 'NOT_MET' : 'UNDETERMINED';
    };
    return laws.flatMap(({ variants }) =>
      variants.map(({ elements }) => {
        const verdicts = elements.map(({ element, anyOf, waivedUnder, open }) =>
          judge([
            ...anyOf,
            ...(waivedUnder === null ? [] : [`age/under-${waivedUnder}`]),
            ...(open ? [OPEN_END[element] ?? ''] : []),
          ]),
        );
        if (verdicts.includes('NOT_MET')) return 'NOT_MET';
        return verdicts.includes('UNDETERMINED') ? 'UNDETERMINED' : 'MET';
      }),
    );
  };
}

const OPEN_END: Readonly<Record<string, string>> = {
  act: 'act/other-act',
  means: 'means/other-improper-means',
  purpose: 'purpose/other-exploitation',
};
