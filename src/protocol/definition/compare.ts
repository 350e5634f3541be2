import { addBit, type Bits, intersects, membersOf, unite } from './bits.js';
import { ELEMENT_KINDS, type ElementKind, type Verdict } from './model.js';
import { closedWorld } from './prepare.js';
import { CODE, type CompiledVariant, judgeRule } from './rules.js';
import type { Universe } from './universe.js';

/** What one definition takes and another does not, in one kind of element. */
export interface ElementDifference {
  readonly kind: ElementKind;
  readonly sentence: string;
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

/** A smallest fully known case judged differently: what is named is present, all else is absent. */
export interface Witness {
  readonly present: readonly string[];
  readonly underA: Verdict;
  readonly underB: Verdict;
  /** The kinds of element that fail in the nearest variant of the definition that is not met. */
  readonly decidedBy: readonly ElementKind[];
}

export interface Comparison {
  readonly differences: readonly ElementDifference[];
  /** Met under the first, not under the second; null when every case met under the first is met under the second. */
  readonly onlyA: Witness | null;
  readonly onlyB: Witness | null;
}

/** Compares two definitions, each of variants joined by or. */
export function compare(
  a: readonly CompiledVariant[],
  b: readonly CompiledVariant[],
  names: readonly [string, string],
  universe: Universe,
): Comparison {
  const onlyA = smallestWitness(a, b, universe);
  const onlyB = smallestWitness(b, a, universe);
  return {
    differences: ELEMENT_KINDS.flatMap((kind) => differenceIn(kind, a, b, names, universe)),
    onlyA: onlyA && {
      present: universe.idsOf(onlyA.present),
      underA: 'MET',
      underB: 'NOT_MET',
      decidedBy: onlyA.decidedBy,
    },
    onlyB: onlyB && {
      present: universe.idsOf(onlyB.present),
      underA: 'NOT_MET',
      underB: 'MET',
      decidedBy: onlyB.decidedBy,
    },
  };
}

/**
 * Looks for a smallest set of present concepts that meets some variant of `met` and no variant of `unmet`, all else being absent. Rules only ever ask for
 * presence, so that adding facts never unmakes a verdict: if any case tells the two apart, one that chooses a single listed concept for each element does.
 */
function smallestWitness(met: readonly CompiledVariant[], unmet: readonly CompiledVariant[], universe: Universe) {
  let best: Bits | null = null;
  let bound = Infinity;
  const seen = new Set<string>();
  for (const { rules } of met) {
    const extend = (size: number, chosen: Bits, closed: Bits): void => {
      if (size >= bound || isMet(unmet, closed)) return;
      const next = rules.find((rule) => !intersects(closed, rule.mask));
      if (!next) {
        best = chosen;
        bound = size;
        return;
      }
      if (size + 1 >= bound) return;
      for (const number of membersOf(next.mask)) {
        const [choice, more] = [chosen.slice(), closed.slice()];
        addBit(choice, number);
        unite(more, universe.up[number] ?? more);
        const key = `${rules.indexOf(next)} ${size} ${choice.join(' ')}`;
        if (seen.has(key)) continue;
        seen.add(key);
        extend(size + 1, choice, more);
      }
    };
    seen.clear();
    extend(0, universe.empty(), universe.empty());
  }
  return best === null ? null : { present: best, decidedBy: failingKinds(unmet, best, universe) };
}

function isMet(variants: readonly CompiledVariant[], present: Bits): boolean {
  return variants.some(({ rules }) => rules.every((rule) => intersects(present, rule.mask)));
}

function failingKinds(variants: readonly CompiledVariant[], present: Bits, universe: Universe): ElementKind[] {
  const known = closedWorld(present, universe);
  const failing = variants.map(({ rules }) =>
    rules.filter((rule) => judgeRule(rule, known) !== CODE.MET).map(({ kind }) => kind),
  );
  const [nearest = []] = failing.sort((x, y) => x.length - y.length);
  return [...new Set(nearest)];
}

function differenceIn(
  kind: ElementKind,
  a: readonly CompiledVariant[],
  b: readonly CompiledVariant[],
  [nameA, nameB]: readonly [string, string],
  universe: Universe,
): ElementDifference[] {
  const [takenA, takenB] = [a, b].map((variants) => taken(variants, kind, universe));
  if (!takenA || !takenB) return [];
  const onlyA = universe.idsOf(takenA.mask.map((word, i) => word & ~(takenB.below[i] ?? 0)));
  const onlyB = universe.idsOf(takenB.mask.map((word, i) => word & ~(takenA.below[i] ?? 0)));
  const [askA, askB] = [a, b].map((variants) => asking(variants, kind));
  if (onlyA.length === 0 && onlyB.length === 0 && askA === askB) return [];
  return [
    {
      kind,
      sentence: sentenceOf(kind, [nameA, askA ?? 'never'], [nameB, askB ?? 'never'], onlyA.length, onlyB.length),
      onlyA,
      onlyB,
    },
  ];
}

/** The concepts that some variant takes for a kind of element. */
function taken(
  variants: readonly CompiledVariant[],
  kind: ElementKind,
  universe: Universe,
): { mask: Bits; below: Bits } {
  const [mask, below] = [universe.empty(), universe.empty()];
  for (const rule of variants.flatMap(({ rules }) => rules)) {
    if (rule.kind !== kind) continue;
    unite(mask, rule.mask);
    unite(below, rule.below);
  }
  return { mask, below };
}

type Asking = 'always' | 'in some offences' | 'never';

function asking(variants: readonly CompiledVariant[], kind: ElementKind): Asking {
  const count = variants.filter(({ rules }) => rules.some((rule) => rule.kind === kind)).length;
  return count === 0 ? 'never' : count === variants.length ? 'always' : 'in some offences';
}

const NOUN: Readonly<Record<ElementKind, string>> = {
  act: 'an act',
  means: 'a means',
  purpose: 'a purpose',
  movement: 'a border to be crossed',
  age: 'an age',
};

function sentenceOf(
  kind: ElementKind,
  [a, askA]: readonly [string, Asking],
  [b, askB]: readonly [string, Asking],
  onlyA: number,
  onlyB: number,
): string {
  if (askA !== askB) return `${a} asks for ${NOUN[kind]} ${askA}; ${b} ${askB}.`;
  const more = [onlyA > 0 ? `${onlyA} only under ${a}` : '', onlyB > 0 ? `${onlyB} only under ${b}` : ''].filter(
    (part) => part !== '',
  );
  return `Both ask for ${NOUN[kind]} ${askA}, but take different ones: ${more.join(', ')}.`;
}
