import type { Statement, Transaction } from '../database/index.js';
import { forgetRungs } from './confirmed-pairs.js';
import { regroup } from './grouping.js';
import { replaceTakenBack } from './held-suggestions.js';
import { removeLinks } from './suggestions.js';
import type { Share } from './turns.js';

const EXPIRED: Statement = {
  name: 'linkage-expired',
  text: 'SELECT alert_id FROM linkage_record WHERE expires_at <= now() AND alert_id <> ALL ($2::uuid[]) ORDER BY expires_at LIMIT $1',
};
const END_RECORDS: Statement = {
  name: 'linkage-record-end',
  text: 'DELETE FROM linkage_record WHERE alert_id = ANY ($1::uuid[]) RETURNING group_id',
};
const END_PERSONS: Statement = {
  name: 'linkage-person-end',
  text: 'DELETE FROM alert_person WHERE alert_id = ANY ($1::uuid[])',
};
const TAKE_BACK: Statement = {
  name: 'linkage-take-back',
  text: `
    WITH unseen AS (
      SELECT DISTINCT link.id FROM link JOIN link_side s ON s.link_id = link.id
      WHERE s.alert_id = ANY ($1::uuid[]) AND link.suggested_at > now()
    ), sides AS (DELETE FROM link_side WHERE link_id IN (SELECT id FROM unseen) RETURNING link_id, alert_id)
    SELECT link_id, alert_id FROM sides`,
};
const LAPSE_WITH: Statement = {
  name: 'linkage-lapse-with',
  text: `
    UPDATE link SET state = 'lapsed' WHERE state IN ('comparing', 'disputed')
      AND id IN (SELECT link_id FROM link_side WHERE alert_id = ANY ($1::uuid[]))`,
};
const LAPSE_DUE: Statement = {
  name: 'linkage-lapse-due',
  text: `
    UPDATE link SET state = CASE
      WHEN state = 'comparing' AND EXISTS (SELECT FROM link_side s WHERE s.link_id = link.id AND s.decision = 'rejected') THEN 'rejected'
      ELSE 'lapsed' END
    WHERE state IN ('suggested', 'comparing', 'disputed') AND lapses_at <= now()`,
};
const GROUPS: Statement = {
  name: 'linkage-ending-groups',
  text: 'SELECT DISTINCT group_id FROM linkage_record WHERE alert_id = ANY ($1::uuid[])',
};

/**
 * Forgets the tokens of alerts that ended or dropped them. What was not given out yet is taken back; who is comparing is told. A suggestion that not both have opened is left to lapse in its time:
 * if it ended early the other holder would know that it was no decoy. The holder of an alert that ended or dropped its tokens can open it no more.
 */
export async function endRecords(transaction: Transaction, alertIds: readonly string[]): Promise<void> {
  const taken = await transaction.query<{ link_id: string; alert_id: string }>(TAKE_BACK, [alertIds]);
  const links = [...new Set(taken.map(({ link_id }) => link_id))];
  await replaceTakenBack(transaction, links);
  await removeLinks(transaction, links);
  await transaction.query(LAPSE_WITH, [alertIds]);
  await forgetRungs(transaction, alertIds);
  const others = await transaction.query<{ group_id: string }>(GROUPS, [taken.map(({ alert_id }) => alert_id)]);
  const ended = await transaction.query<{ group_id: string }>(END_RECORDS, [alertIds]);
  const groups = new Set([...others, ...ended].map(({ group_id }) => group_id));
  for (const group of groups) await regroup(transaction, [group]);
}

/** Cleans up after alerts that expired; whether there may be more. */
export async function endExpired(transaction: Transaction, { most, aside, tried }: Share): Promise<boolean> {
  const rows = await transaction.query<{ alert_id: string }>(EXPIRED, [most, [...aside]]);
  const alertIds = rows.map(({ alert_id }) => alert_id);
  tried.push(...alertIds);
  if (alertIds.length === 0) return false;
  await endRecords(transaction, alertIds);
  await transaction.query(END_PERSONS, [alertIds]);
  return alertIds.length === most;
}

/** Marks what nobody decided in time: rejected when one rejected and the other never answered (PROTOCOL.md K9), lapsed otherwise. */
export async function lapseDue(transaction: Transaction): Promise<void> {
  await transaction.query(LAPSE_DUE);
}
