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
import { encodeBase64url, sha256Bytes } from '../protocol/index.js';
import { findPrepared, keepPrepared } from './prepared-ontology.js';
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
  const files = filesIn(folder);
  const { concepts, laws } = findPrepared(encodeBase64url(revisionOf(files))) ?? parsed(files);
  return { concepts, laws, engine: compileOntology(concepts, laws) };
}

/** Has the build keep the ontology in a form that is read fast. Throws as `readOntology` does. */
export function prepareOntology(): void {
  const files = filesIn(FOLDER);
  keepPrepared({ revision: encodeBase64url(revisionOf(files)), ...parsed(files) });
}

/** What of its files an ontology was prepared from: a hash of all of them. */
export function revisionIn(folder = FOLDER): string {
  return encodeBase64url(revisionOf(filesIn(folder)));
}

interface Files {
  readonly concepts: readonly NamedText[];
  readonly definitions: readonly NamedText[];
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

function filesIn(folder: string): Files {
  return { concepts: yamlIn(join(folder, 'concepts')), definitions: yamlIn(join(folder, 'definitions')) };
}

function revisionOf({ concepts, definitions }: Files): Uint8Array {
  const everything = [...concepts, ...definitions].map(
    ({ name, text }) => `${name.length}:${name}${text.length}:${text}`,
  );
  return sha256Bytes(everything.join(''));
}

function parsed({ concepts: conceptFiles, definitions }: Files): Pick<Ontology, 'concepts' | 'laws'> {
  const concepts = conceptFiles.flatMap(({ name, text }) => parseConceptFile(text, name));
  return { concepts, laws: definitions.map(({ name, text }) => parseDefinitionFile(text, name, concepts)) };
}

/** The titles of the schemes, for publication. */
export function readSchemes(folder = FOLDER): readonly Scheme[] {
  return yamlIn(join(folder, 'concepts')).map(({ name, text }) => parseScheme(text, name));
}

function yamlIn(folder: string): NamedText[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}
