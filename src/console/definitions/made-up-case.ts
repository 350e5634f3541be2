import type { Relations } from './concept-relations.js';

/** A case that somebody makes up to see what laws make of it. It is no person. */
export interface MadeUpCase {
  readonly present: readonly string[];
  readonly absent: readonly string[];
  /** Whether all that is not said is absent. */
  readonly restAbsent: boolean;
}

export const NOTHING_KNOWN: MadeUpCase = { present: [], absent: [], restAbsent: false };

/** What is said of a fact. */
export type Standing = 'present' | 'absent' | 'unknown';

/** What is said of a fact itself, whatever follows from others. */
export function standingOf({ present, absent }: MadeUpCase, id: string): Standing {
  return present.includes(id) ? 'present' : absent.includes(id) ? 'absent' : 'unknown';
}

/** The case with one fact said otherwise; what contradicted it is no longer said, so that a case is never impossible. */
export function withFact(facts: MadeUpCase, id: string, standing: Standing, relations: Relations): MadeUpCase {
  const without = (ids: readonly string[]): readonly string[] => ids.filter((one) => one !== id);
  const [present, absent] = [without(facts.present), without(facts.absent)];
  if (standing === 'present') {
    const follows = relations.up(id);
    return { ...facts, present: [...present, id], absent: absent.filter((one) => !follows.has(one)) };
  }
  if (standing === 'absent') {
    const follows = relations.down(id);
    return { ...facts, present: present.filter((one) => !follows.has(one)), absent: [...absent, id] };
  }
  return { ...facts, present, absent };
}

/** From which said fact one that is not said follows; null when from none. */
export function followingFrom(
  facts: MadeUpCase,
  id: string,
  relations: Relations,
): { readonly standing: 'present' | 'absent'; readonly from: string } | null {
  if (standingOf(facts, id) !== 'unknown') return null;
  const [below, above] = [relations.down(id), relations.up(id)];
  const present = facts.present.find((one) => below.has(one));
  if (present !== undefined) return { standing: 'present', from: present };
  const absent = facts.absent.find((one) => above.has(one));
  return absent === undefined ? null : { standing: 'absent', from: absent };
}

/** What the hub is asked to judge; `legal` are the facts that laws may ask for. */
export function factsToJudge(
  { present, absent, restAbsent }: MadeUpCase,
  legal: readonly string[],
  relations: Relations,
): { readonly present: readonly string[]; readonly absent: readonly string[] } {
  if (!restAbsent) return { present, absent };
  const held = new Set(present.flatMap((id) => [...relations.up(id)]));
  return { present, absent: [...new Set([...absent, ...legal.filter((id) => !held.has(id))])] };
}

/** The facts of the laws at hand: those that they name, those from which one of these follows, and those that are said. */
export function factsThatMatter(
  ids: readonly string[],
  named: ReadonlySet<string>,
  facts: MadeUpCase,
  relations: Relations,
): readonly string[] {
  return ids.filter(
    (id) => standingOf(facts, id) !== 'unknown' || [...relations.up(id)].some((follows) => named.has(follows)),
  );
}
