import type { KeyKind } from '../protocol/linkage/index.js';
import type { ComparedFacts } from './coded-facts.js';
import type { Agreement, KeysById, SharedToken } from './key-agreement.js';
import type { MatchingWeights } from './matching-weights.js';
import type { ComparedPair, Rungs } from './rungs.js';

/** A pair of records as the weights see it. */
export interface WeighedPair extends ComparedPair {
  readonly shared: readonly SharedToken[];
  readonly rungs: Rungs;
}

/**
 * How many times likelier two records of one person are to look like this in names, date, country and place than two of different persons. One cascade:
 * one rung for the names, one for the date, and the chance of all that agrees taken once, from the token that makes it smallest.
 */
export function identityRatio(pair: WeighedPair, population: number, keys: KeysById, weights: MatchingWeights): number {
  const { shared, agreement, known, rungs } = pair;
  const chances = shared.flatMap(({ keyId, holders }) => {
    const key = keys.get(keyId);
    if (!key || key.grade.class === 'DOC') return [];
    return chanceOfToken(holders, key.grade.bits, population, weights) * chanceOfRest(key.kind, agreement, weights);
  });
  if (chances.length === 0) {
    const couldAgree = known.every((parts) => parts.has('names') && parts.has('Y'));
    return couldAgree ? weights.document.identityDiffers : 1;
  }
  const alike =
    weights.names[rungs.names] *
    (rungs.fullDate === null ? 1 : weights.fullDate[rungs.fullDate]) *
    (rungs.partialDate === null ? 1 : weights.partialDate[rungs.partialDate]) *
    (rungs.place === null ? 1 : weights.place[rungs.place]) *
    (rungs.country === null ? 1 : weights.country[rungs.country]);
  return alike / Math.min(...chances);
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
export function factsRatio(facts: ComparedFacts, { country }: Agreement, { facts: weights }: MatchingWeights): number {
  const ageBand = facts.ageBand === 'unknown' ? 1 : weights.ageBand[facts.ageBand];
  const gender = facts.gender === 'unknown' ? 1 : weights.gender[facts.gender];
  const citizenship = facts.citizenship === 'unknown' || country ? 1 : weights.citizenship[facts.citizenship];
  return ageBand * gender * citizenship;
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
