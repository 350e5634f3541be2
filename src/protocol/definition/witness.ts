import { type Bits, intersects, sizeOf, unite } from './bits.js';
import { countApart } from './missing-facts.js';
import type { CompiledVariant, Rule } from './rules.js';
import type { Universe } from './universe.js';

/**
 * A smallest set of present concepts, with all that follows, that meets some variant of `met` and none of `unmet` when
 * everything else is absent; null when there is none.
 *
 * Exact: rules only ever ask for presences, so that adding a concept never unmakes a verdict. A set that meets a
 * variant therefore contains one that holds a listed concept for each of its rules and nothing else but what follows,
 * and that one meets no more of `unmet`. All of those are tried, save those that meet `unmet` already and those that
 * cannot be smaller than the best.
 */
export function smallestWorld(
  met: readonly CompiledVariant[],
  unmet: readonly CompiledVariant[],
  { up, empty }: Universe,
): Bits | null {
  let best: Bits | null = null;
  let bound = Infinity;
  const extend = (rules: readonly Rule[], world: Bits): void => {
    if (unmet.some((variant) => variant.rules.every(({ mask }) => intersects(mask, world)))) return;
    const open = rules.filter(({ mask }) => !intersects(mask, world));
    const size = sizeOf(world);
    if (size + countApart(open.map(({ mask }) => mask)) >= bound) return;
    const [next] = open;
    if (next === undefined) {
      best = world;
      bound = size;
      return;
    }
    for (const number of next.order) {
      const larger = world.slice();
      unite(larger, up[number] ?? larger);
      extend(open, larger);
    }
  };
  for (const { rules } of met) extend(rules, empty());
  return best;
}
