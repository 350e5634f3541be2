import type { KnownCase, OntologyService } from '../ontology/index.js';
import type { AlertContent } from '../protocol/index.js';

/** A concept known to be present or absent, as the SDL has it. */
export interface FactView {
  readonly concept: string;
  readonly present: boolean;
  readonly inferred: boolean;
}

/** What the sender asserted, then what follows from it, each by concept id. */
export function factsView(content: AlertContent, known: KnownCase, ontology: OntologyService): FactView[] {
  const asserted = { present: new Set(content.facts.present ?? []), absent: new Set(content.facts.absent ?? []) };
  const list = (concepts: readonly string[], present: boolean): FactView[] =>
    concepts.map((concept) => ({
      concept,
      present,
      inferred: !(present ? asserted.present : asserted.absent).has(concept),
    }));
  const all = [
    ...list(ontology.engine.presentIn(known.prepared), true),
    ...list(ontology.engine.absentIn(known.prepared), false),
  ];
  return all.sort((a, b) => Number(a.inferred) - Number(b.inferred) || (a.concept < b.concept ? -1 : 1));
}
