import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { openQuery } from '../../member/index.js';
import { useLanguage } from '../language/index.js';

/** A concept of the shared ontology, in the language that is spoken. */
export interface Concept {
  /** `scheme/term`. */
  readonly id: string;
  readonly scheme: string;
  readonly label: string;
  /** In English: the ontology defines in one language. */
  readonly definition: string;
  readonly broader: readonly string[];
  /** Concepts of other schemes that hold whenever this one does. */
  readonly implies: readonly string[];
}

/** The concepts of the ontology, as far as they have come. */
export interface Concepts {
  readonly all: readonly Concept[];
  /** The label of a concept; its id while the ontology is on its way. */
  readonly label: (id: string) => string;
  readonly find: (id: string) => Concept | null;
  readonly inScheme: (scheme: string) => readonly Concept[];
}

interface ConceptsPage {
  readonly concepts: {
    readonly edges: readonly { readonly node: Concept }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const CONCEPTS = `query Concepts($language: String!, $after: String) {
    concepts(first: 100, after: $after) {
      edges { node { id scheme label(language: $language) definition broader implies } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

/** The ontology's own labels: the console translates none of them. */
export function useConcepts(): Concepts {
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ['open', 'concepts', language],
    queryFn: () => everyConcept(language),
    staleTime: Infinity,
  });
  return useMemo(() => bookOf(data ?? []), [data]);
}

async function everyConcept(language: string): Promise<readonly Concept[]> {
  const all: Concept[] = [];
  let after: string | null = null;
  do {
    const { concepts }: ConceptsPage = await openQuery<ConceptsPage>(location.origin, CONCEPTS, { language, after });
    all.push(...concepts.edges.map(({ node }) => node));
    after = concepts.pageInfo.hasNextPage ? concepts.pageInfo.endCursor : null;
  } while (after !== null);
  return all;
}

function bookOf(all: readonly Concept[]): Concepts {
  const byId = new Map(all.map((concept) => [concept.id, concept]));
  return {
    all,
    label: (id) => byId.get(id)?.label ?? id,
    find: (id) => byId.get(id) ?? null,
    inScheme: (scheme) => all.filter((concept) => concept.scheme === scheme),
  };
}
