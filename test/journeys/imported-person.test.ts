import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Ran, symbolon } from '../support/command-line.js';
import { HubProcess } from '../support/hub-process.js';
import { freePort } from '../support/hub.js';
import { unfolded } from '../support/unfolded.js';

const ANKER = 'be-anker/desk-1';
const PUNTE = 'ro-punte/desk-1';
const LOTSE = 'de-lotse/desk-1';
const SOON = 30_000;
const NAMES = ['Радостина', 'Здравка', 'Калина', 'Невяна', 'Стойна'];

/** What may be nowhere but at the member that imports. */
const MARKERS = [...NAMES, 'куцарова', 'kutsarova', 'stoina', '1989-04-1', 'case-2027'].map((one) => one.toLowerCase());

let hub: HubProcess;
let folder: string;
let traffic: string;

beforeAll(async () => {
  hub = await HubProcess.make();
  folder = mkdtempSync(join(tmpdir(), 'symbolon-journey-'));
  traffic = join(folder, 'traffic.txt');
  // Two alerts a day at each custodian, so that an import of a few rows is more than a day holds.
  for (const place of ['1', '2', '3']) {
    const state = join(hub.folder, 'custodians', place);
    mkdirSync(state, { recursive: true, mode: 0o700 });
    writeFileSync(join(state, 'policy.json'), JSON.stringify({ alertsPerDay: 2 }));
  }
  const ports = [await freePort(), await freePort(), await freePort()].join();
  const environment = { SANDBOX_CUSTODIANS: 'on', CUSTODIAN_PORTS: ports, LINKAGE_BATCH_SECONDS: '1' };
  const started = await hub.start({ ...environment, LINKAGE_DECOYS: '0', LOG_LEVEL: 'debug' });
  expect({ started, said: hub.output }).toMatchObject({ started: 'ready' });
});

afterAll(async () => {
  await hub.remove();
  rmSync(folder, { recursive: true, force: true });
});

function as(seat: string, args: readonly string[], input = ''): Promise<Ran> {
  const place = { home: join(hub.folder, 'sandbox'), hub: hub.url, traffic };
  return symbolon(place, [...args, '--as', seat, '--purpose', 'protection', '--json'], input);
}

async function answer<T>(seat: string, args: readonly string[], input?: string): Promise<T> {
  const ran = await as(seat, args, input);
  if (ran.code !== 0) throw new Error(`symbolon ${args.join(' ')}: ${ran.code}\n${ran.out}\n${ran.err}`);
  const value: T = JSON.parse(ran.out);
  return value;
}

interface LinkSeen {
  readonly id: string;
  readonly state: string;
  readonly alertId: string;
}

async function linkOf(seat: string, isIt: (link: LinkSeen) => boolean): Promise<LinkSeen> {
  const until = Date.now() + SOON;
  for (;;) {
    const page = await answer<{ edges: readonly { node: LinkSeen }[] }>(seat, ['links', 'list']);
    const found = page.edges.find(({ node }) => isIt(node));
    if (found) return found.node;
    if (Date.now() > until) throw new Error('no link was suggested in time');
  }
}

interface Report {
  readonly accepted: number;
  readonly acceptedBefore: number;
  readonly identities: { readonly withTokens: number; readonly wanted: { readonly alerts: number } };
  readonly stopped: { readonly code: string; readonly remedy: string } | null;
}

describe('an archive of cases whose persons are known', () => {
  it('comes in beyond the budget of a day when another member grants one, and its persons are recognised', async () => {
    const [cases, persons] = [join(folder, 'cases.csv'), join(folder, 'persons.csv')];
    const ids = NAMES.map((_, at) => `case-2027-${at}`);
    const rows = [...ids, 'case-2027-unknown'].map((id) => `${id},2026,Female,0,1,BE`);
    writeFileSync(
      cases,
      ['caseId,yearOfRegistration,gender,isForcedLabour,isSexualExploit,CountryOfExploitation', ...rows, ''].join('\n'),
    );
    writeFileSync(
      persons,
      [
        'caseId,given,family,birthDate,birthCountry',
        ...NAMES.map((name, at) => `${ids[at]},${name},Куцарова,1989-04-1${at},BG`),
        '',
      ].join('\n'),
    );
    const command = ['import', '--format', 'ctdc', cases, '--identities', persons, '--ground', 'public-task'];
    const whole = [...command, '--to', 'BE,BG,DE', '--expires', '2027-11-01'];

    const unlawful = await as(ANKER, ['import', '--format', 'ctdc', cases, '--identities', persons]);
    expect(unlawful).toMatchObject({ code: 2, err: expect.stringContaining('not anonymised') });

    const first = await as(ANKER, whole);
    const stopped: Report = JSON.parse(first.out);
    expect({ code: first.code, stopped: stopped.stopped?.code }).toEqual({ code: 16, stopped: 'BUDGET_OFFICER' });
    const sent = stopped.identities.withTokens;
    // Each is answered by two custodians of three.
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(4);
    expect(stopped).toMatchObject({ accepted: sent + 1, identities: { wanted: { alerts: NAMES.length - sent } } });

    // What to do stands there as a command; another member runs it as it is.
    const grant = join(folder, 'grant.txt');
    const [, toRun = ''] = /"symbolon (custodian grant [^"]+)"/.exec(stopped.stopped?.remedy ?? '') ?? [];
    expect(toRun).toContain('--out grant.txt');
    await answer(PUNTE, toRun.replace('grant.txt', grant).split(' '));
    const rest = await answer<Report>(ANKER, [...whole, '--grant', grant]);
    expect(rest).toMatchObject({ accepted: NAMES.length - sent, acceptedBefore: sent + 1, stopped: null });

    const raised = await answer<{ alertId: string }>(
      LOTSE,
      [
        ...['raise', '--kind', 'case', '--identity', '-', '--gender', 'woman', '--exploitation', 'DE', '--to', 'BE,DE'],
        ...['--present', 'act/recruitment,purpose/sexual-exploitation', '--expires', '2027-11-01'],
      ],
      JSON.stringify({ names: { given: 'Stoina', family: 'Kutsarova' }, birthDate: '14.04.1989', birthCountry: 'BG' }),
    );
    const link = await linkOf(LOTSE, ({ alertId }) => alertId === raised.alertId);
    expect(link.state).toBe('SUGGESTED');
    expect(await linkOf(ANKER, ({ id }) => id === link.id)).toMatchObject({ state: 'SUGGESTED' });

    for (const [place, text] of Object.entries({ traffic: readFileSync(traffic, 'utf8'), log: hub.output })) {
      expect(text.length).toBeGreaterThan(100);
      const plain = unfolded(text).toLowerCase().normalize('NFC');
      expect({ place, found: MARKERS.filter((marker) => plain.includes(marker)) }).toEqual({ place, found: [] });
    }
    for (const ran of [first, unlawful])
      expect(MARKERS.filter((marker) => `${ran.out}${ran.err}`.toLowerCase().includes(marker))).toEqual([]);
  });
});
