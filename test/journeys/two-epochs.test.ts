import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustodianRegister, EpochPublisher, readEpochs, readNamedCustodians } from '../../src/epochs/index.js';
import { run } from '../../src/member/cli/run.js';
import { KeyStore } from '../../src/member/index.js';
import { CustodianProcesses } from '../member/custodian-processes.js';
import { asOwner } from '../support/database.js';
import { type TestHub, testHub } from '../support/hub.js';
import { certify, foundAccord } from '../support/organisation.js';

const CODES = ['xa-one', 'xb-two', 'xc-three'];
const [FORMER, LATER] = ['2027-1', '2027-2'];
/** How long the former epoch is open: longer than the part of the story that needs it takes on a slow machine. */
const OPEN_SECONDS = 75;
const RO = 'ro-liaison/desk';
const AL = 'al-ngo/desk';

/** One made-up person as two organisations write it. */
const ABROAD = { names: { given: 'Dessislava', family: 'Chelebiyska' }, birthDate: '23.08.1997', birthCountry: 'BG' };
const AT_HOME = { names: { given: 'Десислава', family: 'Челебийска' }, birthDate: '1997-08-23', birthCountry: 'BG' };

let hub: TestHub;
let folder: string;
let custodians: CustodianProcesses;
let endsAt: number;

beforeAll(async () => {
  hub = await testHub({ environment: { LINKAGE_BATCH_SECONDS: '1', LINKAGE_DECOYS: '0' } });
  folder = mkdtempSync(join(tmpdir(), 'symbolon-two-epochs-'));
  const { ro, al } = await foundAccord(hub);
  const store = KeyStore.open(join(folder, 'home'));
  const { audience } = hub.identity;
  await store.saveHub({ hub: hub.url, audience });
  const seat = await certify(hub, ro, 'desk', 'liaison');
  for (const one of [seat, await certify(hub, al, 'desk', 'case-worker')]) await store.saveOfficerKey(one);
  await answer(RO, 'members', '--save', join(folder, 'members.json'));
  const { members } = JSON.parse(readFileSync(join(folder, 'members.json'), 'utf8')) as { members: object[] };
  custodians = await CustodianProcesses.make({ audience, members, seat }, { openSeconds: OPEN_SECONDS });
  endsAt = custodians.epoch().description.validUntil * 1000;
  await Promise.all(CODES.map((code) => custodians.start(code)));
  const cards = CODES.map((code) => custodians.of(code).identity.card);
  await hub.app.get(CustodianRegister).enter(await readNamedCustodians(JSON.stringify(cards)));
  await publish();
}, 120_000);

