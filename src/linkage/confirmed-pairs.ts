import type { Statement, Transaction } from '../database/index.js';
import type { RungCounts } from './reestimate.js';
import type { Rungs } from './rungs.js';

const KEEP: Statement = {
  name: 'linkage-rungs-keep',
  text: 'INSERT INTO linkage_rungs (link_id, rungs) SELECT * FROM unnest($1::uuid[], $2::jsonb[])',
};
const FORGET: Statement = {
  name: 'linkage-rungs-forget',
  text: 'DELETE FROM linkage_rungs WHERE link_id IN (SELECT link_id FROM link_side WHERE alert_id = ANY ($1::uuid[]))',
};
const COUNT: Statement = { name: 'linkage-confirmed', text: 'SELECT ladder, rung, pairs FROM linkage_confirmed' };

/**
 * Keeps where the pairs of suggestions stand, to be counted by the database when both holders confirm, and taken out of the count when one takes the link back. What no
 * longer can be confirmed is forgotten there.
 */
export async function keepRungs(
  transaction: Transaction,
  suggestions: readonly { readonly id: string; readonly rungs?: Rungs }[],
): Promise<void> {
  const kept = suggestions.flatMap(({ id, rungs }) => (rungs ? [{ id, rungs }] : []));
  if (kept.length > 0)
    await transaction.query(KEEP, [kept.map(({ id }) => id), kept.map(({ rungs }) => JSON.stringify(rungs))]);
}

/**
 * Forgets where the pairs of alerts stand whose tokens are being forgotten: it would tell how two persons' data agree after nothing else does. The count stays; a link that is taken
 * back later is not taken out of it any more.
 */
export async function forgetRungs(transaction: Transaction, alertIds: readonly string[]): Promise<void> {
  await transaction.query(FORGET, [alertIds]);
}

/** How many confirmed pairs stand on each rung now. */
export async function countConfirmed(transaction: Transaction): Promise<RungCounts> {
  const rows = await transaction.query<{ ladder: string; rung: string; pairs: number }>(COUNT);
  const on = (wanted: keyof Rungs): ReadonlyMap<string, number> =>
    new Map(rows.flatMap(({ ladder, rung, pairs }) => (ladder === wanted ? [[rung, pairs]] : [])));
  return {
    names: on('names'),
    fullDate: on('fullDate'),
    partialDate: on('partialDate'),
    place: on('place'),
    country: on('country'),
  };
}
