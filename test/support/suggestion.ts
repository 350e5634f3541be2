import { randomUUID } from 'node:crypto';
import { asOwner } from './database.js';

/** One side of a link: the holder and its alert, `alert:` and a UUID. */
export type SuggestedSide = readonly [member: string, alert: string];

/** What a suggestion may differ in; instants as PostgreSQL intervals from now. */
export interface SuggestionTerms {
  readonly level?: 'link' | 'possible';
  readonly given?: string;
  readonly lapses?: string;
}

/** Suggests a link as the matcher would; its id. One side makes a decoy. */
export async function suggestLink(
  url: string,
  sides: readonly SuggestedSide[],
  { level = 'link', given = '-1 minute', lapses = '90 days' }: SuggestionTerms = {},
): Promise<string> {
  const id = randomUUID();
  const insert = `INSERT INTO link (id, level, decoy, suggested_at, lapses_at)
    VALUES ($1, $2, $3, date_trunc('minute', now()) + $4::interval, date_trunc('minute', now()) + $5::interval)`;
  await asOwner(url, insert, [id, level, sides.length === 1, given, lapses]);
  // As the hub does for an alert that brings tokens: without them it takes part in no link.
  const person = 'INSERT INTO alert_person (alert_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING';
  await asOwner(url, person, [sides.map(([, alert]) => alert.slice('alert:'.length))]);
  for (const [index, [member, alert]] of sides.entries())
    await asOwner(url, 'INSERT INTO link_side (link_id, side, member, alert_id) VALUES ($1, $2, $3, $4)', [
      ...[id, index + 1, member],
      alert.slice('alert:'.length),
    ]);
  return `link:${id}`;
}
