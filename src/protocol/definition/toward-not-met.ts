import { type Bits, common, hasBit, intersects, isEmpty, isWithin, membersOf, unite, without } from './bits.js';
import { countApart, type Fact, keyOf, learn, learnAll } from './missing-facts.js';
import type { CompiledVariant, Known, Rule } from './rules.js';
import type { Universe } from './universe.js';

/**
 * Every set of `size` facts after which none of the variants can be met, given that no smaller set does that; a set in
 * which a fact could be replaced by a weaker one of the same effect may be left out. Only absences exclude. The same
 * set may come more than once.
 */
export function* setsTowardNotMet(
  universe: Universe,
  variants: readonly CompiledVariant[],
  known: Known,
  size: number,
): Generator<readonly Fact[]> {
  const relevant = universe.empty();
  for (const { rules } of variants) for (const { mask } of rules) unite(relevant, mask);
  const search = { universe, variants, relevant: without(relevant, known.absent), seen: new Set<string>() };
  yield* excludeNext(search, known, [], size);
}

/** Whether any absences exclude all variants: clauses may hold up each of several variants in turn. */
export function canExclude(universe: Universe, variants: readonly CompiledVariant[], known: Known): boolean {
  const failed = new Set<string>();
  const exclude = (sofar: Known): boolean => {
    const next = variants.find((variant) => isAlive(variant, sofar));
    if (next === undefined) return true;
    const key = sofar.absent.join();
    if (failed.has(key)) return false;
    failed.add(key);
    return next.rules.some(({ mask }) => {
      const absences = membersOf(without(mask, sofar.absent)).map((concept) => ({ concept, present: false }));
      const grown = learnAll(universe, sofar, absences);
      return grown !== null && exclude(grown);
    });
  };
  return exclude(known);
}

interface Search {
  readonly universe: Universe;
  readonly variants: readonly CompiledVariant[];
  /** The concepts of any rule that are not absent from the start. */
  readonly relevant: Bits;
  /** Sets of facts from which the search went on already. */
  readonly seen: Set<string>;
}

function isAlive({ rules }: CompiledVariant, { absent }: Known): boolean {
  return !rules.some(({ mask }) => isWithin(mask, absent));
}

function* excludeNext(search: Search, known: Known, facts: readonly Fact[], left: number): Generator<readonly Fact[]> {
  const alive = search.variants.filter((variant) => isAlive(variant, known));
  const [next] = alive;
  if (next === undefined) {
    if (left === 0) yield facts;
    return;
  }
  const key = keyOf(facts);
  if (search.seen.has(key) || leastFor(search, alive, known) > left) return;
  search.seen.add(key);
  for (const rule of next.rules) yield* excludeRule(search, rule, known, facts, left);
}

/** Makes the concepts of a rule absent one after the other, then goes on with the next variant. */
function* excludeRule(
  search: Search,
  rule: Rule,
  known: Known,
  facts: readonly Fact[],
  left: number,
): Generator<readonly Fact[]> {
  const rest = without(rule.mask, known.absent);
  const [first] = membersOf(rest);
  if (first === undefined) {
    yield* excludeNext(search, known, facts, left);
    return;
  }
  if (countApart(coversOf(search, rest, known)) > left) return;
  for (const fact of absencesOf(search, first, known)) {
    const grown = learn(search.universe, known, fact);
    if (grown) yield* excludeRule(search, rule, grown, [...facts, fact], left - 1);
  }
}

/**
 * Absences from which that of a concept follows. One is left out when a weaker one excludes as much of what is
 * relevant.
 */
function absencesOf({ universe: { up, down }, relevant }: Search, concept: number, known: Known): Fact[] {
  const possible = membersOf(up[concept] ?? relevant).filter((number) => !hasBit(known.present, number));
  const follows = (number: number) => down[number] ?? relevant;
  const isNeedless = (number: number) =>
    possible.some(
      (weaker) =>
        weaker !== number &&
        hasBit(follows(number), weaker) &&
        isWithin(common(follows(number), relevant), follows(weaker)),
    );
  return possible.filter((number) => !isNeedless(number)).map((number) => ({ concept: number, present: false }));
}

/** For each concept, the absences that would exclude it. */
function coversOf({ universe: { up } }: Search, concepts: Bits, known: Known): Bits[] {
  return membersOf(concepts).map((number) => without(up[number] ?? concepts, known.present));
}

/** A lower bound for the facts that exclude all variants: those of variants that share no fact add up. */
function leastFor(search: Search, alive: readonly CompiledVariant[], known: Known): number {
  const used = search.universe.empty();
  let apart = 0;
  let hardest = 0;
  for (const { rules } of alive) {
    const covers = search.universe.empty();
    let least = Infinity;
    for (const { mask } of rules) {
      const own = coversOf(search, without(mask, known.absent), known);
      // A concept that is present cannot be excluded, nor can its rule.
      if (!own.some(isEmpty)) least = Math.min(least, countApart(own));
      for (const cover of own) unite(covers, cover);
    }
    hardest = Math.max(hardest, least);
    if (intersects(covers, used)) continue;
    unite(used, covers);
    apart += least;
  }
  return Math.max(apart, hardest);
}
