import type { Transaction } from '../database/index.js';
import { type Arrival, arrivalDone } from './arrival-queue.js';
import { candidatesOf, type FoundCandidate, searchCandidates } from './candidate-search.js';
import { makeRoom } from './crowding.js';
import { drawDecoys } from './decoys.js';
import { endRecords } from './endings.js';
import { givenOut } from './giving-out.js';
import { joinGroups } from './grouping.js';
import { holdAllButOne } from './held-suggestions.js';
import type { KeysById } from './key-agreement.js';
import type { KeyNumbers } from './key-numbers.js';
import { judgeCandidates, type Match } from './matching.js';
import type { MatchingWeights } from './matching-weights.js';
import { toldBefore } from './one-answer.js';
import { addTokens, findRecord, population, putRecord, reviseRecord } from './record-store.js';
import { alone, between, type Holder, pairedBefore, suggest, type Suggestion } from './suggestions.js';

/** How arrivals are matched. */
export interface MatchingRules {
  readonly keys: KeysById;
  readonly weights: MatchingWeights;
  readonly batchSeconds: number;
  /** Share of the alerts to which a decoy is suggested. */
  readonly decoys: number;
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
  { keys, weights, batchSeconds, decoys }: MatchingRules,
): Promise<void> {
  const { tokens, facts, alertId, sender, receivedAt } = arrival;
  const own = await numbers.of(tokens);
  const hex = tokens.map(({ token }) => token);
  // What is under way together costs one round trip: so do the questions, and what is written in the end.
  const [known, groups, rows, paired] = await Promise.all([
    findRecord(transaction, alertId),
    population(transaction),
    searchCandidates(transaction, alertId, hex, weights.largestBlock),
    pairedBefore(transaction, alertId),
  ]);
  const record = await putRecord(transaction, known, arrival, [...new Set(own)]);
  const candidates = candidatesOf(rows, tokens, facts, await numbers.read(rows.map((row) => row.keys)));
  const arriving = { keyIds: new Set(tokens.map(({ kind }) => kind)) };
  const matches = judgeCandidates(arriving, candidates, Math.max(1, groups), keys, weights);
  const found = matches.filter(({ level }) => level !== 'none');

  const fresh = found.filter(({ candidate }) => isForTwo(candidate, sender) && !paired.has(candidate.record.alert_id));
  const kin = found.filter(({ candidate }) => !isForTwo(candidate, sender)).map(({ candidate }) => candidate);
  const joined = [...fresh.map(({ candidate }) => candidate), ...kin].map(({ group }) => group);
  await addKin(transaction, record.id, kin);
  const suggestions = await suggestionsOf(transaction, { alertId, sender }, fresh);
  await Promise.all([
    suggest(transaction, suggestions, givenOut(receivedAt, new Date(), batchSeconds)),
    makeRoom(
      transaction,
      kin.map((one) => one.record),
      hex,
    ),
    addTokens(transaction, record.id, hex),
    joinGroups(transaction, [record.group, ...joined]),
  ]);

  for (const { level, side, later } of drawDecoys(decoys, batchSeconds)) {
    const decoy = alone(level, side, { alertId, sender });
    await suggest(transaction, [decoy], givenOut(receivedAt, new Date(), batchSeconds, later));
  }
}

/** A member knows its own alerts, and would learn from a suggestion only what the hub makes of them. */
function isForTwo({ record }: FoundCandidate, sender: string): boolean {
  return record.sender !== sender;
}

async function addKin(transaction: Transaction, record: string, kin: readonly FoundCandidate[]): Promise<void> {
  if (kin.length > 0) await transaction.query(KIN, [record, kin.map((one) => one.record.id)]);
}

/** The suggestions that matches make, of those to one member all but one held (PROTOCOL.md K7). */
async function suggestionsOf(
  transaction: Transaction,
  arriving: Holder,
  matches: readonly Match<FoundCandidate>[],
): Promise<readonly Suggestion[]> {
  const pairs = [...matches]
    .sort((a, b) => b.evidence - a.evidence)
    .flatMap(({ level, rungs, candidate: { record } }) => {
      if (level === 'none') return [];
      const second = { alertId: record.alert_id, sender: record.sender };
      return [
        { first: arriving, second, suggestion: { ...between(level, arriving, second), rungs }, other: record.sender },
      ];
    });
  return holdAllButOne(pairs, await toldBefore(transaction, pairs));
}
