import { readdirSync, readFileSync } from 'node:fs';
import {
  compileOntology,
  type Concept,
  type DefinitionFile,
  type Engine,
  parseConceptFile,
  parseDefinitionFile,
} from '../../../src/protocol/definition/index.js';

const FOLDER = 'schema/ontology';

/** The names and texts of the YAML files in a folder of the ontology, by name. */
export function textsIn(folder: 'concepts' | 'definitions'): { name: string; text: string }[] {
  return readdirSync(`${FOLDER}/${folder}`)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, text: readFileSync(`${FOLDER}/${folder}/${name}`, 'utf8') }));
}

/** The ontology as it stands in the files. */
export function readFolder(): { concepts: readonly Concept[]; laws: readonly DefinitionFile[]; engine: Engine } {
  const concepts = textsIn('concepts').flatMap(({ name, text }) => parseConceptFile(text, name));
  const laws = textsIn('definitions').map(({ name, text }) => parseDefinitionFile(text, name, concepts));
  return { concepts, laws, engine: compileOntology(concepts, laws) };
}
