import type { KeyDefinition, KeyPart } from '../protocol/linkage/index.js';
import {
  type Agreement,
  agreementOf,
  isTested,
  type DatePart,
  type Knowledge,
  knowledgeOf,
  type SharedToken,
} from './key-agreement.js';
import type { MatchingWeights } from './weights.js';

/** How two coded facts compare; `unknown` when either is silent. */
export type FactComparison = 'agrees' | 'differs' | 'unknown';

/** A person in the table with whom an arriving record shares tokens. */
export interface Candidate {
  readonly shared: readonly SharedToken[];
  /** Ids of all keys of the person in the table. */
  readonly keyIds: ReadonlySet<string>;
  readonly ageBand: FactComparison;
  readonly gender: FactComparison;
  readonly citizenship: FactComparison;
}

/** `link`: both holders are told that it is very probably one person; `possible`: that it may be; `none`: nothing. */
export type MatchLevel = 'link' | 'possible' | 'none';

export interface Match<C extends Candidate = Candidate> {
  readonly candidate: C;
  readonly level: MatchLevel;
  /** Probability that it is the same person, given all candidates of the arriving record. */
  readonly probability: number;
  /** Log₂ of the odds for this candidate alone; orders pairs of different records. */
  readonly evidence: number;
  readonly agreement: Agreement;
}

/** What matching needs to know once. */
export interface MatchingModel {
  readonly definitions: ReadonlyMap<string, KeyDefinition>;
  readonly weights: MatchingWeights;
}

/**
 * Judges every candidate of one arriving record. They compete: at most one person of the table is the one who arrives, so that two equally good
 * candidates are both doubtful. Candidates are persons (alerts that were linked before are one), `population` is how many the table holds.
 */
export function judgeCandidates<C extends Candidate>(
  arriving: { readonly keyIds: ReadonlySet<string> },
  candidates: readonly C[],
  population: number,
  model: MatchingModel,
): readonly Match<C>[] {
  const known = model.weights.known;
  const own = knowledgeOf(arriving.keyIds, model.definitions);
  const weighed = candidates.map((candidate) => {
    const agreement = agreementOf(candidate.shared, model.definitions);
    const theirs = knowledgeOf(candidate.keyIds, model.definitions);
    const tested = (part: KeyPart) => isTested(part, agreement, arriving.keyIds, candidate.keyIds, model.definitions);
    const ratio =
      identityRatio(candidate.shared, agreement, own, theirs, tested, population, model) *
      documentRatio(candidate.shared, agreement, own, theirs, population, model) *
      factsRatio(candidate, agreement, model.weights);
    return { candidate, agreement, theirs, odds: (known / population) * ratio, tested };
  });
  const total = weighed.reduce((sum, { odds }) => sum + odds, 1 - known);
  return weighed.map(({ candidate, agreement, odds, tested }) => {
    const probability = odds / total;
    return {
      candidate,
      agreement,
      probability,
      evidence: Math.log2(odds / (total - odds)),
      level: levelOf(candidate, agreement, tested, probability, model),
    };
  });
}

/** Likelihood ratio of the identity family: one rung for the names, one for the date, and how rare what they agree on is. */
function identityRatio(
  shared: readonly SharedToken[],
  agreement: Agreement,
  own: Knowledge,
  theirs: Knowledge,
  tested: (part: KeyPart) => boolean,
  population: number,
  { definitions, weights }: MatchingModel,
): number {
  const chances = shared.flatMap(({ keyId, holders }) => {
    const definition = definitions.get(keyId);
    if (!definition || definition.class === 'DOC') return [];
    const others = holders - 1 + population * 2 ** (weights.concentrationBits - definition.leastBits);
    return (others / population) * chanceOfRest(definition, agreement, weights);
  });
  if (chances.length === 0) {
    const contradicts = own.names && theirs.names && own.date.has('Y') && theirs.date.has('Y');
    return contradicts ? weights.document.identityDiffers : 1;
  }
  const alike = namesRung(agreement, weights) * dateRung(agreement, own, theirs, weights);
  const place = agreement.places > 0 ? weights.place.agrees : tested('P') ? weights.place.differs : 1;
  const country = agreement.country ? weights.country.agrees : tested('C') ? weights.country.differs : 1;
  return (alike * place * country) / Math.min(...chances);
}

