import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAlive } from '../../src/database/folder-lock.js';
import { evaluateTokens, fetchAgreement, KeyStore, openQuery, type EvaluatedTokens } from '../../src/member/index.js';
import { CustodianRefusal } from '../../src/protocol/custodian/index.js';
import { EVENTS, signStatement } from '../../src/protocol/index.js';
import { freePort } from '../support/hub.js';
import { HubProcess } from '../support/hub-process.js';

const PLACES = ['1', '2', '3'];
const INPUT = { keyClass: 'FULL', keyId: 'TA+D', encoded: new TextEncoder().encode('a made-up person') } as const;

let hub: HubProcess;
let ports: number[];

beforeAll(async () => {
  hub = await HubProcess.make();
  ports = [await freePort(), await freePort(), await freePort()];
  expect({ start: await start(), said: hub.output }).toMatchObject({ start: 'ready' });
}, 180_000);
afterAll(() => hub.remove());

const start = () => hub.start({ SANDBOX_CUSTODIANS: 'on', CUSTODIAN_PORTS: ports.join(',') });
const store = () => KeyStore.open(join(hub.folder, 'sandbox'));
const processOf = (place: string) => Number(readFileSync(join(hub.folder, 'custodians', place, 'lock'), 'utf8'));
const agreement = () => fetchAgreement({ hub: hub.url, audience: hub.url }, store());

async function tokens(member = 'ro-punte'): Promise<EvaluatedTokens> {
  const { epochs } = await agreement();
  if (!epochs[0]) throw new Error('no epoch is open');
  const seat = await store().loadOfficer(member, 'desk-1');
  const purpose = { alert: `alert:${randomUUID()}`, purpose: 'protection' } as const;
  return evaluateTokens([INPUT], epochs[0], seat, purpose, { deadlineMs: 30_000 });
}

const texts = ({ tokens: made }: EvaluatedTokens) => made.map(({ token }) => Buffer.from(token).toString('hex'));

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 300; left > 0; left--) {
    if (await isSo()) return;
    await sleep(200);
  }
  throw new Error(`it did not come to be: ${what}. The hub said: ${hub.output}`);
}

describe('the custodians of the sandbox', () => {
  it('make tokens for a member, the same for the same input, as three processes of their own', async () => {
    const { profile, epochs, known } = await agreement();
    expect(profile).toBe('symbolon-linkage/1');
    expect(epochs).toHaveLength(1);
    expect(known.size).toBe(3);
    expect(new Set([...PLACES.map(processOf), hub.databaseProcess]).size).toBe(4);
    const [one, other] = [await tokens('ro-punte'), await tokens('al-shtegu')];
    expect(texts(one)).toEqual(texts(other));
    expect(texts(one)).toHaveLength(1);
  }, 60_000);

  it('do without one that was killed, which is started again', async () => {
    const before = texts(await tokens());
    const killed = processOf('1');
    process.kill(killed, 'SIGKILL');
    await until('it is dead', () => !isAlive(killed));
    expect(texts(await tokens())).toEqual(before);
    await until('it serves again', () => hub.output.includes('Custodian nl-hoeder serves again.'));
    expect(hub.output).toContain('Custodian nl-hoeder ended (SIGKILL)');
    expect(isAlive(processOf('1'))).toBe(true);
  }, 120_000);

  it('hear of an officer that was revoked', async () => {
    await tokens('be-anker');
    const { key } = await store().loadMember('be-anker');
    const event = { issuer: 'be-anker', audience: hub.url, event: EVENTS.revokeOfficer, body: { officer: 'desk-1' } };
    const statement = await signStatement({ ...event, issuedAt: Math.floor(Date.now() / 1000) }, key);
    const revoke = 'mutation ($s: SignedStatement!) { it: revokeOfficer(statement: $s) { __typename } }';
    expect(await openQuery(hub.url, revoke, { s: statement })).toEqual({ it: { __typename: 'StatementAccepted' } });
    await until('custodians refuse', () =>
      tokens('be-anker').then(
        () => false,
        (error: unknown) => error instanceof CustodianRefusal && error.code === 'OFFICER_EXPIRED',
      ),
    );
  }, 120_000);

  it('end with the hub when it is killed, and make the same tokens after its next start', async () => {
    const before = texts(await tokens('al-shtegu'));
    const custodians = PLACES.map(processOf);
    await hub.end('SIGKILL');
    await until('all are gone', () => !custodians.some(isAlive));
    expect({ start: await start(), said: hub.output }).toMatchObject({ start: 'ready' });
    expect(texts(await tokens('al-shtegu'))).toEqual(before);
  }, 180_000);

  it('end with the hub when it is stopped', async () => {
    const custodians = PLACES.map(processOf);
    expect(await hub.end('SIGTERM')).toBe(0);
    expect(hub.output).not.toContain('is started again');
    expect(custodians.filter(isAlive)).toEqual([]);
  }, 60_000);

  it('are not started on a port that is taken, and the hub says which and what to do', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(ports[1], '127.0.0.1', resolve));
    expect(await start()).toBe(1);
    expect(hub.output).toContain(`Port ${ports[1]} of the sandbox's custodian ro-strajer is taken`);
    expect(hub.output).toContain('CUSTODIAN_PORTS');
    taken.close();
    ports = [await freePort(), await freePort(), await freePort()];
    expect(await start()).toBe(1);
    expect(hub.output).toContain('set CUSTODIAN_PORTS to the ports of the first start');
  }, 120_000);
});
