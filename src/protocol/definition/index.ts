import { Engine } from './engine.js';
import type { Concept, DefinitionFile } from './model.js';
import { assertRelations } from './parse-concepts.js';

export type { Comparison, ElementDifference, Witness } from './compare.js';
export type { Ask } from './asks.js';
export { type Decider, type Deciders, type MissingFact, MOST_DECIDERS } from './deciders.js';
export { Engine } from './engine.js';
export type { ElementTrace, Judgement, VariantJudgement } from './explain.js';
export * from './model.js';
export { parseConceptFile } from './parse-concepts.js';
export { parseDefinitionFile } from './parse-definitions.js';
export type { PreparedCase } from './prepare.js';
export { type CompiledVariant, conceptsOf } from './rules.js';
export { type FileFault, OntologyFileError } from './yaml-reader.js';

/** Checks the relations between concepts and compiles the laws. Throws an Error that lists every broken relation. */
export function compileOntology(concepts: readonly Concept[], laws: readonly DefinitionFile[]): Engine {
  assertRelations(concepts);
  return new Engine(concepts, laws);
}
