import type { Statement, Transaction } from '../database/index.js';
import { componentsOf } from './components.js';

const JOINED = "('suggested', 'comparing', 'confirmed', 'disputed')";

const MEMBERS: Statement = {
  name: 'linkage-group-members',
  text: 'SELECT id, alert_id FROM linkage_record WHERE group_id = ANY ($1::bigint[]) ORDER BY id',
};
const EDGES: Statement = {
  name: 'linkage-group-edges',
  text: `
    SELECT here.alert_id AS a, there.alert_id AS b FROM link_side here
    JOIN link ON link.id = here.link_id AND link.state IN ${JOINED}
    JOIN link_side there ON there.link_id = here.link_id AND there.side <> here.side
    WHERE here.alert_id = ANY ($1::uuid[])
    UNION
    SELECT x.alert_id, y.alert_id FROM linkage_kin k JOIN linkage_record x ON x.id = k.record JOIN linkage_record y ON y.id = k.other
    WHERE k.record = ANY ($2::bigint[])`,
};
const NUMBERS: Statement = {
  name: 'linkage-group-numbers',
  text: 'UPDATE linkage_population SET groups = groups + $1, last_group = last_group + $2 RETURNING last_group',
};
const MOVE: Statement = {
  name: 'linkage-group-move',
  text: `UPDATE linkage_record r SET group_id = g.group_id FROM unnest($1::bigint[], $2::bigint[]) AS g (id, group_id)
    WHERE r.id = g.id AND r.group_id <> g.group_id`,
};
const LARGEST: Statement = {
  name: 'linkage-group-largest',
  text: `
    SELECT g.group_id FROM unnest($1::bigint[]) AS g (group_id)
    CROSS JOIN LATERAL (SELECT count(*) AS size FROM (SELECT FROM linkage_record r WHERE r.group_id = g.group_id LIMIT 1000) AS few) AS counted
    ORDER BY counted.size DESC, g.group_id LIMIT 1`,
};
const JOIN: Statement = {
  name: 'linkage-group-join',
  text: 'UPDATE linkage_record SET group_id = $1 WHERE group_id = ANY ($2::bigint[]) AND group_id <> $1',
};

/**
 * Makes one of groups that a record now joins. Each is one already, so that nothing of them has to be read: whoever sends alerts that each resemble the one before would otherwise
 * make every further one dearer, and all members wait for the matcher. The smaller ones move.
 */
export async function joinGroups(transaction: Transaction, groups: readonly string[]): Promise<void> {
  const joined = [...new Set(groups)];
  if (joined.length < 2) return;
  const [largest] = await transaction.query<{ group_id: string }>(LARGEST, [joined]);
  await transaction.query(JOIN, [largest?.group_id, joined]);
  await transaction.query(NUMBERS, [1 - joined.length, 0]);
}

/** Looks again which records of these groups links and kin still join, or now join, and numbers and counts the groups accordingly. */
export async function regroup(transaction: Transaction, groups: readonly string[]): Promise<void> {
  const before = [...new Set(groups)];
  const members = await transaction.query<{ id: string; alert_id: string }>(MEMBERS, [before]);
  const alerts = members.map(({ alert_id }) => alert_id);
  const edges = await transaction.query<{ a: string; b: string }>(EDGES, [alerts, members.map(({ id }) => id)]);
  const idOf = new Map(members.map(({ id, alert_id }) => [alert_id, id]));
  // A link may lead over an alert that has no tokens any more: it still says that those on both sides are one.
  const components = componentsOf(
    alerts,
    edges.map(({ a, b }) => [a, b]),
  );
  const fresh = Math.max(0, components.length - before.length);
  const [counted] = await transaction.query<{ last_group: string }>(NUMBERS, [
    components.length - before.length,
    fresh,
  ]);
  const numbers = [...before, ...Array.from({ length: fresh }, (_, at) => String(Number(counted?.last_group) - at))];
  const moved = components.flatMap((component, at) =>
    component.flatMap((alert) => {
      const id = idOf.get(alert);
      return id === undefined ? [] : [{ id, group: numbers[at] }];
    }),
  );
  await transaction.query(MOVE, [moved.map(({ id }) => id), moved.map(({ group }) => group)]);
}
