import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Draining, Metrics, Readiness } from '../../src/operating/index.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { asStranger } from '../support/raw-seat.js';
import { foundAccord } from '../support/organisation.js';
import { StallingLink } from '../support/stalling-link.js';
import { until } from '../support/until.js';

let place: TestDatabase;
let link: StallingLink;
let hub: TestHub;

beforeAll(async () => {
  place = await testDatabase();
  link = await StallingLink.to(place.url);
  hub = await testHub({ database: { ...place, url: link.url } });
});
afterAll(async () => {
  await hub.stop();
  await link.stop();
  await place.drop();
});

const UP = { status: 'up' };
const READY = { node: UP, database: UP, migrations: UP, 'signing-key': UP, log: UP, inboxes: UP };

async function health(which: 'live' | 'ready') {
  const answer = await fetch(`${hub.url}/health/${which}`);
  return { status: answer.status, body: (await answer.json()) as { error: Record<string, { code: string }> } }; // parsing
}

/** Waits until the node says that it is ready, or that it lacks these, each with its code. */
async function untilLacking(codes: Readonly<Record<string, string>>): Promise<void> {
  const wanted = JSON.stringify(codes);
  await until(wanted, async () => {
    const { error } = (await health('ready')).body;
    return JSON.stringify(Object.fromEntries(Object.entries(error).map(([name, { code }]) => [name, code]))) === wanted;
  });
}

describe('the health of a node', () => {
  it('is good when it can serve, and its answer says nothing else', async () => {
    expect(await health('live')).toEqual({ status: 200, body: { status: 'ok', info: {}, error: {}, details: {} } });
    const body = { status: 'ok', info: READY, error: {}, details: READY };
    expect(await health('ready')).toEqual({ status: 200, body });
  });

  it('lacks a database that answers nothing, within its time limit, and lives on', async () => {
    link.stall();
    const begun = Date.now();
    await untilLacking({ database: 'DATABASE_UNREACHABLE', migrations: 'MIGRATIONS_INCOMPLETE' }); // the log degrades
    expect(Date.now() - begun).toBeLessThan(6_000);
    expect((await health('ready')).status).toBe(503);
    expect((await health('live')).status).toBe(200);
    link.resume();
    await untilLacking({});
  });

  it('lacks migrations that did not run, and minds none that a newer node ran', async () => {
    await asOwner(place.url, "UPDATE migrations SET name = 'X' || name WHERE name LIKE 'CreateLinks%'");
    await untilLacking({ migrations: 'MIGRATIONS_INCOMPLETE' });
    await asOwner(place.url, "UPDATE migrations SET name = substr(name, 2) WHERE name LIKE 'XCreateLinks%'");
    await asOwner(place.url, 'INSERT INTO migrations (timestamp, name) VALUES ($1, $2)', [
      9e12,
      'AddMore9000000000000',
    ]);
    await untilLacking({});
  });

  it('says when inboxes do not follow the log, and serves on', async () => {
    const another = new pg.Client({ connectionString: place.url });
    await another.connect();
    await another.query("SELECT pg_advisory_lock(hashtext('symbolon inboxes'))");
    const isSaid = async () => JSON.stringify((await health('ready')).body).includes('INBOXES_STALLED');
    try {
      await foundAccord(hub);
      const { registry } = hub.app.get(Metrics);
      const behind = async () =>
        (await registry.getMetricsAsJSON()).find(({ name }) => name === 'symbolon_inbox_behind_seconds')?.values[0]
          ?.value;
      await until('inboxes are behind', async () => Number(await behind()) > 0);
      await asOwner(place.url, "UPDATE tree_head SET issued_at = issued_at - interval '2 minutes' WHERE size > 0");
      expect(Number(await behind())).toBeGreaterThan(60);
      await until('it is said', isSaid);
      expect((await health('ready')).status).toBe(200);
    } finally {
      await another.end();
    }
    await until('inboxes are filled', async () => !(await isSaid()));
  });

  it('lacks what a capability says that it lacks, also when that fails', async () => {
    let answer: () => string | null = () => 'SEQUENCER_LATE';
    hub.app.get(Readiness).add({ name: 'sequencer', silent: 'SEQUENCER_SILENT', check: () => answer() });
    await untilLacking({ sequencer: 'SEQUENCER_LATE' });
    answer = () => {
      throw new Error('a sentence with a value');
    };
    await untilLacking({ sequencer: 'SEQUENCER_SILENT' });
    answer = () => null;
    await untilLacking({});
  });

  it('ends at once when the node is told to go, while it still answers', async () => {
    hub.drain();
    expect(hub.app.get(Draining).isDraining).toBe(true);
    expect(await health('ready')).toMatchObject({
      status: 503,
      body: { error: { node: { status: 'down', code: 'DRAINING' } } },
    });
    const { status, headers } = await asStranger(hub)('{ accord { quorum } }');
    expect({ status, connection: headers.get('connection') }).toEqual({ status: 200, connection: 'close' });
  });
});
