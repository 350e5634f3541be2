import type { Bits } from './bits.js';
import { CODE, type Known, type RuleBook } from './rules.js';

/** Judges a case under every variant; verdicts as codes by ordinal, in `into` when it is given. */
export type JudgeAll = (known: Known, into?: Uint8Array) => Uint8Array;

/**
 * Makes the hot path: each different rule is judged once a case, from flat arrays, and nothing is allocated when `into`
 * is given. The same verdicts as `judgeRules` for each variant, which a test compares.
 */
export function makeJudgeAll({ variants, rules }: RuleBook, words: number): JudgeAll {
  const masks = flat(rules.map(({ mask }) => mask));
  const belows = flat(rules.map(({ below }) => below));
  const ruleNumbers = Uint16Array.from(variants.flatMap((variant) => [...variant.ruleNumbers]));
  const ends = new Uint16Array(variants.length);
  let end = 0;
  for (const { ordinal, ruleNumbers: own } of variants) ends[ordinal] = end += own.length;
  const byRule = new Uint8Array(rules.length);

  const judgeRuleAt = (start: number, { present, absent, clauses }: Known): number => {
    let possible = 0;
    for (let i = 0; i < words; i++) {
      const wanted = masks[start + i] ?? 0;
      if ((wanted & (present[i] ?? 0)) !== 0) return CODE.MET;
      possible |= wanted & ~(absent[i] ?? 0);
    }
    for (const clause of clauses) {
      let outside = 0;
      for (let i = 0; i < words && outside === 0; i++) outside = (clause[i] ?? 0) & ~(belows[start + i] ?? 0);
      if (outside === 0) return CODE.MET;
    }
    return possible === 0 ? CODE.NOT_MET : CODE.UNDETERMINED;
  };

  return (known, into = new Uint8Array(variants.length)) => {
    for (let rule = 0, start = 0; rule < byRule.length; rule++, start += words)
      byRule[rule] = judgeRuleAt(start, known);
    for (let variant = 0, at = 0; variant < ends.length; variant++) {
      let verdict: number = CODE.MET;
      for (const stop = ends[variant] ?? 0; at < stop; at++) {
        const one = byRule[ruleNumbers[at] ?? 0] ?? 0;
        if (one < verdict) verdict = one;
      }
      into[variant] = verdict;
    }
    return into;
  };
}

function flat(masks: readonly Bits[]): Uint32Array {
  return Uint32Array.from(masks.flatMap((mask) => [...mask]));
}
