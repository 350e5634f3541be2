import type { Statement, Transaction } from '../database/index.js';
import { type CodedFacts, compareFacts } from './coded-facts.js';
import type { SharedToken } from './key-agreement.js';
import type { KeyOfEpoch } from './key-numbers.js';
import type { Candidate } from './matching.js';

/** A record of the table that shares tokens. */
export interface CandidateRow {
  readonly id: string;
  readonly alert_id: string;
  readonly sender: string;
  readonly group_id: string;
  /** The list of their numbers, as the database spells it. */
  readonly keys: string;
  readonly facts: CodedFacts;
  /** Places of the shared tokens among those that were looked up, from 1. */
  readonly shared: readonly number[];
}

/** A candidate that knows its record. */
export interface FoundCandidate extends Candidate {
  readonly record: CandidateRow;
}

/**
 * One look into the index for each token. A token that more records have than `largestBlock` says little and would cost much: it is given up one row after.
 * Records of alerts that have expired are there until they are cleaned up, and are no candidates.
 */
const SEARCH: Statement = {
  name: 'linkage-search',
  text: `
    WITH hit AS MATERIALIZED (
      SELECT g.place, h.record FROM unnest($1::bytea[]) WITH ORDINALITY AS g (token, place)
      CROSS JOIN LATERAL (SELECT t.record FROM linkage_token t WHERE t.token = g.token LIMIT $2 + 1) h
    ), rare AS (SELECT place FROM hit GROUP BY place HAVING count(*) <= $2)
    SELECT r.id, r.alert_id, r.sender, r.group_id, r.keys::text, r.facts, array_agg(hit.place::integer) AS shared
    FROM rare JOIN hit USING (place) JOIN linkage_record r ON r.id = hit.record
    WHERE r.expires_at > now() AND r.alert_id <> $3 GROUP BY r.id ORDER BY r.id`,
};

/** The records of other alerts that share tokens, hexadecimal, which are not too common. What it costs follows from how many there are, not from the table. */
export function searchCandidates(
  transaction: Transaction,
  alertId: string,
  tokens: readonly string[],
  largestBlock: number,
): Promise<CandidateRow[]> {
  return transaction.query<CandidateRow>(SEARCH, [
    ...[tokens.map((token) => Buffer.from(token, 'hex')), largestBlock, alertId],
  ]);
}

/**
 * Candidates as the matching takes them. Tokens of two epochs say the same twice, so that each candidate is compared in one: that in which it shares most.
 * `looked` are the keys of the tokens that were looked up, in their order; `keys` what the lists of keys stand for.
 */
export function candidatesOf(
  rows: readonly CandidateRow[],
  looked: readonly KeyOfEpoch[],
  facts: CodedFacts,
  keys: ReadonlyMap<string, readonly KeyOfEpoch[]>,
): readonly FoundCandidate[] {
  const holders = holdersOf(rows);
  const keyIdsOf = keyIdsIn(keys);
  return rows.map((record) => {
    const epoch = epochOfMost(record.shared, looked);
    const { ageBand, gender, citizenship } = compareFacts(facts, record.facts);
    const shared: SharedToken[] = [];
    for (const place of record.shared) {
      const key = looked[place - 1];
      if (key?.epoch === epoch) shared.push({ keyId: key.kind, holders: holders.get(place)?.size ?? 1 });
    }
    // Named one by one: to spread objects costs more than all else here.
    const keyIds = keyIdsOf(record.keys, epoch);
    return { record, group: record.group_id, shared, keyIds, ageBand, gender, citizenship };
  });
}

/** Gives the kinds of keys that a list holds of an epoch, the same set for the same list. */
function keyIdsIn(
  keys: ReadonlyMap<string, readonly KeyOfEpoch[]>,
): (list: string, epoch: string) => ReadonlySet<string> {
  const made = new Map<string, Map<string, ReadonlySet<string>>>();
  return (list, epoch) => {
    const ofEpoch = made.get(epoch) ?? new Map<string, ReadonlySet<string>>();
    made.set(epoch, ofEpoch);
    const known = ofEpoch.get(list);
    if (known) return known;
    const own = new Set(keys.get(list)?.flatMap((key) => (key.epoch === epoch ? [key.kind] : [])));
    ofEpoch.set(list, own);
    return own;
  };
}

/** The groups that have the token at each place. */
function holdersOf(rows: readonly CandidateRow[]): ReadonlyMap<number, ReadonlySet<string>> {
  const holders = new Map<number, Set<string>>();
  for (const { shared, group_id } of rows)
    for (const place of shared) {
      const known = holders.get(place);
      if (known) known.add(group_id);
      else holders.set(place, new Set([group_id]));
    }
  return holders;
}

function epochOfMost(shared: readonly number[], looked: readonly KeyOfEpoch[]): string {
  const epochAt = (place: number | undefined): string | undefined => looked[(place ?? 0) - 1]?.epoch;
  const first = epochAt(shared[0]);
  if (first !== undefined && shared.every((place) => epochAt(place) === first)) return first;
  const counts = new Map<string, number>();
  for (const place of shared) {
    const epoch = epochAt(place);
    if (epoch !== undefined) counts.set(epoch, (counts.get(epoch) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? 1 : -1))[0]?.[0] ?? '';
}
