import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PublicationAcceptedAnswer } from '../../src/member/documents/publications.js';
import { fetchPublication } from '../../src/member/fetch-publication.js';
import { fetchHubKeys, MemberClient } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { sendPublicationAsked, signPublicationAsked } from '../../src/member/publish-picture.js';
import { parseStrictJsonObject } from '../../src/protocol/index.js';
import { verifyPublication } from '../../src/protocol/publication/index.js';
import { HubProcess } from '../support/hub-process.js';
import { checkContent } from '../../src/member/files/index.js';

let hub: HubProcess;

beforeAll(async () => {
  hub = await HubProcess.make();
  expect(await hub.start()).toBe('ready');
});
afterAll(() => hub.remove());

async function connect(): Promise<MemberClient> {
  const seat = await KeyStore.open(join(hub.folder, 'sandbox')).loadOfficer('nl-baken', 'desk-1');
  return MemberClient.connect({ check: checkContent, hub: hub.url, audience: hub.url, seat, purpose: 'monitoring' });
}

it.each([
  ['hub', false],
  ['hub and its database', true],
])('has every publication that it answered for, with the same receipt, when the %s died', async (_, databaseToo) => {
  const client = await connect();
  const answered = new Map<string, PublicationAcceptedAnswer>();
  const unknown: string[] = [];
  let killed = false;
  const publishing = async (): Promise<void> => {
    while (!killed) {
      const body = { title: 'A table', method: { name: 'pieces' }, tables: [{ by: ['YEAR'] }] } as const;
      const statement = await signPublicationAsked(body, { seat: client.seat, audience: client.audience });
      try {
        answered.set(statement, await sendPublicationAsked(client, statement));
      } catch {
        unknown.push(statement);
        return;
      }
    }
  };
  const underWay = publishing();
  while (answered.size < 5) await new Promise((resolve) => setTimeout(resolve, 20));
  const database = hub.databaseProcess;
  if (databaseToo && database !== null) process.kill(database, 'SIGKILL');
  await hub.end('SIGKILL');
  killed = true;
  await underWay;

  expect({ start: await hub.start(), said: hub.output }).toMatchObject({ start: 'ready' });
  const log = { audience: hub.url, keys: await fetchHubKeys(hub.url) };
  const again = await connect();
  for (const [statement, { publication, receipt }] of answered) {
    const fields = parseStrictJsonObject(Buffer.from((await fetchPublication(hub.url, publication.hash)).trim()));
    expect((await verifyPublication(fields, log)).hash).toBe(publication.hash);
    const repeated = await sendPublicationAsked(again, statement);
    expect(repeated).toMatchObject({ repeated: true, receipt, publication: { hash: publication.hash } });
  }
  // What nobody heard an answer for is published once, now or then.
  for (const statement of unknown) {
    const first = await sendPublicationAsked(again, statement);
    const second = await sendPublicationAsked(again, statement);
    expect(second).toMatchObject({ repeated: true, publication: { hash: first.publication.hash } });
  }
});
