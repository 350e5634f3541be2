import { addBit, type Bits, common, unite, without } from './bits.js';
import { differenceSentence } from './difference-sentence.js';
import type { SideOfDifference } from './side-of-difference.js';
import { type Concept, ELEMENT_KINDS, type ElementKind } from './model.js';
import { type CompiledVariant, conceptsOf } from './rules.js';
import type { Universe } from './universe.js';

/** What one definition asks and another does not, in one kind of element. */
export interface ElementDifference {
  readonly kind: ElementKind;
  readonly a: SideOfDifference;
  readonly b: SideOfDifference;
  /** Concepts that meet an element of the kind in the first and none in the second; without the ages that waive it. */
  readonly onlyA: readonly string[];
  /** The reverse. */
  readonly onlyB: readonly string[];
  /** One plain sentence in English. */
  readonly sentence: string;
}

/** A law or variant that is compared, by the name it was asked for. */
export interface ComparedLaw {
  readonly name: string;
  readonly variants: readonly CompiledVariant[];
}

/** What two laws ask differently, kind by kind. */
export function differencesOf(
  a: ComparedLaw,
  b: ComparedLaw,
  universe: Universe,
  concepts: readonly Concept[],
): readonly ElementDifference[] {
  return ELEMENT_KINDS.flatMap((kind) => {
    const [sideA, sideB] = [sideOf(a.variants, kind), sideOf(b.variants, kind)];
    const [takenA, takenB] = [takenBy(a.variants, kind, universe), takenBy(b.variants, kind, universe)];
    const onlyA = universe.idsOf(without(takenA, takenB));
    const onlyB = universe.idsOf(without(takenB, takenA));
    const alike = onlyA.length + onlyB.length === 0 && JSON.stringify(sideA) === JSON.stringify(sideB);
    if (alike) return [];
    const labels = (ids: readonly string[]) =>
      concepts.filter(({ id }) => ids.includes(id)).map(({ id, label }) => lowerCased(label['en'] ?? id));
    const sentence = differenceSentence(
      kind,
      { name: a.name, side: sideA, only: labels(onlyA) },
      { name: b.name, side: sideB, only: labels(onlyB) },
    );
    return [{ kind, a: sideA, b: sideB, onlyA, onlyB, sentence }];
  });
}

function sideOf(variants: readonly CompiledVariant[], kind: ElementKind): SideOfDifference {
  const byVariant = variants.map(({ definition }) => definition.elements.filter(({ element }) => element === kind));
  const elements = byVariant.flat();
  const asking = byVariant.filter((own) => own.length > 0).length;
  return {
    asked: asking === 0 ? 'never' : asking === variants.length ? 'always' : 'sometimes',
    waivedUnder: [...new Set(elements.flatMap(({ waivedUnder }) => waivedUnder ?? []))].sort((x, y) => x - y),
    open: elements.some(({ open }) => open),
  };
}

/**
 * The concepts that meet an element of the kind: those that a definition names, and those of the kind's scheme from
 * which one of them follows.
 */
function takenBy(variants: readonly CompiledVariant[], kind: ElementKind, universe: Universe): Bits {
  const [named, below, ofScheme] = [universe.empty(), universe.empty(), universe.empty()];
  for (const element of variants.flatMap(({ definition }) => definition.elements)) {
    if (element.element !== kind) continue;
    for (const id of conceptsOf({ ...element, waivedUnder: null })) {
      const number = universe.numberOf(id);
      addBit(named, number);
      unite(below, universe.down[number] ?? below);
    }
  }
  for (const [number, id] of universe.ids.entries()) if (id.startsWith(`${kind}/`)) addBit(ofScheme, number);
  const taken = common(below, ofScheme);
  unite(taken, named);
  return taken;
}

function lowerCased(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
