import { addBit, type Bits, hasBit, intersects, isWithin, membersOf, unite } from './bits.js';
import type { ElementKind, Verdict } from './model.js';
import type { PreparedCase } from './prepare.js';
import { CODE, type CompiledVariant, judgeRule, type Rule } from './rules.js';
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

/** A question that a person can answer: is any of these so? */
export interface Ask {
  readonly element: ElementKind;
  readonly anyOf: readonly string[];
}

/** The most sets given toward each verdict; there may be more of the same size. */
export const MOST_DECIDERS = 20;

/** The questions of the variant with the fewest open elements. */
export function asksOf(known: PreparedCase, variants: readonly CompiledVariant[], universe: Universe): Ask[] {
  const nearest = possible(known, variants)
    .map((variant) => openRules(known, variant))
    .reduce<readonly Rule[] | null>(
      (best, rules) => (best === null || rules.length < best.length ? rules : best),
      null,
    );
  return (nearest ?? []).map((rule) => ({
    element: rule.kind,
    anyOf: unknownIn(known, rule).map((number) => universe.ids[number] ?? ''),
  }));
}

/**
 * All smallest sets of facts, over the concepts that the definitions themselves name and that are still unknown, that would make the verdict MET,
 * and those that would make it NOT_MET; at most `MOST_DECIDERS` of each.
 */
export function decidersOf(known: PreparedCase, variants: readonly CompiledVariant[], universe: Universe): Decider[] {
  const asDecider = (toward: Decider['toward'], present: boolean) => (set: readonly number[]) => ({
    toward,
    facts: set.map((number) => ({ concept: universe.ids[number] ?? '', present })),
  });
  return [
    ...towardMet(known, variants, universe).map(asDecider('MET', true)),
    ...towardNotMet(known, variants, universe).map(asDecider('NOT_MET', false)),
  ];
}

/** Smallest sets of unknown concepts whose presence meets some variant: a smallest hitting set over its open elements. */
function towardMet(known: PreparedCase, variants: readonly CompiledVariant[], universe: Universe): number[][] {
  const search = new SmallestSets();
  for (const variant of possible(known, variants)) {
    const rules = openRules(known, variant);
    const extend = (chosen: readonly number[], present: Bits): void => {
      const next = rules.find((rule) => !intersects(present, rule.mask));
      if (!next) return search.offer(chosen);
      if (chosen.length >= search.bound) return;
      for (const number of unknownIn(known, next)) {
        const more = present.slice();
        unite(more, universe.up[number] ?? more);
        extend([...chosen, number], more);
      }
    };
    extend([], universe.empty());
  }
  return search.sets;
}

/** Smallest sets of unknown concepts whose absence excludes every variant: one open element of each, made impossible. */
function towardNotMet(known: PreparedCase, variants: readonly CompiledVariant[], universe: Universe): number[][] {
  const open = possible(known, variants);
  const named = namedUnknown(known, open, universe);
  const search = new SmallestSets();
  const extend = (at: number, chosen: readonly number[], absent: Bits): void => {
    const rest = open.slice(at).findIndex((variant) => !variant.rules.some((rule) => isWithin(rule.mask, absent)));
    if (rest < 0) return search.offer(chosen);
    const variant = open[at + rest];
    for (const rule of variant ? openRules(known, variant) : []) {
      for (const cover of coversOf(rule, absent, named, universe, search.bound - chosen.length)) {
        const more = absent.slice();
        for (const number of cover) unite(more, universe.down[number] ?? more);
        if (isConsistent(known, more)) extend(at + rest + 1, [...chosen, ...cover], more);
      }
    }
  };
  extend(0, [], known.absent);
  return search.sets;
}

/** The sets of at most `most` named concepts that make every concept of a rule absent, no smaller one doing. */
function coversOf(rule: Rule, absent: Bits, named: readonly number[], universe: Universe, most: number): number[][] {
  const found: number[][] = [];
  const extend = (chosen: readonly number[], sofar: Bits): void => {
    const left = membersOf(rule.mask).find((number) => !hasBit(sofar, number));
    if (left === undefined) return void found.push([...chosen]);
    if (chosen.length >= most || found.length > MOST_DECIDERS) return;
    for (const number of named) {
      if (!hasBit(universe.up[left] ?? sofar, number)) continue;
      const more = sofar.slice();
      unite(more, universe.down[number] ?? more);
      extend([...chosen, number], more);
    }
  };
  extend([], absent);
  return found;
}

/** Absences must leave what is present alone and every clause a way to be true. */
function isConsistent({ present, clauses }: PreparedCase, absent: Bits): boolean {
  return !intersects(present, absent) && clauses.every((clause) => !isWithin(clause, absent));
}

function possible(known: PreparedCase, variants: readonly CompiledVariant[]): CompiledVariant[] {
  return variants.filter(({ rules }) => rules.every((rule) => judgeRule(rule, known) !== CODE.NOT_MET));
}

function openRules(known: PreparedCase, { rules }: CompiledVariant): Rule[] {
  return rules.filter((rule) => judgeRule(rule, known) === CODE.UNDETERMINED);
}

function unknownIn({ present, absent }: PreparedCase, { mask }: Rule): number[] {
  return membersOf(mask).filter((number) => !hasBit(present, number) && !hasBit(absent, number));
}

function namedUnknown(known: PreparedCase, variants: readonly CompiledVariant[], universe: Universe): number[] {
  const named = universe.empty();
  for (const { rules } of variants)
    for (const rule of rules) for (const number of unknownIn(known, rule)) addBit(named, number);
  return membersOf(named);
}

/** Keeps the smallest sets offered, each once. */
class SmallestSets {
  bound = Infinity;
  private readonly byText = new Map<string, number[]>();

  offer(set: readonly number[]): void {
    const distinct = [...new Set(set)].sort((a, b) => a - b);
    if (distinct.length > this.bound) return;
    if (distinct.length < this.bound) {
      this.bound = distinct.length;
      this.byText.clear();
    }
    if (this.byText.size < MOST_DECIDERS) this.byText.set(distinct.join(' '), distinct);
  }

  get sets(): number[][] {
    return [...this.byText.values()];
  }
}
