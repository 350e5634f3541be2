import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { type Desk, LinkStage } from '../../links/link-stage.js';
import { testHub, type TestHub } from '../../support/hub.js';
import { integrated } from '../../support/integrated.js';
import { wholeDatabase } from '../../support/whole-database.js';

const TO_ALL = {
  handling: { purposes: ['protection' as const], audience: { everyone: true as const }, code: 'H0' as const },
};

let hub: TestHub;
let stage: LinkStage;
let sender: Desk;
let reader: Desk;
let homes: string;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkStage.on(hub);
  sender = await stage.desk('BE', 'sender', 'ngo');
  reader = await stage.desk('BG', 'reader', 'ngo');
});
afterAll(() => hub.stop());
beforeEach(async () => {
  homes = mkdtempSync(join(tmpdir(), 'symbolon-subject-'));
  for (const desk of [sender, reader]) {
    const store = KeyStore.open(join(homes, desk.member));
    await store.saveHub({ hub: hub.url, audience: hub.identity.audience });
    await store.saveOfficerKey(desk.seat);
  }
});
afterEach(() => {
  rmSync(homes, { recursive: true, force: true });
});

async function as(desk: Desk, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run(['--purpose', 'protection', ...argv], {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(homes, desk.member) },
    interactive: false,
  });
  return { code, out, err };
}

/** An alert that the reader read, whose person both found again, with keys and a queued entry in the sender's folder. */
async function linked(): Promise<{ alert: string; link: string; keys: string; queued: string }> {
  const [alert, other] = [await stage.raise(sender, TO_ALL), await stage.raise(reader)];
  expect((await as(reader, 'alerts', 'show', alert)).code).toBe(0);
  const link = await stage.comparing([sender, alert], [reader, other]);
  await stage.confirm(sender, link, { began: '2023', exit: 'exited', exited: '2024-02' });
  await stage.confirm(reader, link, { began: '2025', exit: 'unknown' });
  const place = join(homes, sender.member, sender.member);
  const keys = join(place, 'comparisons', `${link.slice('link:'.length)}.json`);
  const queued = join(place, 'outbox', 'out-0123456789.json');
  for (const folder of ['comparisons', 'outbox']) mkdirSync(join(place, folder), { recursive: true });
  writeFileSync(keys, '{}');
  writeFileSync(queued, JSON.stringify({ alert }));
  return { alert, link, keys, queued };
}

interface Exported {
  readonly alerts: readonly {
    readonly inForce: { statement: { compact: string; claims: object }; pseudonym: string | null } | null;
    readonly log: readonly { index: number }[];
    readonly reads: readonly { reader: { code: string }; purpose: string; operation: string }[];
    readonly links: readonly { id: string; decisions: readonly string[]; flagId: string | null }[] | null;
    readonly obligations: readonly { debtor: { code: string } }[];
    readonly erasures: readonly object[];
    readonly keptHere: { outbox: readonly string[]; comparisonKeys: readonly string[]; others: readonly string[] };
  }[];
  readonly notIncluded: readonly string[];
}

describe('symbolon subject export', () => {
  it('gives everything that is held about an alert, to be read and for programs, and says what is not in it', async () => {
    const { alert, link } = await linked();
    const out = join(homes, 'person.json');
    const ran = await as(sender, 'subject', 'export', alert, '--out', out);
    expect([ran.code, ran.err]).toEqual([0, expect.stringContaining('in the clear')]);
    const { alerts, notIncluded } = JSON.parse(readFileSync(out, 'utf8')) as Exported; // parsing: the command’s own output
    expect(alerts).toMatchObject([
      {
        ...{ alert, history: [], erasures: [], obligations: [], permissions: [] },
        inForce: { kind: 'CASE', state: 'ACTIVE', statement: { claims: { iss: sender.member } } },
        reads: expect.arrayContaining([
          expect.objectContaining({ reader: expect.objectContaining({ code: reader.member }), operation: 'alert' }),
        ]),
        links: [
          { id: link, state: 'CONFIRMED', counterpart: { member: { code: reader.member } }, decisions: { length: 2 } },
        ],
        keptHere: { outbox: { length: 1 }, comparisonKeys: { length: 1 }, others: [] },
      },
    ]);
    expect(alerts[0]?.log).toHaveLength(1);
    expect(notIncluded.join(' ')).toMatch(/Tokens.*Backups/);
    const text = readFileSync(`${out}.txt`, 'utf8');
    for (const part of [alert, 'episode.', `${reader.member} (BG)`, link, 'Not in here', 'outbox/out-0123456789.json'])
      expect(text).toContain(part);
    for (const file of [out, `${out}.txt`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await as(sender, 'subject', 'export', alert, '--out', out)).code).toBe(2);
  });

  it('gives nothing of others, and says so of an alert that there is not alike', async () => {
    const { alert } = await linked();
    const [foreign, unknown] = [
      await as(reader, 'subject', 'export', alert),
      await as(reader, 'subject', 'export', 'alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8'),
    ];
    expect(foreign).toEqual(unknown);
    expect([foreign.code, foreign.out]).toEqual([15, '']);
  });
});

describe('symbolon subject erase', () => {
  it('erases at the hub and here, has readers owe an answer, and can be said again', async () => {
    const { alert, link, keys, queued } = await linked();
    const before = JSON.parse((await as(sender, 'subject', 'export', alert, '--json')).out) as Exported; // parsing
    const said = [
      before.alerts[0]?.inForce?.statement.compact ?? '?',
      ...(before.alerts[0]?.links?.[0]?.decisions ?? []),
    ];
    expect(said).toHaveLength(3);
    await integrated(hub);
    const erased = await as(sender, 'subject', 'erase', alert, '--because', 'access-request');
    expect([erased.code, erased.err]).toEqual([0, expect.stringContaining('Not touched')]);
    expect(erased.out).toMatch(new RegExp(`${alert} +\\d+ +1 +2 +1 +\\d{4}-`));
    for (const file of [keys, queued]) expect(() => statSync(file)).toThrow('ENOENT');
    const whole = await wholeDatabase(hub.database.url);
    for (const statement of said) expect(whole).not.toContain(statement.split('.')[1]);
    const folder = join(homes, sender.member);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(folder, name)).isFile(),
    );
    expect(files.length).toBeGreaterThan(1);
    for (const name of files)
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(alert.slice('alert:'.length));

    const { alerts } = JSON.parse((await as(sender, 'subject', 'export', alert, '--json')).out) as Exported; // parsing
    expect(alerts).toMatchObject([
      {
        ...{ inForce: null, history: [], erasures: [{ because: 'ACCESS_REQUEST', saltsWaiting: 0 }] },
        links: [{ id: link, state: 'WITHDRAWN', decisions: [], flagId: null }],
        obligations: [{ debtor: { code: reader.member }, cause: 'ERASED' }],
      },
    ]);
    expect((await as(reader, 'erased', alert)).code).toBe(0);
    expect((await as(sender, 'obligations', '--owed-to-me', '--alert', alert)).out).toMatch(/erased +verifies/);
    expect((await as(sender, 'subject', 'erase', alert, '--because', 'access-request')).code).toBe(0);
  });

  it('erases nothing of others, and on no ground of one’s own', async () => {
    const { alert } = await linked();
    expect((await as(reader, 'subject', 'erase', alert, '--because', 'objection')).code).toBe(15);
    expect((await as(sender, 'subject', 'erase', alert, '--because', 'she asked')).code).toBe(2);
    expect((await as(reader, 'alerts', 'show', alert)).code).toBe(0);
  });
});
