import type { Concept } from './model.js';
import { type FileFault, OntologyFileError } from './ontology-file-error.js';

/**
 * Checks what no file can know alone: that every relation has its end, stays in its scheme or leaves it as it should,
 * and that none leads back to its beginning. Throws `OntologyFileError`, which names every fault with its file and
 * line.
 */
export function assertRelations(concepts: readonly Concept[]): void {
  const byId = new Map(concepts.map((concept) => [concept.id, concept]));
  const faults: FileFault[] = [];
  const fault = ({ scheme, line }: Concept, reason: string) => faults.push({ file: `${scheme}.yaml`, line, reason });
  for (const concept of concepts) {
    const { id, scheme, broader, implies } = concept;
    if (byId.get(id) !== concept) fault(concept, `${id} stands twice`);
    for (const other of broader)
      if (byId.get(other)?.scheme !== scheme) fault(concept, `${id}: broader ${other} is not a concept of ${scheme}`);
    for (const other of implies)
      if (!byId.has(other) || other.startsWith(`${scheme}/`))
        fault(concept, `${id}: implies ${other}, which is not a concept of another scheme`);
    const way = wayBack(id, byId);
    if (way) fault(concept, `${id} leads back to itself: ${way.join(' → ')}`);
  }
  if (faults.length > 0) throw new OntologyFileError(faults);
}

/** The shortest way from a concept back to itself; null when there is none. */
function wayBack(id: string, byId: ReadonlyMap<string, Concept>): readonly string[] | null {
  const ways: (readonly string[])[] = [[id]];
  const seen = new Set<string>();
  for (const way of ways) {
    const concept = byId.get(way.at(-1) ?? id);
    for (const other of [...(concept?.broader ?? []), ...(concept?.implies ?? [])]) {
      if (other === id) return [...way, other];
      if (seen.has(other)) continue;
      seen.add(other);
      ways.push([...way, other]);
    }
  }
  return null;
}
