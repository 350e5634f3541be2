import { hasBit, isWithin } from './bits.js';
import type { ElementKind } from './model.js';
import { CODE, type CompiledVariant, judgeRule, judgeRules, type Known, type Rule } from './rules.js';
import type { Universe } from './universe.js';

/** A question that a person can answer: is any of these so? */
export interface Ask {
  readonly element: ElementKind;
  /** Concepts of which any one would meet the element, in the order of the definition. */
  readonly anyOf: readonly string[];
}

/**
 * The questions of the shortest way to MET: when each is answered with yes, the law is met. Where several variants lack
 * but one answer about the same kind of element, their concepts make one question, because any of them will do.
 */
export function asksOf(known: Known, variants: readonly CompiledVariant[], universe: Universe): Ask[] {
  const ways = variants
    .filter(({ rules }) => judgeRules(rules, known) === CODE.UNDETERMINED)
    .map(({ rules }) => questionsOf(rules, known));
  const shortest = ways.reduce<readonly Rule[] | null>(
    (best, way) => (best === null || way.length < best.length ? way : best),
    null,
  );
  const [single, ...others] = shortest ?? [];
  if (single === undefined) return [];
  const ask = (rules: readonly Rule[]): Ask => ({
    element: single.kind,
    anyOf: [...new Set(rules.flatMap(({ order }) => order))]
      .filter((number) => !hasBit(known.absent, number))
      .map((number) => universe.ids[number] ?? ''),
  });
  if (others.length > 0) return [single, ...others].map((rule) => ({ ...ask([rule]), element: rule.kind }));
  return [ask(ways.flatMap((way) => (way.length === 1 ? way : [])).filter(({ kind }) => kind === single.kind))];
}

/** The rules of a variant that are open. A yes to one may answer another; that other is not asked. */
function questionsOf(rules: readonly Rule[], known: Known): readonly Rule[] {
  const open = rules.filter((rule) => judgeRule(rule, known) === CODE.UNDETERMINED);
  const answers = (one: Rule, other: Rule) =>
    isWithin(
      one.mask.map((word, i) => word & ~(known.absent[i] ?? 0)),
      other.below,
    );
  return open.filter(
    (rule, at) =>
      !open.some((other, place) => place !== at && answers(other, rule) && (place < at || !answers(rule, other))),
  );
}
