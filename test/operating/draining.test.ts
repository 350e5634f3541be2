import { request as ask } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { HubProcess } from '../support/hub-process.js';
import { until } from '../support/until.js';

let hub: HubProcess;
let place: TestDatabase;

beforeEach(async () => {
  [hub, place] = await Promise.all([HubProcess.make(), testDatabase()]);
});
afterEach(async () => {
  await hub.end('SIGKILL');
  await hub.remove();
  await place.drop();
});

async function start(environment: Readonly<Record<string, string>>): Promise<void> {
  const started = await hub.start({ SANDBOX: 'off', DATABASE_URL: place.url, LOG_LEVEL: 'info', ...environment });
  expect({ started, said: hub.output }).toMatchObject({ started: 'ready' });
}

/** A request that the hub has taken in and cannot answer yet, since the rest of it is held back. */
interface HeldRequest {
  readonly answer: Promise<number | 'cut off'>;
  release(): void;
}

/** Asks for a token for nobody, which the hub looks up each time. */
async function underWay(officer: string): Promise<HeldRequest> {
  const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
  const client = `nl-nobody/${officer}`;
  const assertion = [part({ alg: 'EdDSA' }), part({ iss: client, sub: client, jti: officer }), 'AAAA'].join('.');
  const form = new URLSearchParams({
    ...{ grant_type: 'client_credentials', client_id: client, client_assertion: assertion },
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }).toString();
  const type = 'application/x-www-form-urlencoded';
  const headers = { expect: '100-continue', 'content-type': type, 'content-length': form.length };
  const request = ask(`${hub.url}/oauth/token`, { method: 'POST', agent: false, headers });
  const answer = new Promise<number | 'cut off'>((resolve, reject) => {
    request.once('response', (response) => {
      json(response).then((body) => {
        const { error } = body as { error?: string }; // parsing
        resolve(error === 'invalid_client' ? (response.statusCode ?? 0) : 0);
      }, reject);
    });
    request.once('error', () => {
      resolve('cut off');
    });
  });
  request.flushHeaders();
  await new Promise((taken) => request.once('continue', taken));
  return { answer, release: () => request.end(form) };
}

function allUnderWay(count: number): Promise<readonly HeldRequest[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => underWay(`desk-${n}`)));
}

function answersOf(requests: readonly HeldRequest[]): Promise<readonly (number | 'cut off')[]> {
  return Promise.all(requests.map(({ answer }) => answer));
}

const isReady = async (): Promise<number> => (await fetch(`${hub.url}/health/ready`)).status;

describe('a node that is told to go', () => {
  it('is not ready at once, still answers newcomers, and gives every request under way its answer', async () => {
    await start({ DRAIN_SECONDS: '3' });
    expect(await isReady()).toBe(200);
    const requests = await allUnderWay(8);
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
    for (const request of requests) request.release();
    expect(await answersOf(requests)).toEqual(Array<number>(8).fill(401));
    expect(await ended).toBe(0);
    expect(hub.output).toContain('"event":"DRAINED"');
    expect(hub.output).not.toContain('CUT_OFF');
  });

  it('waits for answers no longer than it was told, and says how many it cut off', async () => {
    await start({ LAST_ANSWERS_SECONDS: '1' });
    const requests = await allUnderWay(3);
    const begun = Date.now();
    expect(await hub.end('SIGTERM')).toBe(0);
    expect(Date.now() - begun).toBeLessThan(15_000);
    expect(await answersOf(requests)).toEqual(['cut off', 'cut off', 'cut off']);
    expect(hub.output).toContain('"event":"CUT_OFF","count":3');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends at once when it is told a second time, by %s', async (second) => {
    await start({ DRAIN_SECONDS: '60' });
    const requests = await allUnderWay(1);
    const ended = hub.end('SIGTERM');
    await until('it heard', async () => (await isReady()) === 503);
    const begun = Date.now();
    await hub.end(second);
    expect(await ended).toBe(1);
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(await answersOf(requests)).toEqual(['cut off']);
  });
});
