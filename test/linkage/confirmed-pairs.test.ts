import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { twoNodes, type TwoNodes } from '../support/two-nodes.js';
import { LinkageStage, type MadeUpPerson, pair, somebody } from './linkage-stage.js';

let nodes: TwoNodes;
let stage: LinkageStage;

beforeAll(async () => {
  nodes = await twoNodes();
  stage = await LinkageStage.on(nodes.first);
});
afterAll(() => nodes.stop());
beforeEach(async () => {
  await stage.matched();
  for (const table of ['link_side', 'link', 'linkage_record', 'linkage_confirmed'])
    await stage.rows(`DELETE FROM ${table}`);
});

/** Two names, the year and the country, none of it rare: so many in a table of 5,000 are one person by the weights that ship, and are not when names hardly ever agree. */
const doubtful = (): MadeUpPerson => [{ key: 'T2+Y+C/s:22', token: randomBytes(16).toString('base64url') }];

/** Suggestions of pairs whose names did not agree at all, in the state that the matcher leaves them in. */
async function suggestMany(count: number): Promise<void> {
  await stage.rows(
    `WITH made AS (INSERT INTO link (level, suggested_at, lapses_at) SELECT 'link', now(), now() + interval '90 days'
       FROM generate_series(1, $1::int) RETURNING id)
     INSERT INTO linkage_rungs (link_id, rungs) SELECT id, '{"names":"none","fullDate":"none","country":null}' FROM made`,
    [count],
  );
}
const setState = (from: string, to: string, most = 10_000) =>
  stage.rows('UPDATE link SET state = $2 WHERE id IN (SELECT id FROM link WHERE state = $1 LIMIT $3)', [
    ...[from, to, most],
  ]);
const counted = async (): Promise<Record<string, number>> => {
  const rows = await stage.rows<{ rung: string; pairs: number }>(
    "SELECT ladder || ' ' || rung AS rung, pairs FROM linkage_confirmed WHERE pairs <> 0 ORDER BY 1",
  );
  return Object.fromEntries(rows.map(({ rung, pairs }) => [rung, pairs]));
};

/** Whether a doubtful pair, the second of which comes in at a node, is suggested. */
async function isSuggested(node = nodes.first): Promise<boolean> {
  const person = doubtful();
  const a = await stage.raise(stage.ro, person);
  await stage.matched();
  await stage.rows('UPDATE linkage_population SET groups = 5000');
  const b = await stage.raise(stage.al, person, node);
  await stage.matched(node);
  return (await stage.pairs()).includes(pair(a, b));
}

describe('confirmed pairs', () => {
  it('change nothing up to 1,000; one more changes what is suggested, at every node; and one less changes it back', async () => {
    await suggestMany(1_001);
    await setState('suggested', 'confirmed', 1_000);
    expect(await isSuggested()).toBe(true);
    expect(await isSuggested(nodes.second)).toBe(true);
    await stage.rows(
      "UPDATE link SET state = 'confirmed' WHERE id IN (SELECT link_id FROM linkage_rungs r WHERE r.rungs ->> 'names' = 'none')",
    );
    expect(await counted()).toMatchObject({ 'fullDate none': 1_001, 'names none': 1_001 });
    expect(await isSuggested()).toBe(false);
    expect(await isSuggested(nodes.second)).toBe(false);
    await setState('confirmed', 'withdrawn', 1);
    expect(await counted()).toMatchObject({ 'fullDate none': 1_000, 'names none': 1_000 });
    expect(await isSuggested()).toBe(true);
  });

  it('are counted by the rungs on which they stood when they were suggested', async () => {
    const person = somebody();
    await stage.raise(stage.ro, person);
    await stage.raise(stage.al, person);
    await stage.matched();
    expect(await counted()).toEqual({});
    await setState('suggested', 'comparing');
    expect(await counted()).toEqual({});
    await setState('comparing', 'confirmed');
    expect(await counted()).toEqual({
      ...{ 'country agrees': 1, 'fullDate all': 1, 'names bothCodes': 1, 'place agrees': 1 },
    });
    await setState('confirmed', 'withdrawn');
    expect(await counted()).toEqual({});
    expect(await stage.rows('SELECT FROM linkage_rungs')).toEqual([]);
  });

  it('stay counted when an alert ends, while how the two agreed is forgotten with its tokens', async () => {
    const person = somebody();
    const a = await stage.raise(stage.ro, person);
    await stage.raise(stage.al, person);
    await stage.matched();
    await stage.rows("UPDATE link SET suggested_at = now() - interval '1 hour'");
    await setState('suggested', 'confirmed');
    expect(await stage.rows('SELECT FROM linkage_rungs')).toHaveLength(1);
    await stage.withdraw(stage.ro, a);
    await stage.matched();
    expect(await stage.rows('SELECT FROM linkage_rungs')).toEqual([]);
    expect(await counted()).toMatchObject({ 'names bothCodes': 1 });
    await setState('confirmed', 'withdrawn');
    expect(await counted()).toMatchObject({ 'names bothCodes': 1 });
  });
});

describe('how two alerts agree', () => {
  it.each(['rejected', 'lapsed'])('is forgotten when their link is %s', async (state) => {
    const person = somebody();
    await stage.raise(stage.ro, person);
    await stage.raise(stage.al, person);
    await stage.matched();
    expect(await stage.rows('SELECT FROM linkage_rungs')).toHaveLength(1);
    await setState('suggested', state);
    expect(await stage.rows('SELECT FROM linkage_rungs')).toEqual([]);
    expect(await counted()).toEqual({});
  });
});
