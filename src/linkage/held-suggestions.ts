import { randomInt } from 'node:crypto';
import type { Statement, Transaction } from '../database/index.js';
import { lateWindows } from './decoys.js';
import { givenOut, lapseOf } from './giving-out.js';
import type { Task } from './turns.js';

/** A held suggestion, and what became of that which holds it. */
interface HeldRow {
  readonly id: string;
  readonly held_by: string;
  readonly compared: boolean;
}

const DUE: Statement = {
  name: 'linkage-held-due',
  text: `
    SELECT l.id, l.held_by, holder.compared_at IS NOT NULL AS compared FROM link l JOIN link holder ON holder.id = l.held_by
    WHERE l.suggested_at = 'infinity' AND l.state = 'suggested' AND l.id <> ALL ($2::uuid[])
      AND (holder.state <> 'suggested' OR holder.lapses_at <= now())
    ORDER BY l.held_by, l.id LIMIT $1`,
};
const HELD_BY: Statement = {
  name: 'linkage-held-by',
  text: `SELECT id, held_by, due_at FROM link WHERE held_by = ANY ($1::uuid[]) AND id <> ALL ($1::uuid[]) AND state = 'suggested' ORDER BY held_by, due_at, id`,
};
const PLACE: Statement = { name: 'linkage-held-place', text: 'SELECT place_held_link($1, $2, $3, $4)' };
const FOLLOW: Statement = {
  name: 'linkage-held-follow',
  text: "SELECT place_held_link(id, $2, 'infinity', 'infinity') FROM link WHERE held_by = $1 AND id <> $2 AND state = 'suggested'",
};

/**
 * Looks again at suggestions whose holder was compared or lapsed. Of those that were held by one that both have compared, all are given out at the next instant: the two know of each
 * other. Of those held by one that lapsed a single one is, at any time later, as a late decoy is: an instant that follows from what the asker did would be worth more than the suggestion.
 */
export function reconsiderHeld(batchSeconds: number): Task {
  return async (transaction, { most, aside, tried }) => {
    const due = await transaction.query<HeldRow>(DUE, [most, [...aside]]);
    const lapsed = new Set<string>();
    for (const { id, held_by, compared } of due) {
      tried.push(id);
      if (compared) await give(transaction, id, batchSeconds, 0);
      else if (!lapsed.has(held_by)) {
        lapsed.add(held_by);
        await transaction.query(FOLLOW, [held_by, id]);
        await give(transaction, id, batchSeconds, randomInt(lateWindows(batchSeconds)));
      }
    }
    return due.length === most;
  };
}

/**
 * Has others take the place of suggestions that are taken back before anybody saw them: of those that one held, the first is given out at the instant at which it would have been
 * given out without it, and holds the others.
 */
export async function replaceTakenBack(transaction: Transaction, links: readonly string[]): Promise<void> {
  const held = await transaction.query<{ id: string; held_by: string; due_at: Date }>(HELD_BY, [links]);
  const replaced = new Set<string>();
  for (const { id, held_by, due_at } of held) {
    if (replaced.has(held_by)) continue;
    replaced.add(held_by);
    await transaction.query(FOLLOW, [held_by, id]);
    await transaction.query(PLACE, [id, null, due_at, lapseOf(due_at)]);
  }
}

async function give(transaction: Transaction, id: string, batchSeconds: number, later: number): Promise<void> {
  const now = new Date();
  const { suggestedAt, lapsesAt } = givenOut(now, now, batchSeconds, later);
  await transaction.query(PLACE, [id, null, suggestedAt, lapsesAt]);
}
