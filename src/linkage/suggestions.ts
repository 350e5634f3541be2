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
  readonly level: 'link' | 'possible';
  readonly decoy: boolean;
  readonly sides: readonly { readonly side: 1 | 2; readonly holder: Holder }[];
  /** Where the pair stands; a decoy is no pair. */
  readonly rungs?: Rungs;
}

const PAIRED: Statement = {
  name: 'linkage-paired',
  text: `
    SELECT there.alert_id FROM link_side here JOIN link_side there ON there.link_id = here.link_id AND there.side <> here.side
    WHERE here.alert_id = $1`,
};
const ANY_LINK: Statement = {
  name: 'linkage-any-link',
  text: 'SELECT true AS there FROM link_side WHERE alert_id = $1 LIMIT 1',
};
const SUGGEST: Statement = {
  name: 'linkage-suggest',
  text: `
    INSERT INTO link (id, level, decoy, suggested_at, lapses_at)
    SELECT id, level, decoy, $4, $5 FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS g (id, level, decoy)`,
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
    ...{ level, decoy: false },
    sides: [
      { side: 1, holder: one },
      { side: 2, holder: other },
    ],
  };
}

/** The alerts to which this one was ever suggested, whatever became of it. */
export async function pairedBefore(transaction: Transaction, alertId: string): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ alert_id: string }>(PAIRED, [alertId]);
  return new Set(rows.map(({ alert_id }) => alert_id));
}

/** Whether anything was ever suggested to an alert's holder. */
export async function hasAnyLink(transaction: Transaction, alertId: string): Promise<boolean> {
  return (await transaction.query(ANY_LINK, [alertId])).length > 0;
}

/** Writes suggestions, to be seen from `suggestedAt` on. */
export async function suggest(
  transaction: Transaction,
  suggestions: readonly Suggestion[],
  { suggestedAt, lapsesAt }: GivenOut,
): Promise<void> {
  if (suggestions.length === 0) return;
  const rows = suggestions.map((suggestion) => ({ id: randomUUID(), ...suggestion }));
  const sides = rows.flatMap(({ id, sides: both }) => both.map(({ side, holder }) => ({ id, side, ...holder })));
  await Promise.all([
    transaction.query(SUGGEST, [
      rows.map(({ id }) => id),
      rows.map(({ level }) => level),
      rows.map(({ decoy }) => decoy),
      suggestedAt,
      lapsesAt,
    ]),
    transaction.query(SIDES, [
      sides.map(({ id }) => id),
      sides.map(({ side }) => side),
      sides.map(({ sender }) => sender),
      sides.map(({ alertId }) => alertId),
    ]),
    keepRungs(transaction, rows),
  ]);
}
