import type { KeyPart } from '../protocol/linkage/index.js';
import { type Agreement, DATE_PARTS, type DatePart } from './key-agreement.js';
import type { MatchingWeights } from './matching-weights.js';

/** A pair of records as the rungs see it. */
export interface ComparedPair {
  readonly agreement: Agreement;
  /** What each of the two is known to know. */
  readonly known: readonly [ReadonlySet<KeyPart | 'names'>, ReadonlySet<KeyPart | 'names'>];
  /** Whether their keys would have shown that a part agrees. */
  readonly isTested: (part: KeyPart) => boolean;
}

/** Where a pair stands: one rung of each ladder, the highest that holds. Null where the two could not be compared. */
export interface Rungs {
  readonly names: keyof MatchingWeights['names'];
  readonly fullDate: keyof MatchingWeights['fullDate'] | null;
  readonly partialDate: keyof MatchingWeights['partialDate'] | null;
  readonly place: keyof MatchingWeights['place'] | null;
  readonly country: keyof MatchingWeights['country'] | null;
}

export function rungsOf(pair: ComparedPair): Rungs {
  const { agreement, isTested } = pair;
  const { fullDate, partialDate } = dateRungs(pair);
  return {
    names: namesRung(agreement),
    fullDate,
    partialDate,
    place: agreement.places > 0 ? 'agrees' : isTested('P') ? 'differs' : null,
    country: agreement.country ? 'agrees' : isTested('C') ? 'differs' : null,
  };
}

function namesRung({ names, codes }: Agreement): Rungs['names'] {
  if (names >= 2) return codes.has('skeleton') && codes.has('metaphone') ? 'bothCodes' : 'oneCode';
  return names === 1 ? 'one' : 'none';
}

function dateRungs({ agreement, known }: ComparedPair): Pick<Rungs, 'fullDate' | 'partialDate'> {
  const knownToBoth = DATE_PARTS.filter((part) => known.every((parts) => parts.has(part)));
  if (knownToBoth.length === 0) return { fullDate: null, partialDate: null };
  if (knownToBoth.length === DATE_PARTS.length) return { fullDate: fullDateRung(agreement), partialDate: null };
  const agreed = knownToBoth.filter((part) => agreement.date.has(part)).length;
  return {
    fullDate: null,
    partialDate: agreed === knownToBoth.length ? 'asFarAsKnown' : agreed > 0 ? 'less' : 'none',
  };
}

function fullDateRung({ date, swapped }: Agreement): NonNullable<Rungs['fullDate']> {
  const agrees = (...parts: readonly DatePart[]) => parts.every((part) => date.has(part));
  if (agrees('Y', 'M', 'd')) return 'all';
  if (agrees('M', 'd')) return 'yearDiffers';
  if (agrees('Y', 'M')) return 'dayDiffers';
  if (swapped) return 'swapped';
  return agrees('Y') ? 'yearOnly' : 'none';
}
