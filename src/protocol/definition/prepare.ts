import { Refusal } from '../refusal.js';
import { addBit, type Bits, hasBit, intersects, membersOf, unite } from './bits.js';
import type { CaseFacts } from './model.js';
import type { Universe } from './universe.js';

/** What is known of a case with all that follows from it. */
export interface PreparedCase {
  /** As given, before anything followed. */
  readonly asserted: Bits;
  readonly present: Bits;
  readonly absent: Bits;
  /** Clauses still open: none of their members is present, absent ones are left out, two or more remain. */
  readonly clauses: readonly Bits[];
}

/** Closes facts over the ontology. Throws `Refusal`: UNKNOWN_CODE, CONTRADICTORY_FACTS. */
export function prepare(facts: CaseFacts, universe: Universe): PreparedCase {
  const [asserted, present, absent] = [universe.empty(), universe.empty(), universe.empty()];
  for (const id of facts.present) {
    const number = universe.numberOf(id);
    addBit(asserted, number);
    unite(present, universe.up[number] ?? asserted);
  }
  for (const id of facts.absent) unite(absent, universe.down[universe.numberOf(id)] ?? absent);
  let open = facts.oneOf.map((clause) => clause.map((id) => universe.numberOf(id)));
  for (let changed = true; changed;) {
    changed = false;
    const still: number[][] = [];
    for (const clause of open) {
      if (clause.some((number) => hasBit(present, number))) continue;
      const left = clause.filter((number) => !hasBit(absent, number));
      const [only] = left;
      if (only === undefined) throw contradictory();
      if (left.length > 1) still.push(left);
      else {
        unite(present, universe.up[only] ?? present);
        changed = true;
      }
    }
    open = still;
  }
  if (intersects(present, absent)) throw contradictory();
  return { asserted, present, absent, clauses: open.map((clause) => bitsOf(clause, universe)) };
}

/** The fully known case in which what is given is present with all that follows, and everything else is absent. */
export function closedWorld(present: Bits, universe: Universe): PreparedCase {
  const closed = universe.empty();
  for (const number of membersOf(present)) unite(closed, universe.up[number] ?? closed);
  return { asserted: present, present: closed, absent: closed.map((word) => ~word >>> 0), clauses: [] };
}

function bitsOf(numbers: readonly number[], universe: Universe): Bits {
  const bits = universe.empty();
  for (const number of numbers) addBit(bits, number);
  return bits;
}

function contradictory(): Refusal {
  return new Refusal(
    'CONTRADICTORY_FACTS',
    'The facts contradict each other: something follows as present and as absent.',
    'Correct the facts; leave out what is not known.',
  );
}
