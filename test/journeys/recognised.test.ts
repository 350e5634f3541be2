import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { symbolon } from '../support/command-line.js';
import { HubProcess } from '../support/hub-process.js';
import { freePort } from '../support/hub.js';
import { unfolded } from '../support/unfolded.js';
import { wholeDatabase } from '../support/whole-database.js';

const MOST = 'bg-most/desk-1';
const LOTSE = 'de-lotse/desk-1';
const FAR = 'md-far/desk-1';
const SOON = 30_000;

/** Three made-up persons, each as a Bulgarian organisation knows it and as a German one does. */
const DESISLAVA = {
  home: {
    names: { given: 'Десислава Огнянова', family: 'Челебийска' },
    birthDate: '1997-08-23',
    birthCountry: 'BG',
    birthPlace: ['Горно Езерово'],
    documents: [{ type: 'passport', issuer: 'BG', number: '380 214 776' }],
  },
  abroad: {
    names: { given: 'Dessislava', family: 'Chelebiyska' },
    birthDate: '23.08.1997',
    birthCountry: 'BG',
    birthPlace: ['Gorno Ezerovo'],
  },
};
const RADOSTINA = {
  home: { names: { given: 'Радостина', family: 'Куцарова' }, birthDate: '1989-04-17', birthCountry: 'BG' },
  abroad: { names: { given: 'Radostina', family: 'Kutsarova' }, birthDate: '1989-04-17', birthCountry: 'BG' },
};
const ZDRAVKA = {
  home: { names: { given: 'Здравка', family: 'Мутафова' }, birthDate: '1993-10-05', birthCountry: 'BG' },
  abroad: { names: { given: 'Zdravka', family: 'Mutafova' }, birthDate: '1993-10-05', birthCountry: 'BG' },
};

/** What may be nowhere but at the two members. */
const MARKERS = [
  ...['десислава', 'огнянова', 'челебийска', 'dessislava', 'desislava', 'chelebiyska', 'čelebijska', 'celebijska'],
  ...['радостина', 'куцарова', 'radostina', 'kutsarova', 'здравка', 'мутафова', 'zdravka', 'mutafova'],
  ...['1997-08-23', '23.08.1997', '19970823', '1989-04-17', '1993-10-05', '380 214 776', '380214776'],
  ...['горно езерово', 'gorno ezerovo', 'gornoezerovo', 'lighthouse tattoo', 'her left wrist'],
];

interface LinkSeen {
  readonly id: string;
  readonly state: string;
  readonly counterpart: { readonly member: { readonly code: string } } | null;
  readonly classification: { readonly recurrence: string; readonly wouldDecide: readonly string[] } | null;
  readonly flagId: string | null;
  readonly alertId: string;
}

interface Page<T> {
  readonly edges: readonly { readonly node: T }[];
}

let hub: HubProcess;
let traffic: string;
let spoken = '';

beforeAll(async () => {
  hub = await HubProcess.make();
  traffic = join(mkdtempSync(join(tmpdir(), 'symbolon-traffic-')), 'traffic.txt');
  const ports = [await freePort(), await freePort(), await freePort()].join();
  const environment = { SANDBOX_CUSTODIANS: 'on', CUSTODIAN_PORTS: ports, LINKAGE_BATCH_SECONDS: '1' };
  expect(await hub.start({ ...environment, LOG_LEVEL: 'debug', DEBUG: '*' })).toBe('ready');
});

afterAll(async () => {
  await hub.remove();
  rmSync(join(traffic, '..'), { recursive: true, force: true });
});

/** Runs a command as a seat, for protection; fails when the command fails. */
async function as(seat: string, args: readonly string[], input?: unknown): Promise<string> {
  const place = { home: join(hub.folder, 'sandbox'), hub: hub.url, traffic };
  const given = input === undefined ? '' : typeof input === 'string' ? input : JSON.stringify(input);
  const ran = await symbolon(place, [...args, '--as', seat, '--purpose', 'protection'], given);
  spoken += ran.out + ran.err;
  if (ran.code !== 0) throw new Error(`symbolon ${args.join(' ')}: ${ran.code}\n${ran.out}\n${ran.err}`);
  return ran.out;
}