/** Chance of all that agrees beyond what this token holds. */
function chanceOfRest(
  { names, parts }: KeyDefinition,
  agreement: Agreement,
  { chanceOfPart }: MatchingWeights,
): number {
  let chance = 1;
  for (const part of agreement.date)
    if (!parts.includes(part) && !(parts.includes('dm') && part !== 'Y')) chance *= chanceOfPart[part];
  if (agreement.places > 0 && !parts.includes('P')) chance *= chanceOfPart.P;
  if (agreement.places > 1) chance *= chanceOfPart.secondPlace;
  if (agreement.country && !parts.includes('C')) chance *= chanceOfPart.C;
  const held = names === null ? 0 : names === 'T1' ? 1 : names === 'T2' ? 2 : 3;
  if (held === 0 && agreement.names >= 2) chance *= chanceOfPart.pair;
  if (held === 0 && agreement.names === 1) chance *= chanceOfPart.secondName;
  if (held === 1 && agreement.names >= 2) chance *= chanceOfPart.secondName;
  if (held < 3 && agreement.names >= 3) chance *= chanceOfPart.thirdName;
  return chance;
}

function namesRung({ names, bothCodes }: Agreement, weights: MatchingWeights): number {
  if (names >= 2) return bothCodes ? weights.names.bothCodes : weights.names.oneCode;
  return names === 1 ? weights.names.one : weights.names.none;
}

function dateRung({ date, swapped }: Agreement, own: Knowledge, theirs: Knowledge, weights: MatchingWeights): number {
  const known = (['Y', 'M', 'd'] as const).filter((part) => own.date.has(part) && theirs.date.has(part));
  const agrees = (...parts: readonly DatePart[]) => parts.every((part) => date.has(part));
  if (known.length === 3) {
    const rungs = weights.fullDate;
    if (agrees('Y', 'M', 'd')) return rungs.all;
    if (agrees('M', 'd')) return rungs.yearDiffers;
    if (agrees('Y', 'M')) return rungs.dayDiffers;
    if (swapped) return rungs.swapped;
    return agrees('Y') ? rungs.yearOnly : rungs.none;
  }
  if (known.length === 0) return 1;
  const agreed = known.filter((part) => date.has(part)).length;
  const rungs = weights.partialDate;
  return agreed === known.length ? rungs.asFarAsKnown : agreed > 0 ? rungs.less : rungs.none;
}

/** Likelihood ratio of the document family. */
function documentRatio(
  shared: readonly SharedToken[],
  { document }: Agreement,
  own: Knowledge,
  theirs: Knowledge,
  population: number,
  { definitions, weights }: MatchingModel,
): number {
  if (document === 'none') return own.document && theirs.document ? weights.document.differs : 1;
  const holders = shared.flatMap((one) => (definitions.get(one.keyId)?.class === 'DOC' ? [one.holders] : []));
  const others = Math.min(...holders) - 1 + population * 2 ** (weights.concentrationBits - 30);
  const alike = document === 'number' ? weights.document.number : weights.document.lessOne;
  return alike / (others / population);
}

function factsRatio(candidate: Candidate, agreement: Agreement, { facts }: MatchingWeights): number {
  // A country of birth that agrees has said what the citizenship would say.
  const compared = [candidate.ageBand, candidate.gender, ...(agreement.country ? [] : [candidate.citizenship])];
  return compared.reduce((ratio, one) => (one === 'unknown' ? ratio : ratio * facts[one]), 1);
}

/** A link needs more than a number: a rare key that agrees, two names, nothing that speaks against it, and no second candidate. */
function levelOf(
  candidate: Candidate,
  agreement: Agreement,
  tested: (part: KeyPart) => boolean,
  probability: number,
  { definitions, weights }: MatchingModel,
): MatchLevel {
  if (probability < weights.possibleFrom) return 'none';
  const contradicted =
    [candidate.ageBand, candidate.gender].includes('differs') ||
    (!agreement.country && tested('C')) ||
    (agreement.places === 0 && tested('P'));
  const rare = candidate.shared.some(({ keyId, holders }) => {
    const definition = definitions.get(keyId);
    const wholePerson = definition?.class === 'FULL' && (definition.names === 'T2' || definition.names === 'TA');
    return holders === 1 && (wholePerson || definition?.parts.includes('document') === true);
  });
  const whole =
    agreement.names >= 2 && (agreement.date.size === 3 || (agreement.document === 'number' && agreement.date.has('Y')));
  return rare && whole && !contradicted && probability >= weights.linkFrom ? 'link' : 'possible';
}
