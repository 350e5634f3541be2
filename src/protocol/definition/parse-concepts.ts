import type { Concept } from './model.js';
import { baseName } from './ontology-file-error.js';
import { YamlReader } from './yaml-reader.js';

/** The languages in which every concept has a label. */
const LANGUAGES = ['en', 'nl', 'ro', 'bg'];
const ID = /^[a-z][a-z-]*\/[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Reads `concepts/<scheme>.yaml`. Relations that lead out of the file are checked by `assertRelations` when all files
 * are read.
 * Throws `OntologyFileError`, which names every fault with its line.
 */
export function parseConceptFile(text: string, file: string): Concept[] {
  const yaml = new YamlReader(text, file);
  yaml.onlyKeys([], ['scheme', 'title', 'source', 'concepts']);
  const scheme = yaml.text(['scheme'], /^[a-z][a-z-]*$/);
  if (scheme !== '' && baseName(file) !== `${scheme}.yaml`)
    yaml.fault(['scheme'], `the file of ${scheme} is named ${scheme}.yaml`);
  yaml.labels(['title'], LANGUAGES);
  yaml.texts(['source']);
  const concepts = Array.from({ length: yaml.count(['concepts']) }, (_, index) => readConcept(yaml, scheme, index));
  if (concepts.length === 0) yaml.fault(['concepts'], 'a scheme has at least one concept');
  checkWithin(yaml, scheme, concepts);
  yaml.done();
  return concepts;
}

function readConcept(yaml: YamlReader, scheme: string, index: number): Concept {
  const at = ['concepts', index];
  yaml.onlyKeys(at, ['id', 'label', 'definition', 'broader', 'implies', 'source', 'ictip']);
  for (const key of ['broader', 'implies', 'source', 'ictip'])
    if (!yaml.has([...at, key])) yaml.fault(at, `${key} is missing`);
  const id = yaml.text([...at, 'id'], ID);
  if (id !== '' && !id.startsWith(`${scheme}/`)) yaml.fault([...at, 'id'], `the id does not begin with ${scheme}/`);
  return {
    id,
    scheme,
    label: yaml.labels([...at, 'label'], LANGUAGES),
    definition: yaml.labels([...at, 'definition'], ['en']),
    broader: yaml.texts([...at, 'broader']),
    implies: yaml.texts([...at, 'implies']),
    source: yaml.texts([...at, 'source']),
    ictip: yaml.textOrNull([...at, 'ictip']),
    line: yaml.lineOf(at),
  };
}

/** What the file can be held to without the others. */
function checkWithin(yaml: YamlReader, scheme: string, concepts: readonly Concept[]): void {
  const ids = new Set(concepts.map(({ id }) => id));
  const seen = new Set<string>();
  for (const [index, { id, broader, implies }] of concepts.entries()) {
    const at = ['concepts', index];
    if (id !== '' && seen.has(id)) yaml.fault([...at, 'id'], `${id} stands twice`);
    seen.add(id);
    for (const [place, other] of broader.entries()) {
      if (other !== '' && !ids.has(other))
        yaml.fault([...at, 'broader', place], `${other} is not a concept of ${scheme}`);
      if (broader.indexOf(other) < place) yaml.fault([...at, 'broader', place], `${other} stands twice`);
    }
    for (const [place, other] of implies.entries()) {
      if (other.startsWith(`${scheme}/`))
        yaml.fault([...at, 'implies', place], `${other} is of the same scheme, which is for broader`);
      if (implies.indexOf(other) < place) yaml.fault([...at, 'implies', place], `${other} stands twice`);
    }
  }
}
