import type { Transaction } from '../database/index.js';
import { type Arrival, arrivalDone } from './arrival-queue.js';
import { candidatesOf, type FoundCandidate, searchCandidates } from './candidate-search.js';
import { drawDecoys, questionOf } from './decoys.js';
import { endRecords } from './endings.js';
import { givenOut } from './giving-out.js';
import { joinGroups } from './grouping.js';
import type { KeysById } from './key-agreement.js';
import type { KeyNumbers } from './key-numbers.js';
import { judgeCandidates, type Match } from './matching.js';
import type { MatchingWeights } from './matching-weights.js';
import { addTokens, population, putRecord, reviseRecord } from './record-store.js';
import { between, hasAnyLink, pairedBefore, suggest, type Suggestion } from './suggestions.js';

/** How arrivals are matched. */
export interface MatchingRules {
  readonly keys: KeysById;
  readonly weights: MatchingWeights;
  readonly batchSeconds: number;
  /** Share of the alerts to which a decoy is suggested. */
  readonly decoys: number;
  readonly decoyKey: Uint8Array;
}

const KIN = {
  name: 'linkage-kin-add',
  text: 'INSERT INTO linkage_kin (record, other) SELECT $1, other FROM unnest($2::bigint[]) AS g (other) ON CONFLICT DO NOTHING',
};

/** Matches one arrival and takes it out, all in the caller's transaction. */
export async function matchArrival(
  transaction: Transaction,
  arrival: Arrival,
  numbers: KeyNumbers,
  rules: MatchingRules,
): Promise<void> {
  const { tokens, alertId, expiresAt } = arrival;
  if (tokens === null) await reviseRecord(transaction, arrival);
  else if (tokens.length === 0 || expiresAt.getTime() <= Date.now()) await endRecords(transaction, [alertId]);
  else await matchTokens(transaction, { ...arrival, tokens }, numbers, rules);
  await arrivalDone(transaction, arrival);
}

/** Compares with all that came before, and only then stores the tokens, so that what comes after is compared with this. */
async function matchTokens(
  transaction: Transaction,
  arrival: Arrival & { readonly tokens: NonNullable<Arrival['tokens']> },
  numbers: KeyNumbers,
  { keys, weights, batchSeconds, decoys, decoyKey }: MatchingRules,
): Promise<void> {
  const { tokens, facts, alertId, sender, receivedAt } = arrival;
  const [own, groups] = await Promise.all([numbers.of(tokens), population(transaction)]);
  const record = await putRecord(transaction, arrival, [...new Set(own)]);
  const hex = tokens.map(({ token }) => token);
  const rows = await searchCandidates(transaction, hex, weights.largestBlock);
  const known = await numbers.read(rows.flatMap((row) => row.keys));
  const candidates = candidatesOf(rows, tokens, facts, known);
  const arriving = { keyIds: new Set(tokens.map(({ kind }) => kind)) };
  const matches = judgeCandidates(arriving, candidates, Math.max(1, groups), keys, weights);
  const found = matches.filter(({ level }) => level !== 'none');

  const question = questionOf({ sender, alertId }, hex, await hasAnyLink(transaction, alertId));
  const paired = found.length === 0 ? new Set<string>() : await pairedBefore(transaction, alertId);
  const fresh = found.filter(({ candidate }) => isForTwo(candidate, sender) && !paired.has(candidate.record.alert_id));
  const kin = found.filter(({ candidate }) => !isForTwo(candidate, sender));
  const suggestions = fresh.flatMap((match) => suggestionOf(match, { alertId, sender }));
  await suggest(transaction, suggestions, givenOut(receivedAt, new Date(), batchSeconds));
  if (kin.length > 0) await transaction.query(KIN, [record.id, kin.map(({ candidate }) => candidate.record.id)]);
  await addTokens(transaction, record.id, hex);
  const joined = [...fresh, ...kin].map(({ candidate }) => candidate.group);
  await joinGroups(transaction, [record.group, ...joined]);

  for (const { level, side, later } of drawDecoys(decoyKey, question, decoys, batchSeconds)) {
    const alone: Suggestion = { level, decoy: true, sides: [{ side, holder: { alertId, sender } }] };
    await suggest(transaction, [alone], givenOut(receivedAt, new Date(), batchSeconds, later));
  }
}

/** A member knows its own alerts, and would learn from a suggestion only what the hub makes of them. */
function isForTwo({ record }: FoundCandidate, sender: string): boolean {
  return record.sender !== sender;
}

function suggestionOf(
  { level, candidate: { record } }: Match<FoundCandidate>,
  arriving: { readonly alertId: string; readonly sender: string },
): readonly Suggestion[] {
  if (level === 'none') return [];
  return [between(level, arriving, { alertId: record.alert_id, sender: record.sender })];
}
