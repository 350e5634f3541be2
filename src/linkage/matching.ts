import type { KeyPart } from '../protocol/linkage/index.js';
import {
  type Agreement,
  agreementOf,
  isTested,
  type KeysById,
  knownPartsOf,
  type SharedToken,
} from './key-agreement.js';
import { documentRatio, factsRatio, identityRatio } from './likelihood.js';
import { levelOf, type MatchLevel } from './match-level.js';
import type { FactComparison, MatchingWeights } from './matching-weights.js';

/** A person in the table with whom an arriving record shares tokens. */
export interface Candidate {
  readonly shared: readonly SharedToken[];
  /** Ids of all keys of the person in the table. */
  readonly keyIds: ReadonlySet<string>;
  readonly ageBand: FactComparison;
  readonly gender: FactComparison;
  readonly citizenship: FactComparison;
}

/** What is judged of one candidate. */
export interface Match<C extends Candidate = Candidate> {
  readonly candidate: C;
  readonly level: MatchLevel;
  /** Probability that it is the same person, given all candidates of the arriving record. */
  readonly probability: number;
  /** Log₂ of the odds, against all else that the arriving person may be; orders pairs of different records. */
  readonly evidence: number;
  readonly agreement: Agreement;
}

/**
 * Judges every candidate of one arriving record. They compete: at most one person of the table is the one who arrives, so that two equally good
 * candidates are both doubtful. Candidates are persons (alerts that were linked before are one); `population` is how many persons the table holds.
 */
export function judgeCandidates<C extends Candidate>(
  arriving: { readonly keyIds: ReadonlySet<string> },
  candidates: readonly C[],
  population: number,
  keys: KeysById,
  weights: MatchingWeights,
): readonly Match<C>[] {
  const own = knownPartsOf(arriving.keyIds, keys);
  const weighed = candidates.map((candidate) => {
    const { shared, keyIds } = candidate;
    const agreement = agreementOf(shared, keys);
    const tested = (part: KeyPart) => isTested(part, agreement, arriving.keyIds, keyIds, keys);
    const pair = { shared, agreement, known: [own, knownPartsOf(keyIds, keys)], isTested: tested } as const;
    const ratio =
      identityRatio(pair, population, keys, weights) *
      documentRatio(pair, population, keys, weights) *
      factsRatio(candidate, agreement, weights);
    return { candidate, pair, odds: (weights.known / population) * ratio };
  });
  const everything = weighed.reduce((sum, { odds }) => sum + odds, 1 - weights.known);
  return weighed.map(({ candidate, pair, odds }) => {
    const probability = odds / everything;
    return {
      candidate,
      level: levelOf({ ...pair, ageBand: candidate.ageBand, gender: candidate.gender }, probability, keys, weights),
      probability,
      evidence: Math.log2(odds / (everything - odds)),
      agreement: pair.agreement,
    };
  });
}
