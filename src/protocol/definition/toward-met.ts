import { type Bits, common, intersects, membersOf, unite, without } from './bits.js';
import { type Fact, countApart, isKnown, learn } from './missing-facts.js';
import { CODE, type CompiledVariant, judgeRule, judgeRules, type Known, type Rule } from './rules.js';
import type { Universe } from './universe.js';

/**
 * Every set of `size` facts that makes one of the variants met, given that no smaller set does; a set in which a fact
 * could be replaced by a weaker one of the same effect may be left out. The same set may come more than once.
 */
export function* setsTowardMet(
  universe: Universe,
  variants: readonly CompiledVariant[],
  known: Known,
  size: number,
): Generator<readonly Fact[]> {
  for (const { rules } of variants) {
    if (judgeRules(rules, known) === CODE.UNDETERMINED) yield* extend(universe, rules, known, [], size);
  }
}

function* extend(
  universe: Universe,
  rules: readonly Rule[],
  known: Known,
  facts: readonly Fact[],
  left: number,
): Generator<readonly Fact[]> {
  const unmet = rules.filter((rule) => judgeRule(rule, known) !== CODE.MET);
  const [first] = unmet;
  if (first === undefined) {
    if (left === 0) yield facts;
    return;
  }
  if (countApart(unmet.map((rule) => contributorsTo(universe, rule, known))) > left) return;
  for (const fact of [...presencesFor(universe, first, unmet, known), ...absencesFor(universe, first, known)]) {
    const grown = learn(universe, known, fact);
    if (grown) yield* extend(universe, rules, grown, [...facts, fact], left - 1);
  }
}

/** Presences that meet the rule. One is left out when a weaker one meets as many of the unmet rules. */
function presencesFor({ up }: Universe, rule: Rule, unmet: readonly Rule[], known: Known): Fact[] {
  const effects = new Map<number, number>();
  for (const number of membersOf(rule.below)) {
    const follows = up[number] ?? rule.below;
    if (intersects(follows, known.absent)) continue;
    effects.set(number, unmet.filter(({ mask }) => intersects(mask, follows)).length);
  }
  return [...effects]
    .filter(([number, effect]) => {
      const weaker = membersOf(common(up[number] ?? rule.below, rule.below));
      return !weaker.some((other) => other !== number && (effects.get(other) ?? 0) >= effect);
    })
    .map(([concept]) => ({ concept, present: true }));
}

/**
 * Absences that bring a clause nearer to meeting the rule: its first member from which the rule does not follow has to
 * go.
 */
function absencesFor({ up }: Universe, rule: Rule, known: Known): Fact[] {
  const facts = new Map<number, Fact>();
  for (const clause of known.clauses) {
    const [outside] = intersects(clause, rule.below) ? membersOf(without(clause, rule.below)) : [];
    for (const concept of outside === undefined ? [] : membersOf(up[outside] ?? clause)) {
      const fact = { concept, present: false };
      if (!isKnown(known, fact)) facts.set(concept, fact);
    }
  }
  return [...facts.values()];
}

/** All facts that could help to meet the rule: presences in the first half of the bits, absences in the second. */
function contributorsTo({ up, words, empty }: Universe, rule: Rule, known: Known): Bits {
  const absences = empty();
  for (const clause of known.clauses) {
    if (!intersects(clause, rule.below)) continue;
    for (const outside of membersOf(without(clause, rule.below))) unite(absences, up[outside] ?? absences);
  }
  const halves = new Uint32Array(words * 2);
  halves.set(rule.below);
  halves.set(absences, words);
  return halves;
}
