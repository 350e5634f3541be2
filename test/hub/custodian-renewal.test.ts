import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fetchAgreement } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { pathsIn } from '../../src/custodian/index.js';
import { makeSeats } from '../../src/sandbox/custodian-keys.js';
import { freePort } from '../support/hub.js';
import { HubProcess } from '../support/hub-process.js';

const DAY = 86_400;

let hub: HubProcess;
let ports: number[];
beforeAll(async () => {
  hub = await HubProcess.make();
  ports = [await freePort(), await freePort(), await freePort()];
});
afterAll(() => hub.remove());

const start = () => hub.start({ SANDBOX_CUSTODIANS: 'on', CUSTODIAN_PORTS: ports.join(',') });

/** The epochs that are open, as a member finds them, the newest first. */
async function openEpochs(): Promise<readonly string[]> {
  const store = KeyStore.open(join(hub.folder, 'sandbox'));
  const { epochs } = await fetchAgreement({ hub: hub.url, audience: hub.url }, store);
  return epochs.map(({ description }) => description.epoch);
}

/** The plan of an epoch that has so many days left, as an earlier start of the sandbox would have made it. */
async function planEpoch(epoch: string, days: number): Promise<void> {
  const folder = join(hub.folder, 'custodians');
  const seats = await makeSeats(folder, ports);
  const custodians = seats.map(({ state }, at) => {
    const { card } = JSON.parse(readFileSync(pathsIn(state).identity, 'utf8')) as { card: object };
    return { index: at + 1, ...card };
  });
  const now = Math.floor(Date.now() / 1000);
  const plan = {
    ...{ kind: 'generation', epoch, audience: hub.url, threshold: 2, scryptN: 16 },
    ...{ validFrom: now - 300 * DAY, validUntil: now + days * DAY, custodians },
  };
  mkdirSync(join(folder, 'plans'), { recursive: true });
  writeFileSync(join(folder, 'plans', `${epoch}.json`), JSON.stringify(plan));
}

describe('the last epoch of the sandbox', () => {
  it('is followed by a new one in its last month, both open, and by no third at the start after that', async () => {
    await planEpoch('2020-1', 20);
    expect({ start: await start(), said: hub.output }).toMatchObject({ start: 'ready' });
    const open = await openEpochs();
    expect(open).toHaveLength(2);
    expect(open[1]).toBe('2020-1');
    await hub.end('SIGTERM');
    expect({ start: await start(), said: hub.output }).toMatchObject({ start: 'ready' });
    expect(await openEpochs()).toEqual(open);
  });
});
