/** The shared ontology and the laws, in the language that is spoken. */
export { useConcepts, type Concept, type Concepts } from './concepts.js';
export { useLaws, useLawsOrNull, type LawName } from './laws.js';
export { useLawName } from './law-name.js';
