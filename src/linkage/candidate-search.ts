import type { Statement, Transaction } from '../database/index.js';
import { type CodedFacts, compareFacts } from './coded-facts.js';
import type { KeyOfEpoch } from './key-numbers.js';
import type { Candidate } from './matching.js';

/** A record of the table that shares tokens. */
export interface CandidateRow {
  readonly id: string;
  readonly alert_id: string;
  readonly sender: string;
  readonly group_id: string;
  readonly keys: readonly number[];
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
    SELECT r.id, r.alert_id, r.sender, r.group_id, r.keys, r.facts, array_agg(hit.place::integer) AS shared
    FROM rare JOIN hit USING (place) JOIN linkage_record r ON r.id = hit.record
    WHERE r.expires_at > now() GROUP BY r.id ORDER BY r.id`,
};

/** The records that share tokens, hexadecimal, which are not too common. What it costs follows from how many there are, not from the table. */
export function searchCandidates(
  transaction: Transaction,
  tokens: readonly string[],
  largestBlock: number,
): Promise<CandidateRow[]> {
  return transaction.query<CandidateRow>(SEARCH, [tokens.map((token) => Buffer.from(token, 'hex')), largestBlock]);
}

/**
 * Candidates as the matching takes them. Tokens of two epochs say the same twice, so that each candidate is compared in one: that in which it shares most.
 * `looked` are the keys of the tokens that were looked up, in their order.
 */
export function candidatesOf(
  rows: readonly CandidateRow[],
  looked: readonly KeyOfEpoch[],
  facts: CodedFacts,
  keys: ReadonlyMap<number, KeyOfEpoch>,
): readonly FoundCandidate[] {
  const holders = new Map<number, Set<string>>();
  for (const { shared, group_id } of rows)
    for (const place of shared) holders.set(place, (holders.get(place) ?? new Set()).add(group_id));
  return rows.map((record) => {
    const epoch = epochOfMost(record.shared, looked);
    const shared = record.shared.flatMap((place) => {
      const key = looked[place - 1];
      return key && key.epoch === epoch ? [{ keyId: key.kind, holders: holders.get(place)?.size ?? 1 }] : [];
    });
    const own = record.keys.flatMap((number) => {
      const key = keys.get(number);
      return key && key.epoch === epoch ? [key.kind] : [];
    });
    return { record, group: record.group_id, shared, keyIds: new Set(own), ...compareFacts(facts, record.facts) };
  });
}

function epochOfMost(shared: readonly number[], looked: readonly KeyOfEpoch[]): string {
  const counts = new Map<string, number>();
  for (const place of shared) {
    const epoch = looked[place - 1]?.epoch;
    if (epoch !== undefined) counts.set(epoch, (counts.get(epoch) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? 1 : -1))[0]?.[0] ?? '';
}
