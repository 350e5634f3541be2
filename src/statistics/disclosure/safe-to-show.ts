import { groupsBy } from './groups.js';
import { alertsIn, type Counted } from './piece.js';

/**
 * Whether these alerts may be counted in one number: at least `threshold` persons, and for each sender, who knows its own, as many persons of others or no alert of theirs at all
 * (the dominance rule).
 */
export function isSafeToShow(classes: readonly Counted[], threshold: number): boolean {
  return areEnough(personsBySender(classes), threshold);
}

/** Whether so many persons of each sender hide each other, also from any one of the senders. */
export function areEnough(bySender: ReadonlyMap<string, number>, threshold: number): boolean {
  const all = sum(bySender.values());
  return all >= threshold && (bySender.size === 1 || all - Math.max(...bySender.values()) >= threshold);
}

/** The alerts of a group that may be counted in one number: all, or those of the sender that has enough by itself while the others have not, or none. */
export function safePart<C extends Counted>(
  group: readonly C[],
  threshold: number,
): { readonly shown: readonly C[]; readonly others: readonly C[] } {
  if (isSafeToShow(group, threshold)) return { shown: group, others: [] };
  const [largest] = [...personsBySender(group)].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (!largest || largest[1] < threshold) return { shown: [], others: group };
  return {
    shown: group.filter(({ sender }) => sender === largest[0]),
    others: group.filter(({ sender }) => sender !== largest[0]),
  };
}

/** Some alerts, those that may be shown as alike apart from the others. */
export interface SafeParts<C extends Counted> {
  readonly shown: readonly (readonly C[])[];
  /** Nothing, or enough to hide each other. */
  readonly others: readonly C[];
}

/**
 * Parts a set of alerts by a value. So many parts are given up, the smallest first, that what is left over is nothing, or enough by itself. Of a set that is safe to show both the parts and the
 * rest are.
 */
export function safeParts<C extends Counted>(
  classes: readonly C[],
  valueOf: (one: C) => unknown,
  threshold: number,
): SafeParts<C> {
  const shown: (readonly C[])[] = [];
  const others: C[] = [];
  for (const alike of groupsBy(classes, valueOf)) {
    const part = safePart(alike, threshold);
    if (part.shown.length > 0) shown.push(part.shown);
    for (const one of part.others) others.push(one);
  }
  shown.sort((a, b) => alertsIn(b) - alertsIn(a));
  const left = personsBySender(others);
  while (others.length > 0 && !areEnough(left, threshold)) {
    const smallest = shown.pop();
    if (!smallest) break;
    for (const one of smallest) others.push(one);
    addPersons(left, smallest);
  }
  return { shown, others };
}

function personsBySender(classes: readonly Counted[]): Map<string, number> {
  const persons = new Map<string, number>();
  addPersons(persons, classes);
  return persons;
}

function addPersons(bySender: Map<string, number>, classes: readonly Counted[]): void {
  for (const { sender, persons } of classes) bySender.set(sender, (bySender.get(sender) ?? 0) + persons);
}

function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const one of numbers) all += one;
  return all;
}
