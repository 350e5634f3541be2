import { addBit, type Bits, intersects, isWithin } from './bits.js';
import type { DefinitionElement, DefinitionFile, DefinitionVariant, ElementKind, Verdict } from './model.js';
import type { PreparedCase } from './prepare.js';
import type { Universe } from './universe.js';

/** What an open list adds: something that only a person can assert. */
const OPEN_CONCEPT: Readonly<Partial<Record<ElementKind, string>>> = {
  act: 'act/other-act',
  means: 'means/other-improper-means',
  purpose: 'purpose/other-exploitation',
};

/** Verdicts as the numbers that bytes hold, so that and is the smallest and or is the largest. */
export const CODE = { NOT_MET: 0, UNDETERMINED: 1, MET: 2 } as const satisfies Record<Verdict, number>;
const VERDICTS: readonly Verdict[] = ['NOT_MET', 'UNDETERMINED', 'MET'];

export function verdictOf(code: number | undefined): Verdict {
  const verdict = code === undefined ? undefined : VERDICTS[code];
  if (!verdict) throw new RangeError('not a verdict');
  return verdict;
}

/** An element ready to be judged. */
export interface Rule {
  readonly kind: ElementKind;
  /** The concepts of which any one meets it. */
  readonly mask: Bits;
  /** The same by number, in the order of the definition; the age that waives it and the open end come last. */
  readonly order: readonly number[];
  /** The concepts from any of which one of those follows. */
  readonly below: Bits;
}

/** A variant ready to be judged. */
export interface CompiledVariant {
  readonly ordinal: number;
  readonly id: string;
  readonly law: string;
  readonly version: number;
  readonly counts: boolean;
  readonly valid: DefinitionVariant['valid'];
  readonly definition: DefinitionVariant;
  readonly rules: readonly Rule[];
  /** Numbers of the rules among all different ones. */
  readonly ruleNumbers: Uint16Array;
}

/** All variants, and the different rules among their elements: laws repeat each other's lists. */
export interface RuleBook {
  readonly variants: readonly CompiledVariant[];
  readonly rules: readonly Rule[];
}

/**
 * All concepts that meet an element: those listed, the age that waives it, and what an open list leaves to a person.
 */
export function conceptsOf({ element, anyOf, waivedUnder, open }: DefinitionElement): string[] {
  const other = open ? OPEN_CONCEPT[element] : undefined;
  return [
    ...anyOf,
    ...(waivedUnder === null ? [] : [`age/under-${waivedUnder}`]),
    ...(other === undefined ? [] : [other]),
  ];
}

export function compileRules(files: readonly DefinitionFile[], universe: Universe): RuleBook {
  const rules: Rule[] = [];
  const numbers = new Map<string, number>();
  const ruleOf = (element: DefinitionElement): number => {
    const key = `${element.element} ${[...new Set(conceptsOf(element))].sort().join(' ')}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const [mask, below] = [universe.empty(), universe.empty()];
    const order = [...new Set(conceptsOf(element).map((id) => universe.numberOf(id)))];
    for (const number of order) addBit(mask, number);
    for (const [number, up] of universe.up.entries()) if (intersects(up, mask)) addBit(below, number);
    numbers.set(key, rules.length);
    return rules.push({ kind: element.element, mask, order, below }) - 1;
  };
  const variants: CompiledVariant[] = [];
  for (const { law, version, variants: definitions } of files) {
    for (const definition of definitions) {
      const ruleNumbers = Uint16Array.from(new Set(definition.elements.map(ruleOf)));
      const { id, counts, valid } = definition;
      const own = Array.from(ruleNumbers, (number) => rules[number]).filter((rule) => rule !== undefined);
      variants.push({ ordinal: variants.length, id, law, version, counts, valid, definition, rules: own, ruleNumbers });
    }
  }
  return { variants, rules };
}

/** The part of a prepared case that verdicts rest on. */
export type Known = Pick<PreparedCase, 'present' | 'absent' | 'clauses'>;

/** Judges one element (Kleene's strong or over its concepts, and over clauses of which some member must be present). */
export function judgeRule({ mask, below }: Rule, { present, absent, clauses }: Known): number {
  if (intersects(present, mask)) return CODE.MET;
  for (const clause of clauses) if (isWithin(clause, below)) return CODE.MET;
  return isWithin(mask, absent) ? CODE.NOT_MET : CODE.UNDETERMINED;
}

/** Judges a conjunction of rules (Kleene's strong and). */
export function judgeRules(rules: readonly Rule[], known: Known): number {
  let verdict: number = CODE.MET;
  for (const rule of rules) verdict = Math.min(verdict, judgeRule(rule, known));
  return verdict;
}

/** Judges a disjunction of variants (Kleene's strong or); of none at all it is NOT_MET. */
export function judgeVariants(variants: readonly CompiledVariant[], known: Known): number {
  // Where no law is known to be in force on the day asked for, nothing can be said; that is no acquittal.
  let verdict: number = variants.length === 0 ? CODE.UNDETERMINED : CODE.NOT_MET;
  for (const { rules } of variants) verdict = Math.max(verdict, judgeRules(rules, known));
  return verdict;
}
