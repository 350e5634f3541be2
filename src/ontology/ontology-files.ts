import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  compileOntology,
  type Concept,
  type DefinitionFile,
  type Engine,
  parseConceptFile,
  parseDefinitionFile,
} from '../protocol/definition/index.js';
import { parseScheme, type Scheme } from './scheme.js';

/** The ontology as read from `schema/ontology`. */
export interface Ontology {
  readonly concepts: readonly Concept[];
  readonly laws: readonly DefinitionFile[];
  readonly engine: Engine;
}

const FOLDER = fileURLToPath(new URL('../../schema/ontology/', import.meta.url));

/** Reads and compiles the ontology. Throws an error that names every fault with file and line. */
export function readOntology(folder = FOLDER): Ontology {
  const conceptFiles = yamlIn(join(folder, 'concepts'));
  const definitionFiles = yamlIn(join(folder, 'definitions'));
  const concepts = conceptFiles.flatMap(({ name, text }) => parseConceptFile(text, name));
  const laws = definitionFiles.map(({ name, text }) => parseDefinitionFile(text, name, concepts));
  return { concepts, laws, engine: compileOntology(concepts, laws) };
}

/** The titles of the schemes, for publication. */
export function readSchemes(folder = FOLDER): readonly Scheme[] {
  return yamlIn(join(folder, 'concepts')).map(({ name, text }) => parseScheme(text, name));
}

function yamlIn(folder: string): { name: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}
