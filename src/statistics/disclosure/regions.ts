import { CORE_DIMENSIONS, type CoreDimension, type CountedClass } from './counted-class.js';
import { groupsBy } from './groups.js';
import type { CoreKey, CorePiece } from './piece.js';
import type { Rungs } from './plan.js';
import type { SafeParts } from './safe-to-show.js';

/** Alerts that are shown together beside some of the core. */
export interface ShownBeside<C extends CountedClass> extends CorePiece<C> {
  /** What of the core; null is all of it. */
  readonly beside: readonly CoreDimension[] | null;
}

/** Shows of each region of the core what `show` makes of it, and counts what that leaves over with others beside less of the core. What is left beside nothing is given back. */
export function besideLessAndLess<C extends CountedClass>(
  core: readonly CorePiece<C>[],
  rungs: Rungs,
  show: (region: readonly C[]) => SafeParts<C>,
): { readonly pieces: readonly ShownBeside<C>[]; readonly left: readonly C[] } {
  const pieces: ShownBeside<C>[] = [];
  let left = core;
  for (const beside of rungs) {
    const passedOn: CorePiece<C>[] = [];
    for (const region of groupsBy(left, ({ key }) => (beside ?? CORE_DIMENSIONS).map((one) => key[one] ?? null))) {
      const key = projected(region[0]?.key ?? {}, beside);
      const { shown, others } = show(region.flatMap(({ classes }) => classes));
      for (const classes of shown) pieces.push({ beside, key, classes });
      const kept = new Set(others);
      for (const placed of region) {
        const rest = placed.classes.filter((one) => kept.has(one));
        if (rest.length > 0) passedOn.push({ key: placed.key, classes: rest });
      }
    }
    left = passedOn;
  }
  return { pieces, left: left.flatMap(({ classes }) => classes) };
}

function projected(key: CoreKey, dimensions: readonly CoreDimension[] | null): CoreKey {
  return dimensions === null
    ? key
    : Object.fromEntries(
        dimensions.flatMap((dimension) => (key[dimension] === undefined ? [] : [[dimension, key[dimension]]])),
      );
}
