import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { HubProcess } from '../support/hub-process.js';
import { until } from '../support/until.js';

/** What a migration is made to wait for in the middle. */
const GATE = 4711;

let place: TestDatabase;
let nodes: readonly [HubProcess, HubProcess];

beforeEach(async () => {
  place = await testDatabase('empty');
  nodes = [await HubProcess.make(), await HubProcess.make()];
});
afterEach(async () => {
  for (const node of nodes) await node.remove();
  await place.drop();
});

function start(node: HubProcess): Promise<'ready' | number> {
  return node.start({ SANDBOX: 'off', DATABASE_URL: place.url });
}

async function expectMigratedOnce(): Promise<void> {
  const ran = await asOwner<{ name: string }>(place.url, 'SELECT name FROM migrations ORDER BY id');
  expect(ran.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name));
}

/** How many sessions wait at the gate. */
async function atTheGate(): Promise<number> {
  const rows = await asOwner<{ waiting: number }>(
    place.url,
    `SELECT count(*)::integer AS waiting FROM pg_locks WHERE locktype = 'advisory' AND objid = ${GATE} AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows[0]?.waiting ?? 0;
}

describe('two nodes that start together over an empty database', () => {
  it('run each migration once, and both serve', async () => {
    expect(await Promise.all(nodes.map(start))).toEqual(['ready', 'ready']);
    await expectMigratedOnce();
    for (const { url } of nodes) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it('lose nothing when one is killed in the middle: the other begins anew and serves', async () => {
    const keeper = new pg.Client(place.url);
    await keeper.connect();
    await keeper.query(`
      CREATE FUNCTION public.wait_at_gate() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'symbolon.link') THEN
          PERFORM pg_advisory_xact_lock(${GATE});
        END IF; END $$;
      CREATE EVENT TRIGGER gate ON ddl_command_end WHEN tag IN ('CREATE TABLE') EXECUTE FUNCTION public.wait_at_gate();
      SELECT pg_advisory_lock(${GATE})`);
    const [first, second] = nodes;
    void start(first);
    await until('the first is in the middle', async () => (await atTheGate()) === 1, 90_000);
    const serving = start(second);
    await first.end('SIGKILL');
    // The session of the dead one ends although it waits; only then can the other come to the same place.
    await until('nobody is in the middle', async () => (await atTheGate()) === 0);
    await until('the second is in the middle', async () => (await atTheGate()) === 1, 90_000);
    await keeper.query(`SELECT pg_advisory_unlock(${GATE})`);
    expect({ started: await serving, said: second.output }).toMatchObject({ started: 'ready' });
    await keeper.end();
    await expectMigratedOnce();
    expect((await fetch(`${second.url}/health/ready`)).status).toBe(200);
  });
});
