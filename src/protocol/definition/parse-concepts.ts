import type { Concept } from './model.js';
import { YamlReader } from './yaml-reader.js';

const LANGUAGES = ['en', 'nl', 'ro', 'bg'];

/** Reads `concepts/<scheme>.yaml`. Relations are checked by `assertRelations` when all files are read. Throws `OntologyFileError`. */
export function parseConceptFile(text: string, file: string): Concept[] {
  const yaml = new YamlReader(text, file);
  yaml.onlyKeys([], ['scheme', 'title', 'source', 'concepts']);
  const scheme = yaml.text(['scheme'], /^[a-z][a-z-]*$/);
  yaml.labels(['title'], LANGUAGES);
  yaml.texts(['source']);
  const seen = new Set<string>();
  const concepts = Array.from({ length: yaml.count(['concepts']) }, (_, index): Concept => {
    const at = ['concepts', index];
    yaml.onlyKeys(at, ['id', 'label', 'definition', 'broader', 'implies', 'source', 'ictip']);
    const id = yaml.text([...at, 'id'], /^[a-z][a-z-]*\/[a-z0-9]+(-[a-z0-9]+)*$/);
    if (!id.startsWith(`${scheme}/`)) yaml.fault([...at, 'id'], `the id does not begin with ${scheme}/`);
    if (seen.has(id)) yaml.fault([...at, 'id'], `${id} stands twice`);
    seen.add(id);
    return {
      id,
      scheme,
      label: yaml.labels([...at, 'label'], LANGUAGES),
      definition: yaml.labels([...at, 'definition'], ['en']),
      broader: yaml.texts([...at, 'broader']),
      implies: yaml.texts([...at, 'implies']),
      source: yaml.texts([...at, 'source']),
    };
  });
  yaml.done();
  return concepts;
}

/** Checks that every relation has its end, stays in its scheme or leaves it as it should, and that none leads back to its beginning. Throws an Error that lists every fault. */
export function assertRelations(concepts: readonly Concept[]): void {
  const byId = new Map(concepts.map((concept) => [concept.id, concept]));
  const faults: string[] = [];
  for (const { id, scheme, broader, implies } of concepts) {
    for (const other of broader)
      if (byId.get(other)?.scheme !== scheme) faults.push(`${id}: broader ${other} is not a concept of ${scheme}`);
    for (const other of implies)
      if (!byId.has(other) || other.startsWith(`${scheme}/`))
        faults.push(`${id}: implies ${other}, which is not a concept of another scheme`);
  }
  if (byId.size !== concepts.length) faults.push('an id stands in two files');
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string): void => {
    if (state.get(id) === 'done') return;
    if (state.get(id) === 'open') return void faults.push(`${id} leads back to itself`);
    state.set(id, 'open');
    const concept = byId.get(id);
    for (const other of [...(concept?.broader ?? []), ...(concept?.implies ?? [])]) visit(other);
    state.set(id, 'done');
  };
  for (const { id } of concepts) visit(id);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
