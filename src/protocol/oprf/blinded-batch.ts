import { IDENTITY, type Element, type Ristretto, type Scalar } from './ristretto.js';
import { blindInput, finalizeOutput } from './voprf.js';

/** How many elements every request holds, so that their number says nothing. */
export const BATCH_SIZE = 24;

/** The classes of linkage keys, each with a key of its own at the custodians, because an evaluation hides which it is of. */
export const KEY_CLASSES = ['DOC', 'FULL', 'PARTIAL'] as const;
export type KeyClass = (typeof KEY_CLASSES)[number];

/** What is blinded: the prehash of an encoded linkage key. */
export interface BatchInput {
  readonly keyClass: KeyClass;
  readonly input: Uint8Array;
}

/** Elements by class, in the order in which they are sent. */
export type ElementsByClass = Readonly<Partial<Record<KeyClass, readonly Element[]>>>;

/** A blinded batch. `elements` are sent; the rest stays with whoever blinded. */
export interface BlindedBatch {
  readonly elements: ElementsByClass;
  readonly places: readonly Place[];
}

/** Where an input went, and by what it is unblinded. */
interface Place {
  readonly input: Uint8Array;
  readonly blind: Scalar;
  readonly keyClass: KeyClass;
  readonly at: number;
}

/**
 * Blinds all inputs of one alert, fills up to `BATCH_SIZE` with elements that are as random as the blinded ones, and shuffles within each
 * class. What fills up is of class FULL, so that the tight budget of PARTIAL is left to what needs it; a custodian therefore learns how many
 * DOC and PARTIAL keys there are. Throws `RangeError` for none or more than `BATCH_SIZE`.
 */
export function blindBatch(group: Ristretto, inputs: readonly BatchInput[]): BlindedBatch {
  if (inputs.length === 0 || inputs.length > BATCH_SIZE)
    throw new RangeError(`a batch takes 1 to ${BATCH_SIZE} inputs`);
  const blinded = inputs.map(({ keyClass, input }, from) => ({ from, keyClass, input, ...blindInput(group, input) }));
  const fillers = Array.from({ length: BATCH_SIZE - inputs.length }, () => ({
    ...{ from: null, keyClass: 'FULL' as const, input: IDENTITY, blind: IDENTITY },
    element: group.multiplyGenerator(group.randomScalar()),
  }));
  const elements: Partial<Record<KeyClass, readonly Element[]>> = {};
  const places: Place[] = [];
  for (const keyClass of KEY_CLASSES) {
    const sent = shuffled([...blinded, ...fillers].filter((one) => one.keyClass === keyClass));
    if (sent.length > 0) elements[keyClass] = sent.map(({ element }) => element);
    sent.forEach(({ from, input, blind }, at) => {
      if (from !== null) places[from] = { input, blind, keyClass, at };
    });
  }
  return { elements, places };
}

/** The outputs of a batch, in the order of its inputs, from evaluations that were verified. What filled it up falls away. */
export function finalizeBatch(
  group: Ristretto,
  { places }: BlindedBatch,
  evaluated: ElementsByClass,
): readonly Uint8Array[] {
  return places.map(({ input, blind, keyClass, at }) => {
    const element = evaluated[keyClass]?.[at];
    if (!element) throw new RangeError('an element of the batch was not evaluated');
    return finalizeOutput(group, input, blind, element);
  });
}

/** In an order that nobody can foresee: sorted by random ranks of 64 bits. */
function shuffled<T>(items: readonly T[]): T[] {
  const ranks = crypto.getRandomValues(new BigUint64Array(items.length));
  return items
    .map((item, at) => ({ item, rank: ranks[at] ?? 0n }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
}
