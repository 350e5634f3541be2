import { sizeOf, unite, without } from './bits.js';
import type { Verdict } from './model.js';
import { type Fact, keyOf, learnAll, weakerThan } from './missing-facts.js';
import { CODE, type CompiledVariant, judgeVariants, type Known } from './rules.js';
import { setsTowardMet } from './toward-met.js';
import { canExclude, setsTowardNotMet } from './toward-not-met.js';
import type { Universe } from './universe.js';

/** A missing fact: whether the concept would have to be present or absent. */
export interface MissingFact {
  readonly concept: string;
  readonly present: boolean;
}

/** A smallest set of missing facts that would decide, taken together. */
export interface Decider {
  readonly toward: Exclude<Verdict, 'UNDETERMINED'>;
  readonly facts: readonly MissingFact[];
}

/** The most sets given toward each verdict. */
export const MOST_DECIDERS = 20;

/** The smallest sets that decide, and whether there are more of them than `MOST_DECIDERS`. */
export interface Deciders {
  readonly sets: readonly Decider[];
  readonly more: { readonly MET: boolean; readonly NOT_MET: boolean };
}

/**
 * All smallest sets of facts that would make an undetermined verdict MET, then all that would make it NOT_MET: no
 * smaller set, of presences or absences of any concept, does. A set in which one fact could be replaced by a weaker one
 * that follows from it is left out; at most `MOST_DECIDERS` each way.
 */
export function decidersOf(known: Known, variants: readonly CompiledVariant[], universe: Universe): Deciders {
  const met = smallest(known, variants, universe, 'MET');
  const notMet = canExclude(universe, variants, known) ? smallest(known, variants, universe, 'NOT_MET') : [];
  const asDecider = (toward: Decider['toward']) => (facts: readonly Fact[]) => ({
    toward,
    facts: facts.map(({ concept, present }) => ({ concept: universe.ids[concept] ?? '', present })),
  });
  return {
    sets: [
      ...met.slice(0, MOST_DECIDERS).map(asDecider('MET')),
      ...notMet.slice(0, MOST_DECIDERS).map(asDecider('NOT_MET')),
    ],
    more: { MET: met.length > MOST_DECIDERS, NOT_MET: notMet.length > MOST_DECIDERS },
  };
}

/** One set more than the most at most, so that the caller sees whether there are more. */
function smallest(
  known: Known,
  variants: readonly CompiledVariant[],
  universe: Universe,
  toward: Decider['toward'],
): readonly (readonly Fact[])[] {
  const search = toward === 'MET' ? setsTowardMet : setsTowardNotMet;
  const decides = (facts: readonly Fact[]) => {
    const grown = learnAll(universe, known, facts);
    return grown !== null && judgeVariants(variants, grown) === CODE[toward];
  };
  const isWeakest = (facts: readonly Fact[]) =>
    facts.every((fact) =>
      weakerThan(universe, known, fact).every(
        (weaker) => !decides(facts.map((other) => (other === fact ? weaker : other))),
      ),
    );
  // One fact for each unknown concept of the definitions is always enough.
  const most = sizeOf(unknownIn(known, variants, universe));
  for (let size = 1; size <= most; size++) {
    const found = new Map<string, readonly Fact[]>();
    let any = false;
    for (const facts of search(universe, variants, known, size)) {
      any = true;
      const key = keyOf(facts);
      if (!found.has(key) && isWeakest(facts)) found.set(key, facts);
      if (found.size > MOST_DECIDERS) break;
    }
    if (any) return [...found.values()];
  }
  return [];
}

function unknownIn({ present, absent }: Known, variants: readonly CompiledVariant[], { empty }: Universe) {
  const named = empty();
  for (const { rules } of variants) for (const { mask } of rules) unite(named, mask);
  return without(without(named, present), absent);
}
