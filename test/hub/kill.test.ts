import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemberClient } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { HubProcess } from '../support/hub-process.js';
import { caseContent } from '../support/organisation.js';
import { checkContent } from '../../src/member/files/index.js';

let hub: HubProcess;

beforeAll(async () => {
  hub = await HubProcess.make();
  expect(await hub.start()).toBe('ready');
});
afterAll(() => hub.remove());

async function connect(): Promise<MemberClient> {
  const seat = await KeyStore.open(join(hub.folder, 'sandbox')).loadOfficer('ro-punte', 'desk-1');
  return MemberClient.connect({ check: checkContent, hub: hub.url, audience: hub.url, seat, purpose: 'protection' });
}

/** Raises batches until the hub is gone; the ids of what it gave a receipt for, and the statements whose fate is unknown. */
async function load(
  round: string,
  until: () => boolean,
  acknowledged: string[],
): Promise<{ acknowledged: string[]; statements: string[] }> {
  const client = await connect();
  const statements: string[] = [];
  for (let batch = 0; !until(); batch++) {
    const signed = await Promise.all(
      Array.from({ length: 20 }, (_, i) => client.signRaise(caseContent(), `${round}-batch-${batch}-row-${i}-x`)),
    );
    statements.push(...signed);
    try {
      const { results, receipt } = await client.raiseMany(signed);
      if (receipt === null) throw new Error('a batch without a receipt');
      for (const result of results) if (result.__typename === 'AlertAccepted') acknowledged.push(result.alertId);
    } catch {
      break;
    }
  }
  return { acknowledged, statements };
}

async function readable(ids: readonly string[]): Promise<number> {
  const client = await connect();
  let found = 0;
  for (const id of ids) {
    const { alert } = await client.query<{ alert: { id: string } | null }>(
      'query ($id: ID!) { alert(id: $id) { id } }',
      { id },
    );
    if (alert?.id === id) found++;
  }
  return found;
}

describe('a hub that is killed in the middle of a load', () => {
  it.each([
    ['hub', false],
    ['hub and its database', true],
  ])('has every alert that it gave a receipt for, and none twice, when the %s died', async (_, databaseToo) => {
    let killed = false;
    const receipts: string[] = [];
    const underWay = load(databaseToo ? 'both' : 'hub', () => killed, receipts);
    // However slow the machine is: not before there is something to lose.
    while (receipts.length < 60) await new Promise((resolve) => setTimeout(resolve, 20));
    const database = hub.databaseProcess;
    if (databaseToo && database !== null) process.kill(database, 'SIGKILL');
    await hub.end('SIGKILL');
    killed = true;
    const { acknowledged, statements } = await underWay;
    expect(acknowledged.length).toBeGreaterThan(20);

    expect({ start: await hub.start(), said: hub.output }).toMatchObject({ start: 'ready' });
    expect(await readable(acknowledged)).toBe(acknowledged.length);
    // Whoever never heard an answer sends again: what was stored is recognised, what was not is stored now.
    const client = await connect();
    for (let at = 0; at < statements.length; at += 500) {
      const { results } = await client.raiseMany(statements.slice(at, at + 500));
      for (const result of results) {
        expect(result.__typename).toBe('AlertAccepted');
        if (result.__typename === 'AlertAccepted' && acknowledged.includes(result.alertId))
          expect(result.repeated).toBe(true);
      }
    }
  });
});
