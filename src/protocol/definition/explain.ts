import { type Ask, asksOf } from './asks.js';
import { hasBit, intersects, isWithin, membersOf } from './bits.js';
import { type Decider, type Deciders, decidersOf } from './deciders.js';
import type { ElementKind, Verdict } from './model.js';
import type { PreparedCase } from './prepare.js';
import { type CompiledVariant, judgeRule, judgeRules, judgeVariants, type Rule, verdictOf } from './rules.js';
import type { Universe } from './universe.js';

/** How one element came out, and by what. */
export interface ElementTrace {
  readonly element: ElementKind;
  readonly verdict: Verdict;
  /** Listed concepts that are present. Empty when only a clause meets the element. */
  readonly metBy: readonly string[];
  /** Clauses that meet the element: one of these is present, whichever it is. */
  readonly metByOneOf: readonly (readonly string[])[];
  /**
   * How it is met: by a fact as given, by what follows from such facts, or because one of several is present, nobody
   * knows which; null unless met.
   */
  readonly how: 'asserted' | 'inferred' | 'oneOf' | null;
  /** Whether it is met, and by no fact as given. */
  readonly inferred: boolean;
  /** Listed concepts of which nothing is known. */
  readonly unknown: readonly string[];
  /** Listed concepts that are absent. */
  readonly absent: readonly string[];
  /** The absences as given from which those follow: that of a broader concept excludes the narrower. */
  readonly excludedBy: readonly string[];
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
  /**
   * The questions whose yes leads to MET by the shortest way; empty unless undetermined. Worked out when first read, as
   * are the deciders.
   */
  readonly asks: readonly Ask[];
  /** The smallest sets of missing facts that would decide; empty unless undetermined. */
  readonly deciders: readonly Decider[];
  /** Toward which verdicts there are more such sets than `MOST_DECIDERS`. */
  readonly moreDeciders: Deciders['more'];
}

const NO_DECIDERS: Deciders = { sets: [], more: { MET: false, NOT_MET: false } };

/** Judges a case under variants joined by or, with reasons. */
export function explain(known: PreparedCase, variants: readonly CompiledVariant[], universe: Universe): Judgement {
  const verdict = verdictOf(judgeVariants(variants, known));
  const open = verdict === 'UNDETERMINED';
  let asks: readonly Ask[] | undefined;
  let deciders: Deciders | undefined;
  const getDeciders = () => (deciders ??= open ? decidersOf(known, variants, universe) : NO_DECIDERS);
  return {
    verdict,
    byVariant: variants.map(({ id, rules }) => ({
      variant: id,
      verdict: verdictOf(judgeRules(rules, known)),
      trace: rules.map((rule) => traceOf(known, rule, universe)),
    })),
    get asks() {
      return (asks ??= open ? asksOf(known, variants, universe) : []);
    },
    get deciders() {
      return getDeciders().sets;
    },
    get moreDeciders() {
      return getDeciders().more;
    },
  };
}

function traceOf(known: PreparedCase, rule: Rule, universe: Universe): ElementTrace {
  const { ruledOut, present, absent, clauses } = known;
  const listed = (belongs: (number: number) => boolean) =>
    rule.order.filter(belongs).map((number) => universe.ids[number] ?? '');
  const verdict = verdictOf(judgeRule(rule, known));
  const how = verdict === 'MET' ? basisOf(known, rule, universe) : null;
  return {
    element: rule.kind,
    verdict,
    metBy: listed((number) => hasBit(present, number)),
    metByOneOf: clauses.filter((clause) => isWithin(clause, rule.below)).map((clause) => universe.idsOf(clause)),
    how,
    inferred: how !== null && how !== 'asserted',
    unknown: listed((number) => !hasBit(present, number) && !hasBit(absent, number)),
    absent: listed((number) => hasBit(absent, number)),
    excludedBy: membersOf(ruledOut)
      .filter((number) => intersects(universe.down[number] ?? absent, rule.mask))
      .map((number) => universe.ids[number] ?? ''),
  };
}

function basisOf({ asserted }: PreparedCase, rule: Rule, universe: Universe): 'asserted' | 'inferred' | 'oneOf' {
  if (intersects(asserted, rule.mask)) return 'asserted';
  return membersOf(asserted).some((number) => intersects(universe.up[number] ?? asserted, rule.mask))
    ? 'inferred'
    : 'oneOf';
}
