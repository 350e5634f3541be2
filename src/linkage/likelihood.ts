import type { KeyKind, KeyPart } from '../protocol/linkage/index.js';
import { type Agreement, DATE_PARTS, type DatePart, type KeysById, type SharedToken } from './key-agreement.js';
import type { FactComparison, MatchingWeights } from './matching-weights.js';

/** A pair of records as the weights see it. */
export interface WeighedPair {
  readonly shared: readonly SharedToken[];
  readonly agreement: Agreement;
  /** What each of the two is known to know. */
  readonly known: readonly [ReadonlySet<KeyPart | 'names'>, ReadonlySet<KeyPart | 'names'>];
  /** Whether their keys would have shown that a part agrees. */
  readonly isTested: (part: KeyPart) => boolean;
}

/**
 * How many times likelier two records of one person are to look like this in names, date, country and place than two of different persons. One cascade:
 * one rung for the names, one for the date, and the chance of all that agrees taken once, from the token that makes it smallest.
 */
export function identityRatio(pair: WeighedPair, population: number, keys: KeysById, weights: MatchingWeights): number {
  const { shared, agreement, known, isTested } = pair;
  const chances = shared.flatMap(({ keyId, holders }) => {
    const key = keys.get(keyId);
    if (!key || key.grade.class === 'DOC') return [];
    return chanceOfToken(holders, key.grade.bits, population, weights) * chanceOfRest(key.kind, agreement, weights);
  });
  if (chances.length === 0) {
    const couldAgree = known.every((parts) => parts.has('names') && parts.has('Y'));
    return couldAgree ? weights.document.identityDiffers : 1;
  }
  const place = agreement.places > 0 ? weights.place.agrees : isTested('P') ? weights.place.differs : 1;
  const country = agreement.country ? weights.country.agrees : isTested('C') ? weights.country.differs : 1;
  return (namesRung(agreement, weights) * dateRung(pair, weights) * place * country) / Math.min(...chances);
}

/** The same for the family of documents, which is independent of it. */
export function documentRatio(pair: WeighedPair, population: number, keys: KeysById, weights: MatchingWeights): number {
  const { shared, agreement, known } = pair;
  if (agreement.document === 'none')
    return known.every((parts) => parts.has('document')) ? weights.document.differs : 1;
  const chances = shared.flatMap(({ keyId, holders }) => {
    const grade = keys.get(keyId)?.grade;
    return grade?.class === 'DOC' ? [chanceOfToken(holders, grade.bits, population, weights)] : [];
  });
  const alike = agreement.document === 'number' ? weights.document.number : weights.document.lessOne;
  return alike / Math.min(...chances);
}

/** The same for coded facts. A country of birth that agrees has said what the citizenship would say. */
export function factsRatio(
  facts: { readonly ageBand: FactComparison; readonly gender: FactComparison; readonly citizenship: FactComparison },
  agreement: Agreement,
  weights: MatchingWeights,
): number {
  const compared = [facts.ageBand, facts.gender, ...(agreement.country ? [] : [facts.citizenship])];
  return compared.reduce((ratio, one) => (one === 'unknown' ? ratio : ratio * weights.facts[one]), 1);
}

/** The chance that another person has a token: by the others who have it, and by what its grade promises. */
function chanceOfToken(holders: number, bits: number, population: number, weights: MatchingWeights): number {
  return (holders - 1) / population + 2 ** (weights.concentrationBits - bits);
}

/** The chance of all that agrees beyond what this kind of token holds. */
function chanceOfRest({ names, parts }: KeyKind, agreement: Agreement, { chanceOfPart }: MatchingWeights): number {
  let chance = 1;
  for (const part of agreement.date)
    if (!parts.includes(part) && !(parts.includes('dm') && part !== 'Y')) chance *= chanceOfPart[part];
  if (agreement.country && !parts.includes('C')) chance *= chanceOfPart.C;
  if (agreement.places > 0 && !parts.includes('P')) chance *= chanceOfPart.P;
  if (agreement.places > 1) chance *= chanceOfPart.secondPlace;
  const held = names === null ? 0 : names === 'T1' ? 1 : names === 'T2' ? 2 : 3;
  if (held === 0 && agreement.names >= 1) chance *= chanceOfPart.firstName;
  if (held <= 1 && agreement.names >= 2) chance *= chanceOfPart.secondName;
  if (held <= 2 && agreement.names >= 3) chance *= chanceOfPart.thirdName;
  return chance;
}

function namesRung({ names, codes }: Agreement, weights: MatchingWeights): number {
  if (names >= 2)
    return codes.has('skeleton') && codes.has('metaphone') ? weights.names.bothCodes : weights.names.oneCode;
  return names === 1 ? weights.names.one : weights.names.none;
}

function dateRung({ agreement, known }: WeighedPair, weights: MatchingWeights): number {
  const knownToBoth = DATE_PARTS.filter((part) => known.every((parts) => parts.has(part)));
  if (knownToBoth.length === 0) return 1;
  const agrees = (...parts: readonly DatePart[]) => parts.every((part) => agreement.date.has(part));
  if (knownToBoth.length === DATE_PARTS.length) {
    const rungs = weights.fullDate;
    if (agrees('Y', 'M', 'd')) return rungs.all;
    if (agrees('M', 'd')) return rungs.yearDiffers;
    if (agrees('Y', 'M')) return rungs.dayDiffers;
    if (agreement.swapped) return rungs.swapped;
    return agrees('Y') ? rungs.yearOnly : rungs.none;
  }
  const agreed = knownToBoth.filter((part) => agreement.date.has(part)).length;
  const rungs = weights.partialDate;
  return agreed === knownToBoth.length ? rungs.asFarAsKnown : agreed > 0 ? rungs.less : rungs.none;
}
