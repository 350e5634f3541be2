import { CORE_DIMENSIONS, type CoreDimension, type CountedClass, type Facet } from './counted-class.js';
import { alertsIn, type CoreKey, type CorePiece, type FacetPiece } from './piece.js';
import { CORE_RUNGS, type FacetRung, rungsOf } from './plan.js';
import { isSafeToShow, safePart } from './safe-to-show.js';

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
  return { core, facets: facets.flatMap((facet) => sliceFacet(core, facet, threshold)), waiting };
}

function sliceCore<C extends CountedClass>(classes: readonly C[], threshold: number) {
  const core: CorePiece<C>[] = [];
  let left = classes;
  for (const rung of CORE_RUNGS) {
    const waiting: C[] = [];
    for (const group of groups(left, (one) => rung.map((dimension) => one.core[dimension]))) {
      const { shown, others } = safePart(group, threshold);
      const [first] = shown;
      if (first) core.push({ key: keyOf(first, rung), classes: shown });
      for (const one of others) waiting.push(one);
    }
    left = waiting;
  }
  return { core, waiting: left };
}

/** A class and what the core shows of it. */
interface Placed<C extends CountedClass> {
  readonly key: CoreKey;
  readonly one: C;
}

function sliceFacet<C extends CountedClass>(
  core: readonly CorePiece<C>[],
  facet: Facet,
  threshold: number,
): FacetPiece<C>[] {
  const pieces: FacetPiece<C>[] = [];
  let left: Placed<C>[] = core.flatMap(({ key, classes }) => classes.map((one) => ({ key, one })));
  for (const [number, rung] of rungsOf(facet).entries()) {
    const passedOn: Placed<C>[] = [];
    for (const region of groups(left, ({ key }) => shownBeside(key, rung))) {
      const { shown, others } = showIn(region, facet, rung, threshold);
      for (const piece of shown) pieces.push({ ...piece, rung: number });
      for (const one of others) passedOn.push(one);
    }
    left = passedOn;
  }
  return pieces;
}

/** The pieces of a region at one rung. So many are given up that what is left over is nothing, or enough by itself. */
function showIn<C extends CountedClass>(
  region: readonly Placed<C>[],
  facet: Facet,
  rung: FacetRung,
  threshold: number,
) {
  const parts: Placed<C>[][] = [];
  const others: Placed<C>[] = [];
  for (const alike of groups(region, ({ one }) => one.facets[facet].slice(0, rung.parts))) {
    const { shown } = safePart(
      alike.map(({ one }) => one),
      threshold,
    );
    const kept = new Set(shown);
    const [part, rest] = [alike.filter(({ one }) => kept.has(one)), alike.filter(({ one }) => !kept.has(one))];
    if (part.length > 0) parts.push(part);
    for (const one of rest) others.push(one);
  }
  parts.sort((a, b) => alertsIn(b.map(({ one }) => one)) - alertsIn(a.map(({ one }) => one)));
  while (
    others.length > 0 &&
    !isSafeToShow(
      others.map(({ one }) => one),
      threshold,
    )
  ) {
    const smallest = parts.pop();
    if (!smallest) break;
    for (const one of smallest) others.push(one);
  }
  const shown = parts.flatMap((part): Omit<FacetPiece<C>, 'rung'>[] => {
    const [first] = part;
    if (!first) return [];
    const key = rung.beside ? projected(first.key, rung.beside) : first.key;
    return [{ facet, key, value: first.one.facets[facet].slice(0, rung.parts), classes: part.map(({ one }) => one) }];
  });
  return { shown, others };
}

function keyOf(one: CountedClass, rung: readonly CoreDimension[]): CoreKey {
  return Object.fromEntries(rung.map((dimension) => [dimension, one.core[dimension]]));
}

function projected(key: CoreKey, dimensions: readonly CoreDimension[]): CoreKey {
  return Object.fromEntries(
    dimensions.flatMap((dimension) => (key[dimension] === undefined ? [] : [[dimension, key[dimension]]])),
  );
}

function shownBeside(key: CoreKey, { beside }: FacetRung): readonly (string | null)[] {
  return (beside ?? CORE_DIMENSIONS).map((dimension) => key[dimension] ?? null);
}

/** Groups in the order in which they come up. */
function groups<T>(members: readonly T[], keyOfMember: (member: T) => readonly unknown[]): T[][] {
  const byKey = new Map<string, T[]>();
  for (const member of members) {
    const key = JSON.stringify(keyOfMember(member));
    const group = byKey.get(key);
    if (group) group.push(member);
    else byKey.set(key, [member]);
  }
  return [...byKey.values()];
}
