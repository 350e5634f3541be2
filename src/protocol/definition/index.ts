import { Engine } from './engine.js';
import type { Concept, DefinitionFile } from './model.js';
import { OntologyFileError } from './ontology-file-error.js';
import { assertRelations } from './relations.js';

export type { Comparison, Witness } from './compare.js';
export type { Ask } from './asks.js';
export { type Decider, type Deciders, type MissingFact, MOST_DECIDERS } from './deciders.js';
export type { ElementDifference } from './differences.js';
export type { SideOfDifference } from './side-of-difference.js';
export { Engine } from './engine.js';
export type { ElementTrace, Judgement, VariantJudgement } from './explain.js';
export * from './model.js';
export { parseConceptFile } from './parse-concepts.js';
export { parseDefinitionFile } from './parse-definitions.js';
export type { PreparedCase } from './prepare.js';
export { type CompiledVariant, conceptsOf } from './rules.js';
export { type FileFault, OntologyFileError } from './ontology-file-error.js';

/**
 * Checks what no file can know alone and makes the engine. Variants are numbered in the order of the laws and, in each,
 * as they stand.
 * Throws `OntologyFileError` for broken or circular relations between concepts, and for a law that is there twice.
 */
export function compileOntology(concepts: readonly Concept[], laws: readonly DefinitionFile[]): Engine {
  assertRelations(concepts);
  const codes = laws.map(({ law }) => law);
  const twice = codes.filter((law, at) => codes.indexOf(law) < at);
  if (twice.length > 0)
    throw new OntologyFileError(twice.map((law) => ({ file: `${law}.yaml`, line: 1, reason: `${law} has two files` })));
  return new Engine(concepts, laws);
}
