import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustodianRegister, EpochPublisher } from '../../src/epochs/index.js';
import { run } from '../../src/member/cli/run.js';
import { KeyStore } from '../../src/member/index.js';
import { listMembers } from '../../src/member/member-list.js';
import { LinkStage, type Desk } from '../links/link-stage.js';
import { CustodianProcesses } from '../member/custodian-processes.js';
import { type TestHub, testHub } from '../support/hub.js';
import { connect } from '../support/organisation.js';

const TRAFFICKING = 'act/recruitment,means/deception,purpose/sexual-exploitation';
/** One made-up person as two organisations write her. */
const AT_RETURN = {
  names: { given: 'Zorvekplima', family: 'Quastelburnova' },
  ...{ birthDate: '1997-05-17', birthCountry: 'BG', birthPlace: 'Drovnik' },
};
const FOUND_AGAIN = {
  names: { parts: ['Квастелбурнова', 'Зорвекплима'] },
  ...{ birthDate: '17.05.1997', birthCountry: 'BG', birthPlace: 'Дровник' },
};

let hub: TestHub;
let custodians: CustodianProcesses;
let home: Desk;
let abroad: Desk;
let homes: string;

beforeAll(async () => {
  hub = await testHub();
  const stage = await LinkStage.on(hub);
  home = await stage.desk('BG', 'return', 'ngo');
  abroad = await stage.desk('BE', 'shelter', 'ngo');
  const members = await listMembers(await connect(hub, home.seat, 'protection'));
  custodians = await CustodianProcesses.make({ audience: hub.identity.audience, members, seat: home.seat });
  await Promise.all([...custodians.custodians.keys()].map((code) => custodians.start(code)));
  const named = [...custodians.custodians.values()].map(({ identity: { card, key } }) => ({
    ...{ code: card.code, url: card.url, thumbprint: key.kid },
  }));
  await hub.app.get(CustodianRegister).enter(named);
  await hub.app.get(EpochPublisher).publish(custodians.epoch().statements);
  homes = mkdtempSync(join(tmpdir(), 'symbolon-journey-'));
  for (const desk of [home, abroad]) {
    const store = KeyStore.open(join(homes, desk.member));
    await store.saveHub({ hub: hub.url, audience: hub.identity.audience });
    await store.saveOfficerKey(desk.seat);
  }
}, 120_000);
afterAll(async () => {
  await custodians.remove();
  await hub.stop();
  rmSync(homes, { recursive: true, force: true });
});

async function as<T>(desk: Desk, ...argv: string[]): Promise<T> {
  let out = '';
  let err = '';
  const code = await run([...argv, '--purpose', 'protection', '--json'], {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(homes, desk.member) },
    interactive: false,
  });
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${err}`);
  return JSON.parse(out) as T;
}

function record(desk: Desk, identity: object): string {
  const path = join(homes, `${desk.member}.record`);
  writeFileSync(path, JSON.stringify(identity));
  return path;
}

interface LinksAnswer {
  readonly edges: readonly {
    readonly node: { readonly id: string; readonly alertId: string; readonly counterpart: unknown };
  }[];
}

/** The first suggestion that a desk sees, once it is given out. */
async function suggestionTo(desk: Desk): Promise<LinksAnswer['edges'][number]['node']> {
  for (let times = 0; times < 60; times++) {
    const { edges } = await as<LinksAnswer>(desk, 'links', 'list');
    if (edges[0]) return edges[0].node;
    await wait(500);
  }
  throw new Error('nothing was suggested');
}

describe('a person who came back and is exploited again', () => {
  it('is recognised by two organisations that never told each other or the hub who she is', async () => {
    const { alert: flagged } = await as<{ alert: string }>(
      home,
      ...['flag-returnee', '--identity', record(home, AT_RETURN), '--from', 'NL', '--on', '2026-02'],
      ...['--manner', 'return/assisted-voluntary', '--consent', 'alert,linkage', '--present', TRAFFICKING],
      ...['--origin', 'BG', '--to', 'everyone', '--on-match', 'contact-sender-first'],
    );
    const { alertId: raised } = await as<{ alertId: string }>(
      abroad,
      ...['raise', '--identity', record(abroad, FOUND_AGAIN), '--present', TRAFFICKING, '--origin', 'BG'],
      ...['--exploitation', 'BE', '--to', 'everyone'],
    );

    const [mine, theirs] = [await suggestionTo(home), await suggestionTo(abroad)];
    expect(mine).toMatchObject({ id: theirs.id, alertId: flagged, counterpart: null });
    expect(theirs).toMatchObject({ alertId: raised, counterpart: null });

    await as(home, 'links', 'compare', mine.id);
    await as(abroad, 'links', 'compare', mine.id, '--ask', 'Has she a scar on the left hand?');
    const heard = await as<{ messages: readonly { from: string; message: { text: string } }[] }>(
      home,
      ...['links', 'compare', mine.id, '--answer', 'She has.'],
    );
    expect(heard.messages[0]).toMatchObject({
      from: abroad.member,
      message: { text: 'Has she a scar on the left hand?' },
    });

    await as(
      home,
      ...['links', 'confirm', mine.id, '--began', '2025-03', '--exit', 'exited', '--exited', '2026-01'],
      ...['--exploiters', 'other'],
    );
    const confirmed = await as<{ flagId: string }>(
      abroad,
      'links',
      'confirm',
      mine.id,
      '--began',
      '2026-05',
      '--exit',
      'unknown',
    );
    expect(confirmed).toMatchObject({
      ...{ state: 'CONFIRMED', recomputed: 'follows', flagVerified: true },
      classification: { recurrence: 'RETRAFFICKING', earlierAlertId: flagged },
    });
    const flag = await as<{ sender: unknown; kind: string }>(home, 'alerts', 'show', confirmed.flagId);
    expect(flag).toMatchObject({ sender: null, kind: 'RETRAFFICKING' });
    const pseudonyms = await Promise.all(
      [flagged, raised].map(
        async (id) => (await as<{ pseudonym: string | null }>(home, 'alerts', 'show', id)).pseudonym,
      ),
    );
    expect(pseudonyms[0]).toEqual(expect.any(String));
    expect(new Set(pseudonyms).size).toBe(1);

    const kept = readdirSync(homes, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.record'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(kept.join('\n')).not.toMatch(/Zorvekplima|Зорвекплима|scar/);
  }, 120_000);
});
