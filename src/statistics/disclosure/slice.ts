import { CORE_DIMENSIONS, type CoreDimension, type CountedClass, type Facet } from './counted-class.js';
import { groupsBy } from './groups.js';
import { lawPieces } from './law-pieces.js';
import type { CoreKey, CorePiece, FacetPiece } from './piece.js';
import { CORE_RUNGS, FACET_RUNGS } from './plan.js';
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
    facet === 'law' ? core.flatMap((piece) => lawPieces(piece, threshold)) : sliceFacet(core, facet, threshold),
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

/** Alerts that the core shows alike. */
interface Placed<C extends CountedClass> {
  readonly key: CoreKey;
  readonly classes: readonly C[];
}

/** Beside less and less of the core, what is alike; in the end, what is left without its value. */
function sliceFacet<C extends CountedClass>(
  core: readonly CorePiece<C>[],
  facet: Facet,
  threshold: number,
): FacetPiece<C>[] {
  const pieces: FacetPiece<C>[] = [];
  let left: readonly Placed<C>[] = core;
  for (const beside of FACET_RUNGS) {
    const passedOn: Placed<C>[] = [];
    for (const region of groupsBy(left, ({ key }) => (beside ?? CORE_DIMENSIONS).map((one) => key[one] ?? null))) {
      const key = projected(region[0]?.key ?? {}, beside);
      const { shown, others } = safeParts(
        region.flatMap(({ classes }) => classes),
        (one) => one.facets[facet][0],
        threshold,
      );
      for (const classes of shown)
        pieces.push({ facet, beside, key, value: [classes[0]?.facets[facet][0] ?? ''], classes });
      const kept = new Set(others);
      for (const placed of region) {
        const rest = placed.classes.filter((one) => kept.has(one));
        if (rest.length > 0) passedOn.push({ key: placed.key, classes: rest });
      }
    }
    left = passedOn;
  }
  const rest = left.flatMap(({ classes }) => classes);
  return rest.length === 0 ? pieces : [...pieces, { facet, beside: [], key: {}, value: [null], classes: rest }];
}

function keyOf(one: CountedClass, rung: readonly CoreDimension[]): CoreKey {
  return Object.fromEntries(rung.map((dimension) => [dimension, one.core[dimension]]));
}

function projected(key: CoreKey, dimensions: readonly CoreDimension[] | null): CoreKey {
  return dimensions === null
    ? key
    : Object.fromEntries(
        dimensions.flatMap((dimension) => (key[dimension] === undefined ? [] : [[dimension, key[dimension]]])),
      );
}