async function answer<T>(seat: string, args: readonly string[], input?: unknown): Promise<T> {
  const value: T = JSON.parse(await as(seat, [...args, '--json'], input));
  return value;
}

const HOME_FLAG = ['--present', 'act/recruitment,means/deception,purpose/sexual-exploitation', '--origin', 'BG'];
const ADDRESSED = ['--to', 'BG,DE,MD', '--expires', '2027-11-01'];

/** The home organisation flags the return, the other reports a case; the alerts' ids. */
async function report(
  person: { readonly home: object; readonly abroad: object },
  began: string,
): Promise<{ readonly home: string; readonly abroad: string }> {
  const flagged = await answer<{ alert: string }>(
    MOST,
    [
      ...[
        'flag-returnee',
        '--identity',
        '-',
        '--from',
        'DE',
        '--on',
        '2026-02',
        '--manner',
        'return/assisted-voluntary',
      ],
      ...[
        '--consent',
        'alert,linkage',
        '--on-match',
        'contact-sender-first',
        '--gender',
        'woman',
        ...HOME_FLAG,
        ...ADDRESSED,
      ],
    ],
    person.home,
  );
  const raised = await answer<{ alertId: string }>(
    LOTSE,
    [
      ...[
        'raise',
        '--kind',
        'case',
        '--identity',
        '-',
        '--gender',
        'woman',
        '--start',
        began,
        '--ground',
        'vital-interest',
      ],
      ...['--exploitation', 'DE', ...HOME_FLAG, ...ADDRESSED],
    ],
    person.abroad,
  );
  return { home: flagged.alert, abroad: raised.alertId };
}

async function linkOf(seat: string, alert: string): Promise<LinkSeen> {
  const until = Date.now() + SOON;
  for (;;) {
    const { edges } = await answer<Page<LinkSeen>>(seat, ['links', 'list']);
    const found = edges.find(({ node }) => node.alertId === alert);
    if (found) return found.node;
    if (Date.now() > until) throw new Error('no link was suggested in time');
  }
}

/** Both open, both confirm with what they know; what the first sees in the end. */
async function confirmed(
  alerts: { readonly home: string; readonly abroad: string },
  home: readonly string[],
  abroad: readonly string[],
): Promise<LinkSeen> {
  const { id } = await linkOf(MOST, alerts.home);
  await as(MOST, ['links', 'compare', id]);
  await as(LOTSE, ['links', 'compare', id]);
  await as(MOST, ['links', 'confirm', id, ...home]);
  await as(LOTSE, ['links', 'confirm', id, ...abroad]);
  return answer<LinkSeen>(MOST, ['links', 'show', id]);
}

