import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAlive } from '../../src/database/folder-lock.js';
import { evaluateTokens, fetchAgreement, openQuery, type EvaluatedTokens } from '../../src/member/index.js';
import { KeyStore, nativeScrypt } from '../../src/member/files/index.js';
import { run } from '../../src/member/cli/run.js';
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
});
afterAll(() => hub.remove());

const start = () => hub.start({ SANDBOX_CUSTODIANS: 'on', CUSTODIAN_PORTS: ports.join(',') });
const store = () => KeyStore.open(join(hub.folder, 'sandbox'));
const processOf = (place: string) => Number(readFileSync(join(hub.folder, 'custodians', place, 'lock'), 'utf8'));
const agreement = () => fetchAgreement({ hub: hub.url, audience: hub.url }, store());

async function tokens(member = 'ro-punte', grant?: string): Promise<EvaluatedTokens> {
  const { epochs } = await agreement();
  if (!epochs[0]) throw new Error('no epoch is open');
  const seat = await store().loadOfficer(member, 'desk-1');
  const alert = { alert: `alert:${randomUUID()}`, purpose: 'protection' } as const;
  const purpose = grant === undefined ? alert : { ...alert, grant };
  return evaluateTokens([INPUT], epochs[0], seat, purpose, { deadlineMs: 30_000, scrypt: nativeScrypt });
}

const texts = ({ tokens: made }: EvaluatedTokens) => made.map(({ token }) => Buffer.from(token).toString('hex'));

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 300; left > 0; left--) {
    if (await isSo()) return;
    await sleep(200);
  }
  throw new Error(`it did not come to be: ${what}. The hub said: ${hub.output}`);
}

/** Runs the command line on the keys of the sandbox; what it printed. */
async function symbolon(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const output = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    terminal: false,
  };
  const home = ['--home', join(hub.folder, 'sandbox'), '--hub', hub.url];
  const code = await run([...argv, ...home], { output, environment: {}, interactive: false });
  return { code, ...said };
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
  });

  it('let pages of any origin ask and read, as the signature decides and nothing else (C33)', async () => {
    const { linkage } = await openQuery<{ linkage: { custodians: { url: string }[] } }>(
      hub.url,
      '{ linkage { custodians { url } } }',
    );
    const { custodians } = linkage;
    expect(custodians).toHaveLength(3);
    for (const { url } of custodians) {
      const headers = { origin: 'https://hub.example', 'access-control-request-method': 'POST' };
      const preflight = await fetch(`${url}/evaluate`, { method: 'OPTIONS', headers });
      expect(preflight.status).toBe(204);
      const answer = await fetch(`${url}/evaluate`, { method: 'POST', body: 'unsigned' });
      for (const { headers: said } of [preflight, answer]) {
        expect(said.get('access-control-allow-origin')).toBe('*');
        expect(said.get('access-control-allow-credentials')).toBeNull();
      }
      expect(answer.ok).toBe(false);
    }
  });

  it('do without one that was killed, which is started again', async () => {
    const before = texts(await tokens());
    const killed = processOf('1');
    process.kill(killed, 'SIGKILL');
    await until('it is dead', () => !isAlive(killed));
    expect(texts(await tokens())).toEqual(before);
    await until('it serves again', () => hub.output.includes('Custodian nl-hoeder serves again.'));
    expect(hub.output).toContain('Custodian nl-hoeder ended (SIGKILL)');
    expect(isAlive(processOf('1'))).toBe(true);
  });

  it('take in a budget that another member grants, and count the requests of an import against it', async () => {
    const budgetOf = async (grant?: string): Promise<number> => {
      for (let made = 0; made < 13; made++)
        try {
          await tokens('bg-most', grant);
        } catch (error) {
          expect(error).toMatchObject({ code: grant === undefined ? 'BUDGET_OFFICER' : 'BUDGET_GRANT' });
          return made;
        }
      return 13;
    };
    // 10 a day at each of three custodians, of which two are asked for each.
    while ((await budgetOf()) > 0);
    const file = join(hub.folder, 'grant.txt');
    const granted = await symbolon(
      'custodian',
      'grant',
      'bg-most',
      '--alerts',
      '2',
      '--out',
      file,
      '--as',
      'ro-punte/desk-1',
    );
    expect(granted).toMatchObject({ code: 0, err: expect.stringContaining('bring-grant') });
    const brought = await symbolon('custodian', 'bring-grant', file, '--json');
    expect(brought).toMatchObject({ code: 0, err: '' });
    const rows = JSON.parse(brought.out) as { grant: string; outcome: string }[]; // parsing
    expect(rows.map(({ outcome }) => outcome)).toEqual(['took it', 'took it', 'took it']);
    const made = await budgetOf(rows[0]?.grant);
    expect(made).toBeGreaterThanOrEqual(2);
    expect(made).toBeLessThanOrEqual(3);
    const own = await symbolon(
      'custodian',
      'grant',
      'ro-punte',
      '--alerts',
      '2',
      '--out',
      file,
      '--as',
      'ro-punte/desk-1',
    );
    expect(own).toMatchObject({ code: 2, err: expect.stringContaining('does not grant itself') });
    // A seat that may not speak for its member: custodians say so.
    await symbolon('custodian', 'grant', 'bg-most', '--alerts', '2', '--out', file, '--as', 'nl-baken/desk-1');
    expect(await symbolon('custodian', 'bring-grant', file)).toMatchObject({
      code: 13,
      err: expect.stringContaining('ROLE_NOT_ALLOWED'),
    });
  });

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
  });

  it('end with the hub when it is killed, and make the same tokens after its next start', async () => {
    const before = texts(await tokens('al-shtegu'));
    const custodians = PLACES.map(processOf);
    await hub.end('SIGKILL');
    await until('all are gone', () => !custodians.some(isAlive));
    expect({ start: await start(), said: hub.output }).toMatchObject({ start: 'ready' });
    expect(texts(await tokens('al-shtegu'))).toEqual(before);
  });

  it('end with the hub when it is stopped', async () => {
    const custodians = PLACES.map(processOf);
    expect(await hub.end('SIGTERM')).toBe(0);
    expect(hub.output).not.toContain('is started again');
    expect(custodians.filter(isAlive)).toEqual([]);
  });

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
  });
});
