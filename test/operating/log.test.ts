import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { loggedDuring } from '../support/logged-during.js';
import { caseContent, certify, connect, foundAccord } from '../support/organisation.js';
import { asStranger, type Ask, withToken } from '../support/raw-seat.js';

const MARKER = 'Zlatka';
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FIELDS = [
  ...['level', 'time', 'event', 'text', 'context', 'correlationId', 'method', 'route', 'status', 'milliseconds'],
  ...['error', 'code', 'frames', 'count', 'signal', 'withheld'],
];

let hub: TestHub;
let ask: Ask;
let raise: () => Promise<unknown>;

beforeAll(async () => {
  hub = await testHub({ environment: { LOG_LEVEL: 'debug' } });
  const { ro, al } = await foundAccord(hub);
  const ngo = await connect(hub, await certify(hub, al, 'desk', 'case-worker'), 'protection');
  raise = () => ngo.raise(caseContent());
  ask = await withToken(hub, await certify(hub, ro, 'desk', 'liaison'), 'protection');
});
afterAll(() => hub.stop());

/** The lines of a log; throws when one is not JSON. */
function linesOf(log: string): Record<string, unknown>[] {
  const lines = log.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>); // parsing
}

/** Sends what no library of ours would send. */
function send(path: string, method: string, headers: Record<string, string>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${hub.url}${path}`, { method, headers, agent: false }, (answer) => {
      answer.resume().once('end', resolve);
    });
    outgoing.once('error', reject).end(body);
  });
}

async function everyInput(): Promise<void> {
  await ask(`query ${MARKER}($id: ID!) { ${MARKER}: alert(id: $id) { id } }`, { id: `alert:${MARKER}` });
  await ask(`{ ${MARKER} }`);
  await ask(`{ alert(id: "${MARKER}`);
  await ask('query ($n: Int!) { alerts(first: $n) { edges { cursor } } }', { n: MARKER });
  await ask(`mutation { raiseAlert(statement: "${MARKER}.${MARKER}.${MARKER}") { __typename } }`);
  await asStranger(hub)(`mutation { join(statement: "${MARKER}") { __typename } }`);
  const json = { 'content-type': 'application/json' };
  await send(`/graphql?${MARKER}=${MARKER}`, 'POST', json, `{"query": "${MARKER}`);
  await send(
    '/graphql',
    'POST',
    { ...json, authorization: `DPoP ${MARKER}`, dpop: MARKER },
    '{"query":"{accord{quorum}}"}',
  );
  await send('/graphql', 'POST', { ...json, 'x-correlation-id': MARKER, 'user-agent': MARKER }, '{}');
  await send(`/${MARKER}/%E0%A4%A`, 'GET', { cookie: `${MARKER}=${MARKER}` }, '');
  await send(`/ontology/${MARKER}/${MARKER}`, 'GET', { accept: MARKER }, '');
  await send(`/oauth/${MARKER}`, 'POST', { 'content-type': 'application/x-www-form-urlencoded' }, MARKER);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: `${MARKER}/${MARKER}`,
    client_assertion: MARKER,
  });
  await send('/oauth/token', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
}

/** Has the database say the marker in its errors, in the members' door, the token service and the matcher. */
async function everyFailure(): Promise<void> {
  await asOwner(
    hub.database.url,
    `CREATE FUNCTION say() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       RAISE '${MARKER}' USING DETAIL = '${MARKER}', HINT = '${MARKER}', CONSTRAINT = '${MARKER}'; END $$;
     CREATE TRIGGER say BEFORE INSERT ON log_entry FOR EACH ROW EXECUTE FUNCTION say();
     CREATE TRIGGER say BEFORE INSERT ON seen_proof FOR EACH ROW EXECUTE FUNCTION say();
     CREATE TRIGGER say BEFORE INSERT ON oauth_record FOR EACH ROW EXECUTE FUNCTION say();`,
  );
  const [seat, member] = [await ask('{ whoami { purpose } }'), raise().catch(() => undefined)];
  expect(seat.status).toBe(500);
  await member;
  await asOwner(hub.database.url, 'DROP TRIGGER say ON seen_proof; DROP TRIGGER say ON oauth_record');
  await raise().catch(() => undefined);
  new Logger(`${MARKER} context`).error(new Error(MARKER), MARKER, MARKER);
  new Logger('capability').warn(`a sentence with ${MARKER}`);
  new Logger('capability').debug({ event: MARKER, code: MARKER, [MARKER]: 1, frames: [MARKER], deep: { MARKER } });
  await asOwner(hub.database.url, 'DROP TRIGGER say ON log_entry');
}

describe('the log at its most talkative', () => {
  it('holds nothing of what was sent and nothing of what libraries and the database say', async () => {
    const log = await loggedDuring(async () => {
      await everyInput();
      await everyFailure();
    });
    expect(log.toLowerCase()).not.toContain(MARKER.toLowerCase());
    const lines = linesOf(log);
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) {
      expect(FIELDS).toEqual(expect.arrayContaining(Object.keys(line)));
      expect(['debug', 'info', 'warn', 'error']).toContain(line['level']);
      expect(new Date(String(line['time'])).getTime()).toBeGreaterThan(Date.now() - 300_000);
    }
    expect(lines).toContainEqual(expect.objectContaining({ context: 'capability', withheld: 1 }));
  });

  it('names a failure as the answer does, in its header and its error, and says where in our own sources it came up', async () => {
    await asOwner(hub.database.url, 'ALTER TABLE access_record RENAME TO elsewhere');
    let correlation: string | null = null;
    const log = await loggedDuring(async () => {
      const { text, headers } = await ask('{ accessRecords(first: 1) { edges { cursor } } }');
      correlation = headers.get('x-correlation-id');
      expect(JSON.parse(text)).toMatchObject({
        errors: [{ extensions: { code: 'INTERNAL', correlationId: correlation } }],
      });
    });
    await asOwner(hub.database.url, 'ALTER TABLE elsewhere RENAME TO access_record');
    expect(correlation).toMatch(ID);
    const lines = linesOf(log).filter(({ correlationId }) => correlationId === correlation);
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error', code: '42P01', context: 'graphql' }));
    expect(lines).toContainEqual(expect.objectContaining({ event: 'REQUEST', route: '/graphql', method: 'POST' }));
    const [frame] = lines.find(({ level }) => level === 'error')?.['frames'] as string[]; // parsing
    expect(frame).toMatch(/^[a-z-]+\/[a-z.-]+:\d+:\d+$/);
  });

  it('never takes a name for a request from a client', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const answer = await fetch(`${hub.url}/health/live`, { headers: { 'x-correlation-id': id } });
    expect(answer.headers.get('x-correlation-id')).toMatch(ID);
    expect(answer.headers.get('x-correlation-id')).not.toBe(id);
  });
});
