import { Refusal } from '../refusal.js';
import { addBit, type Bits, hasBit, membersOf, unite } from './bits.js';
import type { Concept } from './model.js';

/** All concepts by number, with what follows from each. */
export interface Universe {
  readonly ids: readonly string[];
  readonly words: number;
  /** What is present when a concept is: itself, what is broader, what it implies, and so on. */
  readonly up: readonly Bits[];
  /** What is absent when a concept is: itself and whatever would have made it present. */
  readonly down: readonly Bits[];
  /** Every concept. */
  readonly all: Bits;
  findNumber(id: string): number | undefined;
  /** The number of a concept. Throws `Refusal` UNKNOWN_CODE. */
  numberOf(id: string): number;
  idsOf(bits: Bits): string[];
  readonly empty: () => Bits;
}

/** Numbers the concepts and closes their relations. Relations were checked to be acyclic and to have their ends. */
export function makeUniverse(concepts: readonly Concept[]): Universe {
  const ids = concepts.map(({ id }) => id);
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const words = Math.max(1, Math.ceil(ids.length / 32));
  const empty = () => new Uint32Array(words);
  const numberOf = (id: string): number => {
    const number = numbers.get(id);
    if (number === undefined) throw unknownConcept([]);
    return number;
  };
  const up: Bits[] = [];
  const closed = new Map<number, Bits>();
  const close = (number: number): Bits => {
    const known = closed.get(number);
    if (known) return known;
    const bits = empty();
    addBit(bits, number);
    const concept = concepts[number];
    for (const id of [...(concept?.broader ?? []), ...(concept?.implies ?? [])]) unite(bits, close(numberOf(id)));
    closed.set(number, bits);
    return bits;
  };
  for (let number = 0; number < ids.length; number++) up.push(close(number));
  const down = ids.map((_, number) => {
    const bits = empty();
    for (const [other, above] of up.entries()) if (hasBit(above, number)) addBit(bits, other);
    return bits;
  });
  const all = empty();
  for (const number of ids.keys()) addBit(all, number);
  const findNumber = (id: string) => numbers.get(id);
  return {
    ids,
    words,
    up,
    down,
    all,
    findNumber,
    numberOf,
    empty,
    idsOf: (bits) => membersOf(bits).map((number) => ids[number] ?? ''),
  };
}

export function unknownConcept(path: readonly string[]): Refusal {
  return new Refusal('UNKNOWN_CODE', 'A fact is not a concept of the ontology.', 'See the ontology’s concepts.', path);
}
