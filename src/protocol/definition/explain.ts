import { type Bits, hasBit, intersects, isWithin, membersOf } from './bits.js';
import { type Ask, asksOf, type Decider, decidersOf } from './deciders.js';
import type { ElementKind, Verdict } from './model.js';
import type { PreparedCase } from './prepare.js';
import { CODE, type CompiledVariant, judgeRule, type Rule, verdictOf } from './rules.js';
import type { Universe } from './universe.js';

/** How one element came out, and by what. */
export interface ElementTrace {
  readonly element: ElementKind;
  readonly verdict: Verdict;
  /** Listed concepts that are present. Empty when only a clause meets the element. */
  readonly metBy: readonly string[];
  /** Clauses that meet the element: one of these is present, whichever it is. */
  readonly metByOneOf: readonly (readonly string[])[];
  /** Whether no fact as given is among the listed concepts: it is met by what follows. */
  readonly inferred: boolean;
  /** Listed concepts of which nothing is known. */
  readonly unknown: readonly string[];
  /** Listed concepts that are absent. */
  readonly absent: readonly string[];
}

/** How one variant came out. */
export interface VariantJudgement {
  readonly variant: string;
  readonly verdict: Verdict;
  readonly trace: readonly ElementTrace[];
}

/** A verdict with its reasons and with what would decide it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly byVariant: readonly VariantJudgement[];
  /** The questions whose yes leads to MET by the shortest way; empty unless undetermined. */
  readonly asks: readonly Ask[];
  /** The smallest sets of missing facts that would decide; empty unless undetermined. */
  readonly deciders: readonly Decider[];
}

/** Judges a case under variants joined by or, with reasons. */
export function explain(known: PreparedCase, variants: readonly CompiledVariant[], universe: Universe): Judgement {
  const byVariant = variants.map((variant) => judgeVariant(known, variant, universe));
  const verdict = byVariant.some((one) => one.verdict === 'MET')
    ? 'MET'
    : byVariant.some((one) => one.verdict === 'UNDETERMINED')
      ? 'UNDETERMINED'
      : 'NOT_MET';
  const open = verdict === 'UNDETERMINED';
  return {
    verdict,
    byVariant,
    asks: open ? asksOf(known, variants, universe) : [],
    get deciders() {
      return open ? decidersOf(known, variants, universe) : [];
    },
  };
}

function judgeVariant(known: PreparedCase, variant: CompiledVariant, universe: Universe): VariantJudgement {
  const trace = variant.rules.map((rule) => traceOf(known, rule, universe));
  const code = variant.rules.reduce<number>((least, rule) => Math.min(least, judgeRule(rule, known)), CODE.MET);
  return { variant: variant.id, verdict: verdictOf(code), trace };
}

function traceOf(known: PreparedCase, rule: Rule, universe: Universe): ElementTrace {
  const { asserted, present, absent, clauses } = known;
  const listed = (belongs: (number: number) => boolean) =>
    membersOf(rule.mask)
      .filter(belongs)
      .map((number) => universe.ids[number] ?? '');
  const verdict = verdictOf(judgeRule(rule, known));
  return {
    element: rule.kind,
    verdict,
    metBy: listed((number) => hasBit(present, number)),
    metByOneOf: clauses.filter((clause) => isWithin(clause, rule.below)).map((clause: Bits) => universe.idsOf(clause)),
    inferred: verdict === 'MET' && !intersects(asserted, rule.mask),
    unknown: listed((number) => !hasBit(present, number) && !hasBit(absent, number)),
    absent: listed((number) => hasBit(absent, number)),
  };
}
