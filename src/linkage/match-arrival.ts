import type { Transaction } from '../database/index.js';
import { answersTo } from './answers.js';
import { type Arrival, arrivalDone } from './arrival-queue.js';
import { candidatesOf, type FoundCandidate, searchCandidates } from './candidate-search.js';
import { makeRoom } from './crowding.js';
import { drawDecoys } from './decoys.js';
import { endRecords } from './endings.js';
import { givenOut } from './giving-out.js';
import { joinGroups } from './grouping.js';
import type { KeysById } from './key-agreement.js';
import type { KeyNumbers } from './key-numbers.js';
import { judgeCandidates } from './matching.js';
import type { MatchingWeights } from './matching-weights.js';
import { addTokens, findRecord, population, putRecord, reviseRecord } from './record-store.js';
import { alone, dropHeld, pairedBefore, suggest } from './suggestions.js';

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
  if (known) await dropHeld(transaction, alertId);
  const record = await putRecord(transaction, known, arrival, [...new Set(own)]);
  const candidates = candidatesOf(rows, tokens, facts, await numbers.read(rows.map((row) => row.keys)));
  const keyIds = new Set(tokens.map(({ kind }) => kind));
  const judge = (some: readonly FoundCandidate[]) =>
    judgeCandidates({ keyIds }, some, Math.max(1, groups), keys, weights);
  const matches = judge(candidates);
  // A member knows its own alerts, and would learn from a suggestion only what the hub makes of them.
  const kin = matches
    .filter(({ level, candidate }) => level !== 'none' && candidate.record.sender === sender)
    .map(({ candidate }) => candidate);
  await addKin(transaction, record.id, kin);
  const answers = await answersTo(transaction, { arriving: { alertId, sender }, matches, judge, paired });
  await Promise.all([
    suggest(transaction, answers.suggestions, givenOut(receivedAt, new Date(), batchSeconds)),
    makeRoom(
      transaction,
      rows.filter((row) => row.sender === sender),
      hex,
    ),
    addTokens(transaction, record.id, hex),
    joinGroups(transaction, [record.group, ...[...answers.candidates, ...kin].map(({ group }) => group)]),
  ]);

  for (const { level, side, later } of drawDecoys(decoys, batchSeconds)) {
    const decoy = alone(level, side, { alertId, sender });
    await suggest(transaction, [decoy], givenOut(receivedAt, new Date(), batchSeconds, later));
  }
}

async function addKin(transaction: Transaction, record: string, kin: readonly FoundCandidate[]): Promise<void> {
  if (kin.length > 0) await transaction.query(KIN, [record, kin.map((one) => one.record.id)]);
}
