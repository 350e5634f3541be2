import type { Bits } from './bits.js';
import { type ComparedLaw, differencesOf, type ElementDifference } from './differences.js';
import { explain, type Judgement } from './explain.js';
import type { Concept, ElementKind, Verdict } from './model.js';
import { closedWorld } from './prepare.js';
import type { Universe } from './universe.js';
import { smallestWorld } from './witness.js';

/** A fully known case that two definitions judge differently: what is named is present, all else is absent. */
export interface Witness {
  /** With all that follows; no case with fewer concepts is judged so. In the order of the ontology. */
  readonly present: readonly string[];
  readonly underA: Verdict;
  readonly underB: Verdict;
  /** The kinds of element that fail in the nearest variant of the definition that is not met. */
  readonly decidedBy: readonly ElementKind[];
  readonly judgementA: Judgement;
  readonly judgementB: Judgement;
}

/** How two definitions differ, derived from their rules. */
export interface Comparison {
  readonly differences: readonly ElementDifference[];
  /**
   * A smallest case met under the first, not under the second; null when every fully known case met under the first is
   * met under the second.
   */
  readonly onlyA: Witness | null;
  /** The reverse. */
  readonly onlyB: Witness | null;
  /** Whether every fully known case is judged alike. */
  readonly equivalent: boolean;
}

/** Compares two definitions, each of variants joined by or. */
export function compare(a: ComparedLaw, b: ComparedLaw, universe: Universe, concepts: readonly Concept[]): Comparison {
  const witness = (world: Bits | null): Witness | null => world && witnessOf(world, a, b, universe);
  const onlyA = witness(smallestWorld(a.variants, b.variants, universe));
  const onlyB = witness(smallestWorld(b.variants, a.variants, universe));
  return {
    differences: differencesOf(a, b, universe, concepts),
    onlyA,
    onlyB,
    equivalent: onlyA === null && onlyB === null,
  };
}

function witnessOf(world: Bits, a: ComparedLaw, b: ComparedLaw, universe: Universe): Witness {
  const known = closedWorld(world, universe);
  const judgementA = explain(known, a.variants, universe);
  const judgementB = explain(known, b.variants, universe);
  return {
    present: universe.idsOf(world),
    underA: judgementA.verdict,
    underB: judgementB.verdict,
    decidedBy: failingKinds(judgementA.verdict === 'MET' ? judgementB : judgementA),
    judgementA,
    judgementB,
  };
}

function failingKinds({ byVariant }: Judgement): ElementKind[] {
  const failing = byVariant.map(({ trace }) => trace.filter(({ verdict }) => verdict === 'NOT_MET'));
  const [nearest = []] = failing.sort((x, y) => x.length - y.length);
  return [...new Set(nearest.map(({ element }) => element))];
}