describe('a person who is known under another spelling', () => {
  it('is recognised, compared under seal, confirmed by both, and flagged to both as trafficked again', async () => {
    const alerts = await report(DESISLAVA, '2026-06');
    const suggested = await linkOf(LOTSE, alerts.abroad);
    expect(suggested).toMatchObject({ state: 'SUGGESTED', counterpart: null });
    expect((await linkOf(MOST, alerts.home)).id).toBe(suggested.id);

    const { id } = suggested;
    await as(LOTSE, ['links', 'compare', id]);
    await as(MOST, ['links', 'compare', id]);
    await as(LOTSE, ['links', 'compare', id, '--ask-file', '-'], 'Has she a lighthouse tattoo?');
    expect(await as(MOST, ['links', 'compare', id])).toContain('Has she a lighthouse tattoo?');
    await as(MOST, ['links', 'compare', id, '--answer-file', '-'], 'Yes, on her left wrist.');
    expect(await as(LOTSE, ['links', 'compare', id])).toContain('Yes, on her left wrist.');

    await as(MOST, ['links', 'confirm', id, '--began', '2024-11', '--exit', 'exited', '--exited', '2025-12']);
    await as(LOTSE, ['links', 'confirm', id, '--began', '2026-06', '--exit', 'exited', '--exited', '2026-10']);
    for (const seat of [MOST, LOTSE]) {
      const link = await answer<LinkSeen>(seat, ['links', 'show', id]);
      expect(link).toMatchObject({ state: 'CONFIRMED', classification: { recurrence: 'RETRAFFICKING' } });
      const flag = await answer<{ kind: string; sender: unknown }>(seat, ['alerts', 'show', String(link.flagId)]);
      expect(flag).toMatchObject({ kind: 'RETRAFFICKING', sender: null });
    }
  });

  it('is not counted twice when both report the same episode', async () => {
    const alerts = await report(RADOSTINA, '2025-01');
    const link = await confirmed(
      alerts,
      ['--began', '2025-01', '--exit', 'exited', '--exited', '2025-12'],
      ['--began', '2025-02', '--exit', 'exited', '--exited', '2025-11'],
    );
    expect(link).toMatchObject({ classification: { recurrence: 'SAME_EPISODE' }, flagId: null });
  });

  it('stays undetermined while the dates do not tell, with what would decide', async () => {
    const alerts = await report(ZDRAVKA, '2025');
    const link = await confirmed(
      alerts,
      ['--began', '2024', '--exit', 'exited', '--exited', '2025'],
      ['--began', '2025', '--exit', 'exited', '--exited', '2026'],
    );
    expect(link).toMatchObject({ classification: { recurrence: 'UNDETERMINED' }, flagId: null });
    expect(link.classification?.wouldDecide.length).toBeGreaterThan(0);
  });

  it('is seen by nobody else, and as other pseudonyms by each', async () => {
    expect(await answer(FAR, ['links', 'list'])).toMatchObject({ edges: [] });
    const pseudonyms = await Promise.all(
      [MOST, LOTSE, FAR].map(async (seat) => {
        const { edges } = await answer<Page<{ pseudonym: string | null }>>(seat, ['alerts', 'list', '--first', '20']);
        return edges.flatMap(({ node: { pseudonym } }) => (pseudonym === null ? [] : [pseudonym]));
      }),
    );
    const [most = [], lotse = [], far = []] = pseudonyms;
    for (const own of pseudonyms) expect(new Set(own).size).toBe(3); // six alerts, three persons
    expect(new Set([...most, ...lotse, ...far]).size).toBe(9);
  });

  it('leaves no name, birth date, document number or narrative with the hub, the custodians or on the way', async () => {
    const password = readFileSync(join(hub.folder, 'database-password'), 'utf8').trim();
    const database = await wholeDatabase(
      `postgres://symbolon_owner:${password}@127.0.0.1:${hub.databasePort}/postgres`,
    );
    const places = {
      database,
      log: hub.output,
      traffic: readFileSync(traffic, 'utf8'),
      files: filesUnder(hub.folder, (name) => name !== 'postgres').join('\n'),
    };
    for (const [place, text] of Object.entries(places)) {
      expect(text.length).toBeGreaterThan(1000);
      const plain = unfolded(text).toLowerCase().normalize('NFC');
      expect({ place, found: MARKERS.filter((marker) => plain.includes(marker)) }).toEqual({ place, found: [] });
    }
    // The search itself would find them: in what the members' own commands printed they are.
    expect(spoken).toContain('lighthouse tattoo');
    expect(unfolded(Buffer.from('{"name":"Радостина"}').toString('base64url'))).toContain('Радостина');
  });
});

function filesUnder(folder: string, wanted: (name: string) => boolean): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (!wanted(name)) return [];
    const stats = statSync(path);
    return stats.isDirectory() ? filesUnder(path, () => true) : stats.isFile() ? [readFileSync(path, 'latin1')] : [];
  });
}
