import type { CountedClass, Facet } from './counted-class.js';
import type { CoreKey } from './piece.js';
import { CORE_RUNGS } from './plan.js';
import { areEnough } from './safe-to-show.js';
import { slice, type Slices } from './slice.js';

/** Counted alerts of one sender that the core shows alike. */
export interface CountedOfSender {
  readonly core: CountedClass['core'];
  /** Null for alerts that were erased: whether they are shown in the register is not known any more. */
  readonly sender: string | null;
  /** How many of them are not shown in the register yet. */
  readonly left: number;
}

/**
 * Cuts those of counted alerts of which something came to be known, so that what is left of every region is nothing or enough: of the alerts that are not among them, too, few would be known. What
 * would leave few is not cut.
 */
export function sliceOfCounted<C extends CountedClass>(
  all: readonly C[],
  facets: readonly Facet[],
  counted: readonly CountedOfSender[],
  threshold: number,
): Omit<Slices<C>, 'waiting'> {
  const before = new Regions();
  for (const { core, sender, left } of counted) before.add(core, sender, left);
  for (let classes = all; classes.length > 0;) {
    const slices = slice(classes, facets, threshold);
    const taken = new Regions();
    for (const { key, classes: members } of slices.core)
      for (const { sender, alerts } of members) taken.add(key, sender, alerts);
    const leaving = new Set<C>();
    for (const piece of slices.core)
      if (!regionsOf(piece.key).every((region) => leavesEnough(before.in(region), taken.in(region), threshold)))
        for (const one of piece.classes) leaving.add(one);
    if (leaving.size === 0) return { core: slices.core, facets: slices.facets };
    classes = classes.filter((one) => !leaving.has(one));
  }
  return { core: [], facets: [] };
}

/** Whether the alerts of a region that would not be among those cut are none or hide each other. Those that were erased hide nobody, and are not none. */
function leavesEnough(before: BySender, taken: BySender, threshold: number): boolean {
  const remaining = new Map<string, number>();
  for (const [sender, alerts] of before) {
    const left = alerts - (taken.get(sender) ?? 0);
    if (sender !== null && left > 0) remaining.set(sender, left);
  }
  return remaining.size === 0 ? !before.has(null) : areEnough(remaining, threshold);
}

type BySender = ReadonlyMap<string | null, number>;

/** How many alerts of each sender lie in each region of the core that a table may show. */
class Regions {
  private readonly known = new Map<string, Map<string | null, number>>();

  add(key: CoreKey, sender: string | null, alerts: number): void {
    for (const region of regionsOf(key)) {
      const bySender = this.known.get(region) ?? new Map<string | null, number>();
      bySender.set(sender, (bySender.get(sender) ?? 0) + alerts);
      this.known.set(region, bySender);
    }
  }

  in(region: string): BySender {
    return this.known.get(region) ?? new Map<string | null, number>();
  }
}

/** The regions, as texts, in which somebody who is shown so much of the core finds it. */
function regionsOf(key: CoreKey): string[] {
  return CORE_RUNGS.filter((rung) => rung.every((dimension) => key[dimension] !== undefined)).map((rung) =>
    JSON.stringify(rung.map((dimension) => [dimension, key[dimension]])),
  );
}