afterAll(async () => {
  await custodians.remove();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function symbolon(...argv: string[]): Promise<Ran> {
  const said = { out: '', err: '' };
  const output = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    terminal: false,
  };
  const environment = { SYMBOLON_HOME: join(folder, 'home'), SYMBOLON_HUB: hub.url, SYMBOLON_PURPOSE: 'protection' };
  return { code: await run([...argv, '--json'], { output, environment, interactive: false }), ...said };
}

async function answer<T>(seat: string, ...argv: string[]): Promise<T> {
  const { code, out, err } = await symbolon(...argv, '--as', seat);
  if (code !== 0) throw new Error(`symbolon ${argv.join(' ')}: ${code}\n${out}\n${err}`);
  const value: T = JSON.parse(out);
  return value;
}

/** The operator publishes what the custodians signed, as "npm run hub -- epoch" does. */
async function publish(): Promise<void> {
  const { url } = custodians.of('xa-one').identity.card;
  for (const statements of await readEpochs(url)) await hub.app.get(EpochPublisher).publish(statements);
}

/** Each custodian at its own machine, in a folder of its own, all at once; each reads the others where they serve. */
async function together(...argv: string[]): Promise<void> {
  const ran = CODES.map((code) =>
    symbolon(
      ...['custodian', ...argv, '--state', join(custodians.folder, code), '--wait', '60'],
      ...['--passphrase-file', join(custodians.folder, 'passphrase')],
    ),
  );
  for (const { code, err } of await Promise.all(ran)) expect({ code, err }).toEqual({ code: 0, err: '' });
  await sleep(1100); // they look for new epochs once a second
}

function fileOf(person: object): string {
  const path = join(folder, 'person.json');
  writeFileSync(path, JSON.stringify(person));
  return path;
}

async function raise(seat: string, person: object): Promise<string> {
  const { alertId } = await answer<{ alertId: string }>(
    seat,
    ...[
      'raise',
      '--kind',
      'case',
      '--gender',
      'woman',
      '--origin',
      'BG',
      '--to',
      'RO,AL',
      '--identity',
      fileOf(person),
    ],
    ...['--present', 'act/recruitment,means/deception,purpose/sexual-exploitation'],
  );
  return alertId;
}

/** The epochs of which the hub holds tokens of an alert, once it is matched. */
async function epochsOf(alert: string): Promise<readonly string[]> {
  const sql = `SELECT DISTINCT epoch FROM linkage_record, linkage_key
    WHERE alert_id = $1 AND linkage_key.id = ANY (keys)
      AND NOT EXISTS (SELECT FROM linkage_arrival WHERE linkage_arrival.alert_id = $1) ORDER BY epoch`;
  for (;;) {
    const rows = await asOwner<{ epoch: string }>(hub.database.url, sql, [alert.slice('alert:'.length)]);
    if (rows.length > 0) return rows.map(({ epoch }) => epoch);
    await sleep(100);
  }
}

interface LinkSeen {
  readonly id: string;
  readonly alertId: string;
}

async function links(seat: string): Promise<readonly LinkSeen[]> {
  const { edges } = await answer<{ edges: readonly { node: LinkSeen }[] }>(seat, 'links', 'list');
  return edges.map(({ node }) => node);
}

/** The link that was suggested to both holders about these alerts. */
async function linkBetween(one: readonly [string, string], other: readonly [string, string]): Promise<string> {
  for (;;) {
    const [mine, theirs] = [await links(one[0]), await links(other[0])];
    const ids = new Set(theirs.filter(({ alertId }) => alertId === other[1]).map(({ id }) => id));
    const found = mine.find(({ id, alertId }) => alertId === one[1] && ids.has(id));
    if (found) return found.id;
    await sleep(200);
  }
}

describe('when one epoch passes into the next', () => {
  it('a person is recognised through the former, through the later, and after the former is closed', async () => {
    const before = await raise(RO, ABROAD);
    expect(await epochsOf(before)).toEqual([FORMER]);

    const cards = CODES.map((code) => {
      const path = join(folder, `${code}.json`);
      writeFileSync(path, JSON.stringify(custodians.of(code).identity.card));
      return path;
    });
    const plan = join(folder, 'plan.json');
    const planned = await symbolon(
      ...['custodian', 'plan', ...cards, '--epoch', LATER, '--days', '1', '--scrypt-n', '16', '--out', plan],
    );
    const { hash } = JSON.parse(planned.out) as { hash: string };
    await together('ceremony', '--plan', plan, '--hash', hash);
    await publish();

    const during = await raise(AL, AT_HOME);
    expect(await epochsOf(during)).toEqual([FORMER, LATER]);
    await linkBetween([RO, before], [AL, during]);

    // Custodians refresh; until the hub has published it, members go by what the custodians say, and afterwards by the hub.
    await together('refresh', '--epoch', LATER, '--to', '1');
    await answer(RO, 'retoken', before, '--identity', fileOf(ABROAD));
    expect(await epochsOf(before)).toEqual([FORMER, LATER]);
    await publish();
    expect(Date.now()).toBeLessThan(endsAt);

    await sleep(endsAt - Date.now() + 1000);
    const after = await raise(AL, AT_HOME);
    expect(await epochsOf(after)).toEqual([LATER]);
    await linkBetween([RO, before], [AL, after]);
  }, 240_000);
});
