import type { OntologyService } from '../../ontology/index.js';

/** A day on which a law changed. */
export interface LawBreak {
  readonly under: string;
  readonly on: string;
  readonly began: readonly string[];
  readonly ended: readonly string[];
}

/** When laws, or the law of a variant, changed within a period (ISO 8601 years or months, both included), the earliest first. */
export function lawBreaks(
  ontology: OntologyService,
  under: readonly string[],
  period: { readonly from: string; readonly until: string },
): LawBreak[] {
  const breaks = new Map<string, { under: string; on: string; began: string[]; ended: string[] }>();
  const changed = (law: string, on: string) => {
    const key = `${on} ${law}`;
    const found = breaks.get(key) ?? { under: law, on, began: [], ended: [] };
    breaks.set(key, found);
    return found;
  };
  const isWithin = (day: string): boolean =>
    day.slice(0, period.from.length) >= period.from && day.slice(0, period.until.length) <= period.until;
  for (const law of under)
    for (const { id, counts, valid, ...variant } of ontology.engine.variants) {
      if (id !== law && !(variant.law === law && counts)) continue;
      if (valid.from !== null && isWithin(valid.from)) changed(law, valid.from).began.push(id);
      if (valid.to !== null && isWithin(dayAfter(valid.to))) changed(law, dayAfter(valid.to)).ended.push(id);
    }
  return [...breaks.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
