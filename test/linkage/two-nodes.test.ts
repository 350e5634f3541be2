import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testHub } from '../support/hub.js';
import { twoNodes, type TwoNodes } from '../support/two-nodes.js';
import { LinkageStage, pair, somebody } from './linkage-stage.js';

let nodes: TwoNodes;
let stage: LinkageStage;

beforeAll(async () => {
  nodes = await twoNodes();
  stage = await LinkageStage.on(nodes.first);
});
afterAll(() => nodes.stop());

describe('two nodes', () => {
  it('find every pair once, whichever of them took the alerts, in whatever order these became durable', async () => {
    const { first, second } = nodes;
    const persons = Array.from({ length: 12 }, somebody);
    const raised = await Promise.all(
      persons.map((person, at) =>
        Promise.all([
          stage.raise(stage.ro, person, at % 2 === 0 ? first : second),
          stage.raise(stage.al, person, at % 3 === 0 ? first : second),
        ]),
      ),
    );
    await Promise.all([stage.matched(first), stage.matched(second)]);
    expect(await stage.pairs()).toEqual(raised.map(([a, b]) => pair(a, b)).sort());
    expect(await stage.rows('SELECT groups::int FROM linkage_population')).toEqual([{ groups: 12 }]);
  });

  it('match what a node left behind that ended between accepting and matching', async () => {
    const { first } = nodes;
    const person = somebody();
    const third = await testHub({ database: first.database, folder: first.folder, url: first.url });
    const a = await stage.raise(stage.ro, person);
    await stage.matched();
    const holding = await heldTurn();
    const b = await stage.raise(stage.al, person, third);
    await third.stop();
    expect(await stage.rows('SELECT alert_id::text AS id FROM linkage_arrival')).toEqual([{ id: b }]);
    await holding.release();
    await stage.matched();
    expect(await stage.pairs()).toContain(pair(a, b));
  });

  it('match what the other took within seconds, with nobody to tell them', async () => {
    const { first, second } = nodes;
    const person = somebody();
    await stage.raise(stage.ro, person, first);
    await stage.raise(stage.al, person, second);
    await expect(soon(async () => (await stage.rows('SELECT FROM linkage_arrival')).length === 0)).resolves.toBe(true);
  });
});

/** Keeps every node from matching, as a node does that is at it. */
async function heldTurn(): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client(nodes.first.database.url);
  await client.connect();
  await client.query("SELECT pg_advisory_lock(hashtext('symbolon matcher'))");
  return { release: () => client.end() };
}

async function soon(holds: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
