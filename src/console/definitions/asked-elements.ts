import type { ElementAnswer } from './documents.js';

/** The kinds of element, as they are asked one after the other. */
export const ELEMENT_KINDS = ['ACT', 'MEANS', 'PURPOSE', 'MOVEMENT', 'AGE'] as const;

/** An offence, as far as it says what is asked. */
export interface OffenceRules {
  readonly id: string;
  readonly counts: boolean;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly elements: readonly ElementAnswer[];
}

/** What a law asks in one kind of element, over its offences. */
export interface Asked {
  readonly asked: 'always' | 'sometimes' | 'never';
  /** The ages in years under which the element is met as well, ascending. */
  readonly waivedUnder: readonly number[];
  readonly open: boolean;
  /** The concepts that meet it, in the order of the law. */
  readonly concepts: readonly string[];
}

/** The law to which a reference belongs: `NL` of `NL-273f-1-1`. */
export function lawCodeOf(ref: string): string {
  return ref.split('-')[0] ?? ref;
}

/** The offences by which a reference is judged on a day: of a law those that count and are in force, or the one that it names. */
export function offencesUnder<Offence extends OffenceRules>(
  offences: readonly Offence[],
  ref: string,
  onDate: string,
): readonly Offence[] {
  if (ref !== lawCodeOf(ref)) return offences.filter(({ id }) => id === ref);
  return offences.filter((one) => one.counts && isInForce(one, onDate));
}

/** Whether an offence is law on a day (ISO 8601). */
export function isInForce({ validFrom, validTo }: OffenceRules, onDate: string): boolean {
  return (validFrom === null || validFrom <= onDate) && (validTo === null || onDate <= validTo);
}

/** What offences ask in one kind of element. */
export function askedOf(offences: readonly OffenceRules[], kind: string): Asked {
  const byOffence = offences.map(({ elements }) => elements.filter((element) => element.kind === kind));
  const elements = byOffence.flat();
  const asking = byOffence.filter((own) => own.length > 0).length;
  return {
    asked: asking === 0 ? 'never' : asking === offences.length ? 'always' : 'sometimes',
    waivedUnder: [...new Set(elements.flatMap(({ waivedUnder }) => waivedUnder ?? []))].sort((a, b) => a - b),
    open: elements.some(({ open }) => open),
    concepts: [...new Set(elements.flatMap(({ anyOf }) => anyOf))],
  };
}

/** Each two of several, in their order. */
export function pairsOf(refs: readonly string[]): readonly (readonly [string, string])[] {
  return refs.flatMap((a, at) => refs.slice(at + 1).map((b) => [a, b] as const));
}
