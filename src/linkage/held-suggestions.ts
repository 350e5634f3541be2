import type { Statement, Transaction } from '../database/index.js';
import { givenOut } from './giving-out.js';
import { toldBefore } from './one-answer.js';
import type { Suggestion } from './suggestions.js';

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
    WHERE l.suggested_at = 'infinity' AND l.state = 'suggested'
      AND (holder.id IS NULL OR holder.state <> 'suggested' OR holder.lapses_at <= now())
    ORDER BY l.id LIMIT $1`,
};
const PLACE: Statement = { name: 'linkage-held-place', text: 'SELECT place_held_link($1, $2, $3, $4)' };

/** The most held suggestions that are looked at in one transaction. */
const MOST = 100;

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
 * Looks again at suggestions whose holder was compared, lapsed or was taken back: each is given out at the next instant, or held by another one from then on. Whether
 * there may be more.
 */
export async function reconsiderHeld(transaction: Transaction, batchSeconds: number): Promise<boolean> {
  const due = await transaction.query<HeldRow>(DUE, [MOST]);
  for (const { id, first, first_sender, second, second_sender } of due) {
    // One after another: what is given out now holds the next one.
    const pair = {
      first: { alertId: first, sender: first_sender },
      second: { alertId: second, sender: second_sender },
    };
    const [told] = await toldBefore(transaction, [pair]);
    const heldBy = told?.known === false ? told.waiting : null;
    const now = new Date();
    const { suggestedAt, lapsesAt } = givenOut(now, now, batchSeconds);
    await transaction.query(
      PLACE,
      heldBy === null ? [id, null, suggestedAt, lapsesAt] : [id, heldBy, 'infinity', 'infinity'],
    );
  }
  return due.length === MOST;
}
