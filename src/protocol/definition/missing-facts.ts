import { type Bits, hasBit, intersects, isEmpty, membersOf, unite, without } from './bits.js';
import type { Known } from './rules.js';
import type { Universe } from './universe.js';

/** A fact that might be learned: a concept by number, present or absent. */
export interface Fact {
  readonly concept: number;
  readonly present: boolean;
}

/** What is known once a fact is learned; null when it contradicts what is known. */
export function learn({ up, down }: Universe, known: Known, { concept, present }: Fact): Known | null {
  const follows = (present ? up : down)[concept];
  if (follows === undefined || intersects(follows, present ? known.absent : known.present)) return null;
  const grown = (present ? known.present : known.absent).slice();
  unite(grown, follows);
  if (present) return { ...known, present: grown };
  const clauses = known.clauses.map((clause) => without(clause, grown));
  return clauses.some(isEmpty) ? null : { ...known, absent: grown, clauses };
}

/** What is known once all facts are learned; null when they contradict what is known or each other. */
export function learnAll(universe: Universe, known: Known, facts: Iterable<Fact>): Known | null {
  let grown: Known | null = known;
  for (const fact of facts) grown = grown && learn(universe, grown, fact);
  return grown;
}

/** Whether nothing new is learned from a fact. */
export function isKnown(known: Known, { concept, present }: Fact): boolean {
  return hasBit(present ? known.present : known.absent, concept);
}

/** The facts that follow from a fact and are not known yet, without the fact itself. */
export function weakerThan({ up, down }: Universe, known: Known, { concept, present }: Fact): Fact[] {
  const follows = (present ? up : down)[concept];
  const weaker = follows ? membersOf(follows).map((number) => ({ concept: number, present })) : [];
  return weaker.filter((fact) => fact.concept !== concept && !isKnown(known, fact));
}

/** How many of the sets can be found that share no member: whatever meets all of them has at least as many members. */
export function countApart(sets: readonly Bits[]): number {
  const apart: Bits[] = [];
  for (const set of sets) if (!apart.some((other) => intersects(set, other))) apart.push(set);
  return apart.length;
}

/** One text for equal sets of facts. */
export function keyOf(facts: readonly Fact[]): string {
  return facts
    .map(({ concept, present }) => concept * 2 + Number(present))
    .sort((a, b) => a - b)
    .join();
}
