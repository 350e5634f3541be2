import type { CoreDimension, CountedClass, Facet } from './counted-class.js';
import { groupsBy } from './groups.js';
import { lawPieces } from './law-pieces.js';
import type { CoreKey, CorePiece, FacetPiece } from './piece.js';
import { CORE_RUNGS, FACET_RUNGS } from './plan.js';
import { besideLessAndLess } from './regions.js';
import { safePart, safeParts } from './safe-to-show.js';

/** What may be published of a set of alerts. */
export interface Slices<C extends CountedClass = CountedClass> {
  readonly core: readonly CorePiece<C>[];
  readonly facets: readonly FacetPiece<C>[];
  /** What has not enough companions to be counted at all. */
  readonly waiting: readonly C[];
}

/**
 * Cuts alerts into pieces, once by the core and once more by each facet beside it, so that every number that is ever made of them is a sum of whole pieces.
 *
 * A piece is shown only as far as at least `threshold` persons in it are alike. What a facet leaves over of a region of the core is nothing or as many, too: else the
 * difference to the core would be a small number. Within what is left over, values may be exchanged between alerts without anything that is published
 * changing; hence nobody can know of fewer than `threshold` alerts that they are there, and no range that follows from whatever tables is narrower than that
 * (T. Li, N. Li, J. Zhang, I. Molloy: "Slicing", IEEE TKDE 24(3), 2012, with bounds as of a transportation problem).
 */
export function slice<C extends CountedClass>(
  classes: readonly C[],
  facets: readonly Facet[],
  threshold: number,
): Slices<C> {
  const { core, waiting } = sliceCore(classes, threshold);
  const pieces = facets.map((facet) =>
    facet === 'law' ? lawPieces(core, threshold) : sliceFacet(core, facet, threshold),
  );
  return { core, facets: pieces.flat(), waiting };
}

function sliceCore<C extends CountedClass>(classes: readonly C[], threshold: number) {
  const core: CorePiece<C>[] = [];
  let left = classes;
  for (const rung of CORE_RUNGS) {
    const waiting: C[] = [];
    for (const group of groupsBy(left, (one) => rung.map((dimension) => one.core[dimension]))) {
      const { shown, others } = safePart(group, threshold);
      const [first] = shown;
      if (first) core.push({ key: keyOf(first, rung), classes: shown });
      for (const one of others) waiting.push(one);
    }
    left = waiting;
  }
  return { core, waiting: left };
}

/** Beside less and less of the core, what is alike; in the end, what is left without its value. */
function sliceFacet<C extends CountedClass>(
  core: readonly CorePiece<C>[],
  facet: Facet,
  threshold: number,
): FacetPiece<C>[] {
  const valueOf = (one: C | undefined): string => one?.facets[facet][0] ?? '';
  const { pieces, left } = besideLessAndLess(core, FACET_RUNGS, (region) => safeParts(region, valueOf, threshold));
  const shown = pieces.map((piece) => ({ ...piece, facet, value: [valueOf(piece.classes[0])] }));
  return left.length === 0 ? shown : [...shown, { facet, beside: [], key: {}, value: [null], classes: left }];
}

function keyOf(one: CountedClass, rung: readonly CoreDimension[]): CoreKey {
  return Object.fromEntries(rung.map((dimension) => [dimension, one.core[dimension]]));
}
