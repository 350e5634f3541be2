import type { CountedClass } from './counted-class.js';
import { Judgements } from './judged-alerts.js';
import type { CorePiece, FacetPiece } from './piece.js';
import { LAW_RUNGS } from './plan.js';
import { besideLessAndLess } from './regions.js';
import { safeParts } from './safe-to-show.js';
import { verdictParts } from './verdict-parts.js';

/** In which share of laws alerts have to agree to be shown beside so much of the core; else they are counted with more of their kind, beside less. */
const AGREED = 0.7;

/**
 * Parts alerts by how laws judge them, beside as much of the core as they agree in. All verdicts go into one partition, because what one law says of an alert may follow from what another does: numbers of two
 * partitions put together could show few. It is made by the verdict after which most are alike, then by the next, as long as all parts are safe (K. LeFevre, D. DeWitt, R. Ramakrishnan: "Mondrian", ICDE 2006);
 * what the alerts of a part do not have in common is withheld.
 */
export function lawPieces<C extends CountedClass>(core: readonly CorePiece<C>[], threshold: number): FacetPiece<C>[] {
  const parts = core[0]?.classes[0]?.facets.law.length ?? 0;
  const laws = Math.max(0, parts - 1);
  const judgements = new Judgements<C>();
  const parted = (classes: readonly C[]) => verdictParts(judgements.of(classes), threshold);
  const isShown = (classes: readonly C[]): boolean =>
    inCommon(classes, parts).filter((value, at) => at > 0 && value !== null).length >= AGREED * laws;
  const { pieces, left } = besideLessAndLess(core, LAW_RUNGS, (region) => {
    const [shown, others]: [(readonly C[])[], C[]] = [[], []];
    for (const part of parted(region))
      if (isShown(part)) shown.push(part);
      else for (const one of part) others.push(one);
    return { shown, others };
  });
  const rest = left.length === 0 ? [] : parted(left).map((classes) => ({ beside: [], key: {}, classes }));
  return [...pieces, ...rest].flatMap(({ beside, key, classes }) =>
    [(one: C) => one.facets.law[0], (one: C) => one.legalCase]
      .reduce((shown, valueOf) => shown.flatMap((part) => allParts(part, valueOf, threshold)), [classes])
      .map((part) => ({ facet: 'law', beside, key, value: inCommon(part, parts), classes: part })),
  );
}

/** The safe parts by a value; one when there are no others. */
function allParts<C extends CountedClass>(
  classes: readonly C[],
  valueOf: (one: C) => unknown,
  threshold: number,
): (readonly C[])[] {
  const { shown, others } = safeParts(classes, valueOf, threshold);
  return others.length === 0 ? [...shown] : [...shown, others];
}

/** What all have in common: the means, and the verdict under each law. */
function inCommon(classes: readonly CountedClass[], parts: number): (string | null)[] {
  const [first] = classes;
  return Array.from({ length: parts }, (_, at) => {
    const value = first?.facets.law[at];
    return value !== undefined && classes.every(({ facets }) => facets.law[at] === value) ? value : null;
  });
}
