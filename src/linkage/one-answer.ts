import type { Statement, Transaction } from '../database/index.js';
import type { Holder } from './suggestions.js';

/** A pair of alerts of two members that match. */
export interface MatchedPair {
  readonly arriving: Holder;
  /** What was there before. */
  readonly standing: Holder;
}

/** What the two members were told of these persons before. */
export interface ToldBefore {
  /** Whether both have compared alerts that look like these two: they know of each other. */
  readonly known: boolean;
  /** A suggestion that neither compared nor lapsed, given out or about to be; null when there is none. */
  readonly waiting: string | null;
}

/**
 * An alert and those of the same member that look alike, on each side; then what was suggested between the two members about any of them. What waits is looked for around the standing
 * alert alone: whoever asks can choose what its own alert was about before, and would see from what it does not get whether another one waits there. What is held
 * waits too, behind what holds it. What is known has to be so on both sides, as nobody can choose the other's.
 */
const TOLD: Statement = {
  name: 'linkage-told',
  text: `
    WITH pair AS (
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) WITH ORDINALITY AS g (arriving, arriving_sender, standing, standing_sender, place)
    ), named AS (
      SELECT place, 'arriving' AS side, arriving AS alert_id, arriving_sender AS own, standing_sender AS other FROM pair
      UNION ALL SELECT place, 'standing', standing, standing_sender, arriving_sender FROM pair
    ), near AS (
      SELECT place, side, alert_id, own, other FROM named
      UNION SELECT n.place, n.side, kin.alert_id, n.own, n.other FROM named n JOIN linkage_record r USING (alert_id)
        CROSS JOIN LATERAL (
          SELECT k.other AS id FROM linkage_kin k WHERE k.record = r.id UNION ALL SELECT k.record FROM linkage_kin k WHERE k.other = r.id) AS ids
        JOIN linkage_record kin ON kin.id = ids.id
    )
    SELECT pair.place::integer AS place,
      coalesce(bool_or(l.compared_at IS NOT NULL AND EXISTS (
        SELECT FROM near opposite WHERE opposite.place = n.place AND opposite.side <> n.side AND opposite.alert_id = t.alert_id)), false) AS known,
      (array_agg(coalesce(l.held_by, l.id) ORDER BY l.held_by IS NOT NULL, l.suggested_at, l.id)
        FILTER (WHERE n.side = 'standing' AND l.state = 'suggested' AND l.lapses_at > now()))[1] AS waiting
    FROM pair LEFT JOIN (near n JOIN link_side s ON s.alert_id = n.alert_id AND s.member = n.own
      JOIN link_side t ON t.link_id = s.link_id AND t.side <> s.side AND t.member = n.other
      JOIN link l ON l.id = s.link_id) ON n.place = pair.place
    GROUP BY pair.place ORDER BY pair.place`,
};

/** What was said before of each pair, in their order. */
export function toldBefore(transaction: Transaction, pairs: readonly MatchedPair[]): Promise<readonly ToldBefore[]> {
  if (pairs.length === 0) return Promise.resolve([]);
  return transaction.query<ToldBefore & { readonly place: number }>(TOLD, [
    pairs.map(({ arriving }) => arriving.alertId),
    pairs.map(({ arriving }) => arriving.sender),
    pairs.map(({ standing }) => standing.alertId),
    pairs.map(({ standing }) => standing.sender),
  ]);
}
