import type { KeyPart } from '../protocol/linkage/index.js';
import type { ComparedFacts } from './coded-facts.js';
import {
  type Agreement,
  agreementOf,
  isTested,
  type KeysById,
  type Knowledge,
  knowledgeOf,
  type SharedToken,
} from './key-agreement.js';
import { documentRatio, factsRatio, identityRatio } from './likelihood.js';
import { levelOf, type MatchLevel } from './match-level.js';
import type { MatchingWeights } from './matching-weights.js';
import { type Rungs, rungsOf } from './rungs.js';

/** A record in the table with which an arriving one shares tokens. */
export interface Candidate extends ComparedFacts {
  /** Records that are linked, or suggested to be linked, to each other are of one group: they may be one person and do not compete. */
  readonly group: string;
  readonly shared: readonly SharedToken[];
  /** Ids of all keys of the record in the table. */
  readonly keyIds: ReadonlySet<string>;
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
  /** What a confirmed pair is counted by when the weights are estimated anew. */
  readonly rungs: Rungs;
}

/**
 * Judges every candidate of one arriving record. Groups of candidates compete: at most one person of the table is the one who arrives, so that two
 * equally good candidates who are not suggested to be one are both doubtful. `population` is how many groups the table holds.
 */
export function judgeCandidates<C extends Candidate>(
  arriving: { readonly keyIds: ReadonlySet<string> },
  candidates: readonly C[],
  population: number,
  keys: KeysById,
  weights: MatchingWeights,
): readonly Match<C>[] {
  const knowledge = new Map<ReadonlySet<string>, Knowledge>();
  const knowledgeBehind = (keyIds: ReadonlySet<string>): Knowledge => {
    const known = knowledge.get(keyIds) ?? knowledgeOf(keyIds, keys);
    knowledge.set(keyIds, known);
    return known;
  };
  const own = knowledgeBehind(arriving.keyIds);
  const weighed = candidates.map((candidate) => {
    const { shared, keyIds } = candidate;
    const agreement = agreementOf(shared, keys);
    const theirs = knowledgeBehind(keyIds);
    const known = [own.parts, theirs.parts] as const;
    const tested = (part: KeyPart) => isTested(part, agreement, own.kinds, theirs.kinds);
    const rungs = rungsOf({ agreement, known, isTested: tested });
    // Named one by one, here and below: to spread objects costs more than to weigh a pair.
    const pair = { shared, agreement, known, isTested: tested, rungs };
    const ratio =
      identityRatio(pair, population, keys, weights) *
      documentRatio(pair, population, keys, weights) *
      factsRatio(candidate, agreement, weights);
    return { candidate, pair, odds: (weights.known / population) * ratio };
  });
  const best = new Map<string, number>();
  for (const { candidate, odds } of weighed) best.set(candidate.group, Math.max(best.get(candidate.group) ?? 0, odds));
  const ofGroups = [...best.values()].reduce((sum, odds) => sum + odds, 1 - weights.known);
  return weighed.map(({ candidate, pair, odds }) => {
    const against = ofGroups - (best.get(candidate.group) ?? 0);
    const probability = odds / (odds + against);
    const { shared, agreement, isTested: tested, rungs } = pair;
    const { ageBand, gender } = candidate;
    const seen = { shared, agreement, isTested: tested, ageBand, gender };
    const level = levelOf(seen, probability, keys, weights);
    return { candidate, level, probability, evidence: Math.log2(odds / against), agreement, rungs };
  });
}
