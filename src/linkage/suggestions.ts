import { randomInt, randomUUID } from 'node:crypto';
import type { Statement, Transaction } from '../database/index.js';
import { keepRungs } from './confirmed-pairs.js';
import type { GivenOut } from './giving-out.js';
import type { Rungs } from './rungs.js';

/** An alert with its sender. */
export interface Holder {
  readonly alertId: string;
  readonly sender: string;
}

/** A suggestion to two holders, or with a decoy to one. */
export interface Suggestion {
  /** UUID. */
  readonly id: string;
  readonly level: 'link' | 'possible';
  readonly decoy: boolean;
  readonly sides: readonly { readonly side: 1 | 2; readonly holder: Holder }[];
  /** The suggestion that holds this one back; null when none does. */
  readonly heldBy: string | null;
  /** Where the pair stands; a decoy is no pair. */
  readonly rungs?: Rungs;
}

const PAIRED: Statement = {
  name: 'linkage-paired',
  text: `
    SELECT there.alert_id FROM link_side here JOIN link_side there ON there.link_id = here.link_id AND there.side <> here.side
    JOIN link ON link.id = here.link_id AND link.suggested_at < 'infinity'
    WHERE here.alert_id = $1`,
};
const SUGGEST: Statement = {
  name: 'linkage-suggest',
  text: `
    INSERT INTO link (id, level, decoy, held_by, due_at, suggested_at, lapses_at)
    SELECT id, level, decoy, held_by, CASE WHEN held_by IS NOT NULL THEN $5::timestamptz END,
      CASE WHEN held_by IS NULL THEN $5::timestamptz ELSE 'infinity' END,
      CASE WHEN held_by IS NULL THEN $6::timestamptz ELSE 'infinity' END
    FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::uuid[]) AS g (id, level, decoy, held_by)`,
};
const SIDES: Statement = {
  name: 'linkage-suggest-sides',
  text: `
    INSERT INTO link_side (link_id, side, member, alert_id)
    SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::uuid[])`,
};

/** A suggestion that two alerts are about one person. Which of the two came first the sides do not tell. */
export function between(level: 'link' | 'possible', first: Holder, second: Holder): Suggestion {
  const [one, other] = randomInt(2) === 0 ? [first, second] : [second, first];
  return {
    ...{ id: randomUUID(), level, decoy: false, heldBy: null },
    sides: [
      { side: 1, holder: one },
      { side: 2, holder: other },
    ],
  };
}

/** A suggestion to one holder, with nobody on the other side. */
export function alone(level: 'link' | 'possible', side: 1 | 2, holder: Holder): Suggestion {
  return { id: randomUUID(), level, decoy: true, heldBy: null, sides: [{ side, holder }] };
}

/** The alerts to which this one was ever suggested, whatever became of it; what is held was not. */
export async function pairedBefore(transaction: Transaction, alertId: string): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ alert_id: string }>(PAIRED, [alertId]);
  return new Set(rows.map(({ alert_id }) => alert_id));
}

const DROP_HELD: Statement = {
  name: 'linkage-drop-held',
  text: `
    WITH held AS (
      SELECT link.id FROM link JOIN link_side s ON s.link_id = link.id WHERE s.alert_id = $1 AND link.suggested_at = 'infinity'
    ), sides AS (DELETE FROM link_side WHERE link_id IN (SELECT id FROM held) RETURNING link_id)
    SELECT DISTINCT link_id FROM sides`,
};
const REMOVE: Statement = { name: 'linkage-remove', text: 'DELETE FROM link WHERE id = ANY ($1::uuid[])' };

/** Takes back what was held for an alert: its new tokens may be about somebody else. */
export async function dropHeld(transaction: Transaction, alertId: string): Promise<void> {
  const rows = await transaction.query<{ link_id: string }>(DROP_HELD, [alertId]);
  if (rows.length > 0)
    await removeLinks(
      transaction,
      rows.map(({ link_id }) => link_id),
    );
}

/** Removes links that nobody saw, whose sides are gone. */
export async function removeLinks(transaction: Transaction, links: readonly string[]): Promise<void> {
  await transaction.query(REMOVE, [links]);
}

/** Writes suggestions, to be seen from `suggestedAt` on; those that are held, until `reconsiderHeld` gives them out. */
export async function suggest(
  transaction: Transaction,
  suggestions: readonly Suggestion[],
  { suggestedAt, lapsesAt }: GivenOut,
): Promise<void> {
  if (suggestions.length === 0) return;
  const sides = suggestions.flatMap(({ id, sides: both }) => both.map(({ side, holder }) => ({ id, side, ...holder })));
  await Promise.all([
    transaction.query(SUGGEST, [
      suggestions.map(({ id }) => id),
      suggestions.map(({ level }) => level),
      suggestions.map(({ decoy }) => decoy),
      suggestions.map(({ heldBy }) => heldBy),
      suggestedAt,
      lapsesAt,
    ]),
    transaction.query(SIDES, [
      sides.map(({ id }) => id),
      sides.map(({ side }) => side),
      sides.map(({ sender }) => sender),
      sides.map(({ alertId }) => alertId),
    ]),
    keepRungs(transaction, suggestions),
  ]);
}
