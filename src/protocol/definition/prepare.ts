import { Refusal } from '../refusal.js';
import { addBit, type Bits, intersects, isEmpty, membersOf, unite } from './bits.js';
import type { CaseFacts } from './model.js';
import { type Universe, unknownConcept } from './universe.js';

/** What is known of a case with all that follows from it. */
export interface PreparedCase {
  /** Stated to be present, before anything followed. */
  readonly asserted: Bits;
  /** Stated to be absent, before anything followed. */
  readonly ruledOut: Bits;
  /** Exactly what is present in every case that agrees with the facts. */
  readonly present: Bits;
  /** Exactly what is absent in every case that agrees with the facts. */
  readonly absent: Bits;
  /** Clauses still open: none of their members is present, absent ones are left out, two or more remain. */
  readonly clauses: readonly Bits[];
}

/**
 * Closes facts over the ontology. Throws `Refusal`: UNKNOWN_CODE, CONTRADICTORY_FACTS; its path begins with the list at
 * fault.
 */
export function prepare(facts: CaseFacts, universe: Universe): PreparedCase {
  const { up, down } = universe;
  const asserted = bitsOf(facts.present, universe, 'present');
  const ruledOut = bitsOf(facts.absent, universe, 'absent');
  const [present, absent] = [universe.empty(), universe.empty()];
  uniteAll(present, asserted, up);
  uniteAll(absent, ruledOut, down);
  if (intersects(present, absent)) throw contradictory(['absent']);

  const clauses: Bits[] = [];
  for (let at = 0; at < facts.oneOf.length; at++) {
    const clause = bitsOf(facts.oneOf[at] ?? [], universe, 'oneOf', at);
    for (let i = 0; i < clause.length; i++) clause[i] = (clause[i] ?? 0) & ~(absent[i] ?? 0);
    if (isEmpty(clause)) throw contradictory(['oneOf', String(at)]);
    clauses.push(clause);
  }
  // Absence is closed downward, so that what follows from a member that is not absent is not absent either: no second
  // round is needed.
  for (const clause of clauses) uniteCommon(present, clause, up);
  return { asserted, ruledOut, present, absent, clauses: clauses.filter((clause) => !intersects(clause, present)) };
}

/** The fully known case in which what is given is present with all that follows, and everything else is absent. */
export function closedWorld(present: Bits, universe: Universe): PreparedCase {
  const closed = universe.empty();
  for (const number of membersOf(present)) unite(closed, universe.up[number] ?? closed);
  const absent = universe.all.map((word, i) => word & ~(closed[i] ?? 0));
  return { asserted: present, ruledOut: absent, present: closed, absent, clauses: [] };
}

function bitsOf(ids: readonly string[], universe: Universe, list: string, clause?: number): Bits {
  const bits = universe.empty();
  for (let at = 0; at < ids.length; at++) {
    const number = universe.findNumber(ids[at] ?? '');
    if (number === undefined) throw unknownConcept([list, String(clause ?? at)]);
    addBit(bits, number);
  }
  return bits;
}

/** Adds what each member stands for. */
function uniteAll(bits: Bits, members: Bits, standsFor: readonly Bits[]): void {
  for (let word = 0; word < members.length; word++) {
    for (let rest = members[word] ?? 0; rest !== 0; rest &= rest - 1) {
      unite(bits, standsFor[(word << 5) + (31 - Math.clz32(rest & -rest))] ?? bits);
    }
  }
}

/** Adds what follows from every member of a clause, so that it holds whichever of them is present. */
function uniteCommon(present: Bits, clause: Bits, up: readonly Bits[]): void {
  const common = new Uint32Array(present.length).fill(0xffffffff);
  for (let word = 0; word < clause.length; word++) {
    for (let rest = clause[word] ?? 0; rest !== 0; rest &= rest - 1) {
      const follows = up[(word << 5) + (31 - Math.clz32(rest & -rest))] ?? common;
      for (let i = 0; i < common.length; i++) common[i] = (common[i] ?? 0) & (follows[i] ?? 0);
    }
  }
  unite(present, common);
}

function contradictory(path: readonly string[]): Refusal {
  return new Refusal(
    'CONTRADICTORY_FACTS',
    'The facts contradict each other: something follows as present and as absent.',
    'Correct the facts; leave out what is not known.',
    path,
  );
}
