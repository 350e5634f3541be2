import type { Statement, Transaction } from '../database/index.js';
import { givenOut } from './giving-out.js';
import { toldBefore } from './one-answer.js';
import type { Suggestion } from './suggestions.js';
import type { Task } from './turns.js';

interface HeldRow {
  readonly id: string;
  readonly first: string;
  readonly first_sender: string;
  readonly second: string;
  readonly second_sender: string;
}

const DUE: Statement = {
  name: 'linkage-held-due',
  text: `
    SELECT l.id, one.alert_id AS first, one.member AS first_sender, two.alert_id AS second, two.member AS second_sender
    FROM link l JOIN link_side one ON one.link_id = l.id AND one.side = 1 JOIN link_side two ON two.link_id = l.id AND two.side = 2
    LEFT JOIN link holder ON holder.id = l.held_by
    WHERE l.suggested_at = 'infinity' AND l.state = 'suggested' AND l.id <> ALL ($2::uuid[])
      AND (holder.id IS NULL OR holder.state <> 'suggested' OR holder.lapses_at <= now())
    ORDER BY l.id LIMIT $1`,
};
const PLACE: Statement = { name: 'linkage-held-place', text: 'SELECT place_held_link($1, $2, $3, $4)' };

/** Those of one arrival that go to the same member, but the best: one answer at a time. `told` are what was said before of each, best first. */
export function holdAllButOne(
  suggestions: readonly { readonly suggestion: Suggestion; readonly other: string }[],
  told: readonly { readonly known: boolean; readonly waiting: string | null }[],
): readonly Suggestion[] {
  const first = new Map<string, string>();
  return suggestions.map(({ suggestion, other }, at) => {
    const { known, waiting } = told[at] ?? { known: false, waiting: null };
    if (known) return suggestion;
    const heldBy = waiting ?? first.get(other) ?? null;
    if (heldBy === null) first.set(other, suggestion.id);
    return { ...suggestion, heldBy };
  });
}

/**
 * Looks again at suggestions whose holder was compared, lapsed or was taken back: each is given out at the next instant, or held by another one from then on.
 */
export function reconsiderHeld(batchSeconds: number): Task {
  return async (transaction, { most, aside, tried }) => {
    const due = await transaction.query<HeldRow>(DUE, [most, [...aside]]);
    for (const held of due) {
      tried.push(held.id);
      // One after another: what is given out now holds the next one.
      await reconsider(transaction, held, batchSeconds);
    }
    return due.length === most;
  };
}

async function reconsider(transaction: Transaction, held: HeldRow, batchSeconds: number): Promise<void> {
  const pair = {
    first: { alertId: held.first, sender: held.first_sender },
    second: { alertId: held.second, sender: held.second_sender },
  };
  const [told] = await toldBefore(transaction, [pair]);
  const heldBy = told?.known === false ? told.waiting : null;
  const now = new Date();
  const { suggestedAt, lapsesAt } = givenOut(now, now, batchSeconds);
  const placed = heldBy === null ? [null, suggestedAt, lapsesAt] : [heldBy, 'infinity', 'infinity'];
  await transaction.query(PLACE, [held.id, ...placed]);
}
