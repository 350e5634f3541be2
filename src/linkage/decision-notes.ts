import type { Statement, Transaction } from '../database/index.js';
import { regroup } from './grouping.js';

/** A note that a link began or ceased to join two records. */
export interface DecisionNote {
  readonly id: string;
  readonly link_id: string;
}

const NEXT: Statement = {
  name: 'linkage-regroupings',
  text: 'SELECT id, link_id FROM linkage_regrouping WHERE link_id <> ALL ($1::uuid[]) ORDER BY id LIMIT $2',
};
const GROUPS: Statement = {
  name: 'linkage-groups-of-link',
  text: `
    SELECT DISTINCT r.group_id FROM link_side s JOIN linkage_record r ON r.alert_id = s.alert_id WHERE s.link_id = $1`,
};
const DONE: Statement = { name: 'linkage-regrouped', text: 'DELETE FROM linkage_regrouping WHERE id = $1' };

/** The oldest notes, but those of links that are set aside. */
export function nextNotes(
  transaction: Transaction,
  aside: ReadonlySet<string>,
  most: number,
): Promise<readonly DecisionNote[]> {
  return transaction.query<DecisionNote>(NEXT, [[...aside], most]);
}

/** Follows a link that was decided since, and takes the note out. */
export async function followNote(transaction: Transaction, { id, link_id }: DecisionNote): Promise<void> {
  const groups = await transaction.query<{ group_id: string }>(GROUPS, [link_id]);
  for (const { group_id } of groups) await regroup(transaction, [group_id]);
  await transaction.query(DONE, [id]);
}
