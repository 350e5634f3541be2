import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { HubProcess } from '../support/hub-process.js';
import { until } from '../support/until.js';

let hub: HubProcess;
let place: TestDatabase;
let keeper: pg.Client;

beforeEach(async () => {
  [hub, place] = await Promise.all([HubProcess.make(), testDatabase()]);
  keeper = new pg.Client({ connectionString: place.url, options: '-c search_path=symbolon' });
  await keeper.connect();
});
afterEach(async () => {
  await hub.end('SIGKILL');
  await keeper.end();
  await hub.remove();
  await place.drop();
});

async function start(environment: Readonly<Record<string, string>>): Promise<void> {
  const started = await hub.start({ SANDBOX: 'off', DATABASE_URL: place.url, LOG_LEVEL: 'info', ...environment });
  expect({ started, said: hub.output }).toMatchObject({ started: 'ready' });
}

/** Asks for a token for nobody, which the hub looks up each time. */
async function ask(officer: string): Promise<number> {
  const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
  const client = `nl-nobody/${officer}`;
  const assertion = [part({ alg: 'EdDSA' }), part({ iss: client, sub: client, jti: officer }), 'AAAA'].join('.');
  const form = {
    ...{ grant_type: 'client_credentials', client_id: client, client_assertion: assertion },
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  };
  const answer = await fetch(`${hub.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  return ((await answer.json()) as { error?: string }).error === 'invalid_client' ? answer.status : 0; // parsing
}

/** Requests that wait in the database until `keeper` lets go. */
async function underWay(count: number): Promise<Promise<number | 'cut off'>[]> {
  await keeper.query('BEGIN; LOCK TABLE officer, member IN ACCESS EXCLUSIVE MODE');
  const requests = Array.from({ length: count }, (_, n) => ask(`desk-${n}`).catch(() => 'cut off' as const));
  await until('all wait', async () => {
    const rows = await asOwner<{ waiting: number }>(
      place.url,
      "SELECT count(*)::integer AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    );
    return rows[0]?.waiting === count;
  });
  return requests;
}

const isReady = async (): Promise<number> => (await fetch(`${hub.url}/health/ready`)).status;

describe('a node that is told to go', () => {
  it('is not ready at once, still answers newcomers, and gives every request under way its answer', async () => {
    await start({ DRAIN_SECONDS: '3' });
    expect(await isReady()).toBe(200);
    const requests = await underWay(8);
    const ended = hub.end('SIGTERM');
    await until('it is not ready', async () => (await isReady()) === 503);
    const late = await fetch(`${hub.url}/graphql?query=%7Baccord%7Bquorum%7D%7D`, {
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect({ status: late.status, connection: late.headers.get('connection') }).toEqual({
      status: 200,
      connection: 'close',
    });
    await until('it takes nothing new', () =>
      isReady().then(
        () => false,
        () => true,
      ),
    );
    await keeper.query('COMMIT');
    expect(await Promise.all(requests)).toEqual(Array<number>(8).fill(401));
    expect(await ended).toBe(0);
    expect(hub.output).toContain('"event":"DRAINED"');
    expect(hub.output).not.toContain('CUT_OFF');
  });

  it('waits for answers no longer than it was told, and says how many it cut off', async () => {
    await start({ LAST_ANSWERS_SECONDS: '1' });
    const requests = await underWay(3);
    const begun = Date.now();
    expect(await hub.end('SIGTERM')).toBe(0);
    expect(Date.now() - begun).toBeLessThan(15_000);
    expect(await Promise.all(requests)).toEqual(['cut off', 'cut off', 'cut off']);
    expect(hub.output).toContain('"event":"CUT_OFF","count":3');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends at once when it is told a second time, by %s', async (second) => {
    await start({ DRAIN_SECONDS: '60' });
    const requests = await underWay(1);
    const ended = hub.end('SIGTERM');
    await until('it heard', async () => (await isReady()) === 503);
    const begun = Date.now();
    await hub.end(second);
    expect(await ended).toBe(1);
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(await Promise.all(requests)).toEqual(['cut off']);
  });
});
