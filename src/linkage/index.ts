export { type CodedFacts, type ComparedFacts, compareFacts, type FactComparison } from './coded-facts.js';
export { type Agreement, type KeysById, keysById, type SharedToken } from './key-agreement.js';
export type { MatchLevel } from './match-level.js';
export { type MatchingWeights, readMatchingWeights } from './matching-weights.js';
export { type Candidate, judgeCandidates, type Match } from './matching.js';
export { Matcher } from './matcher.js';
export { MatchingModule, type MatchingOptions } from './matching.module.js';
export { LEAST_CONFIRMED_PAIRS, reestimate, type RungCounts } from './reestimate.js';
export type { Rungs } from './rungs.js';
