import type { KeyPart } from '../protocol/linkage/index.js';
import type { Agreement, KeysById, SharedToken } from './key-agreement.js';
import type { FactComparison } from './coded-facts.js';
import type { MatchingWeights } from './matching-weights.js';

/** `link`: both holders are told that it is very probably one person; `possible`: that it may be; `none`: nothing. */
export type MatchLevel = 'link' | 'possible' | 'none';

/**
 * The level at which a candidate is offered. A link needs more than a high probability: a key of the whole person, or a document with names and year, that
 * nobody else in the table has, and nothing that speaks against it. A document alone is never a link, since people are made to carry those of others.
 */
export function levelOf(
  candidate: {
    readonly shared: readonly SharedToken[];
    readonly agreement: Agreement;
    readonly isTested: (part: KeyPart) => boolean;
    readonly ageBand: FactComparison;
    readonly gender: FactComparison;
  },
  probability: number,
  keys: KeysById,
  weights: MatchingWeights,
): MatchLevel {
  if (probability < weights.possibleFrom) return 'none';
  const { shared, agreement, isTested, ageBand, gender } = candidate;
  const contradicted =
    ageBand === 'differs' ||
    gender === 'differs' ||
    (!agreement.country && isTested('C')) ||
    (agreement.places === 0 && isTested('P'));
  const unique = shared.some(({ keyId, holders }) => {
    const key = keys.get(keyId);
    if (!key || holders > 1) return false;
    const wholePerson = key.grade.class === 'FULL' && (key.kind.names === 'T2' || key.kind.names === 'TA');
    return wholePerson || key.kind.parts.includes('document');
  });
  const wholeDate = agreement.date.has('Y') && agreement.date.has('M') && agreement.date.has('d');
  const withDocument = agreement.document === 'number' && agreement.date.has('Y');
  const isLink = unique && agreement.names >= 2 && (wholeDate || withDocument) && !contradicted;
  return isLink && probability >= weights.linkFrom ? 'link' : 'possible';
}
