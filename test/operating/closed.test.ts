import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OfficerSeat } from '../../src/member/index.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';
import { freePort, testHub, type TestHub } from '../support/hub.js';
import { operate } from '../support/operator.js';
import { caseContent, certify, connect, foundAccord } from '../support/organisation.js';
import { asStranger } from '../support/raw-seat.js';
import { until } from '../support/until.js';

const WHY = 'no member has kept a head of the log';

let database: TestDatabase;
let place: string;
let hub: TestHub;
let seat: OfficerSeat;
let restoring: string;
let headsBefore: unknown;

const heads = () => asOwner(database.url, 'SELECT size, issued_at FROM tree_head ORDER BY issued_at, size');

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'symbolon-closed-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const environment = { PORT: url.split(':').at(-1) ?? '', HUB_URL: url };
  const old = await testHub({ folder: place, environment });
  seat = await certify(old, (await foundAccord(old)).al, 'desk', 'case-worker');
  await (await connect(old, seat, 'protection')).raise(caseContent());
  const backup = join(place, 'backup');
  expect(await operate(old, old.database.url, ['backup', backup])).toMatchObject({ code: 0 });
  await old.stop();
  database = await testDatabase('empty');
  restoring = (await operate({ folder: place, url }, database.url, ['restore', backup, '--without-witness', WHY]))
    .output;
  await asOwner(
    database.url,
    "INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ('al-ngo', 'waiting', 'e', sha256(''))",
  );
  headsBefore = await heads();
  hub = await testHub({ database, folder: place, environment });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
  rmSync(place, { recursive: true, force: true });
});

async function ready(): Promise<{ status: number; code: unknown }> {
  const answer = await fetch(`${hub.url}/health/ready`);
  const { error } = (await answer.json()) as { error: Record<string, { code: string }> }; // parsing
  return { status: answer.status, code: error['node']?.code };
}

describe('a hub that was restored without a witness', () => {
  it('is said to be closed, and what members have to send again', () => {
    expect(restoring).toContain('HUB_CLOSED');
    for (const kind of ['erasures', 'withdrawals', 'key revocations', 'suspensions']) expect(restoring).toContain(kind);
  });

  it('is not ready, and refuses whatever is asked with a code', async () => {
    expect(await ready()).toEqual({ status: 503, code: 'HUB_CLOSED' });
    expect((await fetch(`${hub.url}/health/live`)).status).toBe(200);
    const asked = await asStranger(hub)('{ accord { quorum } }');
    expect(asked.status).toBe(503);
    expect(JSON.parse(asked.text)).toMatchObject({ errors: [{ extensions: { code: 'HUB_CLOSED' } }] });
    for (const path of ['/graphql/stream', '/delivery/poll', '/ontology', '/publications']) {
      const answer = await fetch(`${hub.url}${path}`, { method: 'POST' });
      expect({ path, status: answer.status, body: await answer.json() }).toMatchObject({
        ...{ path, status: 503, body: { code: 'HUB_CLOSED' } },
      });
    }
    await expect(connect(hub, seat, 'protection').then((client) => client.raise(caseContent()))).rejects.toThrow(
      'HUB_CLOSED',
    );
  });

  it('does nothing by itself', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await heads()).toEqual(headsBefore);
  });

  it('stays closed without a reason in writing, and opens when its operator resumes it', async () => {
    const hasty = await operate({ folder: place, url: hub.url }, database.url, ['resume', '--because', 'now']);
    expect(hasty).toMatchObject({ code: 1, output: expect.stringContaining('20 characters') });
    expect((await ready()).status).toBe(503);
    const because = 'all members were told and keep ready what they send again';
    const resume = () => operate({ folder: place, url: hub.url }, database.url, ['resume', '--because', because]);
    expect(await resume()).toMatchObject({ code: 0 });
    await until('it is ready', async () => (await ready()).status === 200);
    await (await connect(hub, seat, 'protection')).raise(caseContent());
    await until('it works by itself', async () => (await heads()).length > (headsBefore as unknown[]).length);
    expect(await asOwner(database.url, 'SELECT because, resumed_because FROM restoration')).toEqual([
      { because: WHY, resumed_because: because },
    ]);
    expect((await resume()).output).toContain('NOT_CLOSED');
  });
});
