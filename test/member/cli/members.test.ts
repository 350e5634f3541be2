import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';
import { type OfficerSeat } from '../../../src/member/index.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { generateSigningKey } from '../../../src/protocol/index.js';
import { SignedAccord } from '../../support/signed-accord.js';
import { FakeHub } from '../fake-hub.js';

const AUDIENCE = 'https://hub.example';
const OTHER = 'xd-other';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Shown {
  readonly members: readonly { readonly code: string; readonly thumbprint: string; readonly standing: string }[];
}

let home: string;
let hub: FakeHub;
let seat: OfficerSeat;
let accord: SignedAccord;
/** What the hub says that the accord is. */
let audience: string;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'symbolon-members-'));
  audience = AUDIENCE;
  seat = { member: 'xa-one', officer: 'desk-1', role: 'case-worker', key: await generateSigningKey() };
  hub = await FakeHub.start(seat, ({ query }) => {
    if (query.includes('query Accord')) return { accord: { hash: 'h', text: 't', audience, quorum: 2 } };
    const edges = accord.list.map((node) => ({ node }));
    return { members: { edges, pageInfo: { hasNextPage: false, endCursor: null } } };
  });
  await KeyStore.open(home).saveOfficerKey(seat);
  accord = await founded();
});
afterEach(async () => {
  await hub.stop();
  rmSync(home, { recursive: true, force: true });
});

async function founded(): Promise<SignedAccord> {
  const made = await SignedAccord.foundedBy(AUDIENCE, 'xa-one', 'xb-two', 'xc-three');
  await made.admit(OTHER, 'xa-one', 'xb-two');
  return made;
}

async function members(...argv: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run(['members', ...argv, '--purpose', 'protection'], {
    output: { out: (text) => void (out += text), err: (text) => void (err += text), terminal: false },
    environment: { SYMBOLON_HOME: home, SYMBOLON_HUB: hub.url },
    interactive: false,
  });
  return { code, out, err };
}

async function shown(code = OTHER): Promise<Shown['members'][number] | undefined> {
  const list = JSON.parse((await members('--json')).out) as Shown; // parsing
  return list.members.find((one) => one.code === code);
}

describe('the list of members', () => {
  it('shows the thumbprint of each key from the statements, whatever the hub lists beside them', async () => {
    const { code, out } = await members();
    expect(code).toBe(0);
    expect(out).toContain(accord.keyOf(OTHER).kid);
    expect(await shown()).toMatchObject({ thumbprint: accord.keyOf(OTHER).kid, standing: 'pinned' });
  });

  it('ends with 7 and says whom, when what was seen does not go on, until a person has compared the key', async () => {
    await members();
    const seen = readFileSync(join(home, 'member-pins.json'), 'utf8');
    accord = await founded();
    const { code, err } = await members();
    expect([code, err]).toEqual([7, expect.stringContaining(OTHER)]);
    expect(readFileSync(join(home, 'member-pins.json'), 'utf8')).toBe(seen);

    const other = (await generateSigningKey()).kid;
    expect((await members('pin', OTHER, '--thumbprint', other)).code).toBe(7);
    expect(await shown()).toMatchObject({ standing: 'changed' });
    expect((await members('pin', OTHER, '--thumbprint', accord.keyOf(OTHER).kid)).code).toBe(0);
    expect(await shown()).toMatchObject({ standing: 'compared' });
    expect(await shown('xb-two')).toMatchObject({ standing: 'changed' });
  });

  it('keeps that a key was compared when it is rotated', async () => {
    expect((await members('pin', OTHER, '--thumbprint', accord.keyOf(OTHER).kid)).code).toBe(0);
    const next = await accord.rotate(OTHER);
    expect(await shown()).toMatchObject({ standing: 'compared', thumbprint: next.kid });
  });

  it('accepts by its thumbprint a member whom nobody countersigned, but none whose statements do not hold together', async () => {
    await accord.join('xe-lone');
    expect(await shown('xe-lone')).toMatchObject({ standing: 'unproven' });
    expect((await members('pin', 'xe-lone', '--thumbprint', accord.keyOf('xe-lone').kid)).code).toBe(0);
    const broken = await accord.join('xf-broken');
    expect(broken).not.toBe('');
    const { kid } = accord.keyOf('xf-broken');
    accord.of('xf-broken').splice(0, 1, ...accord.of(OTHER).slice(0, 1));
    expect((await members('pin', 'xf-broken', '--thumbprint', kid)).code).toBe(7);
    expect((await members('pin', 'xg-nobody', '--thumbprint', kid)).code).toBe(2);
  });

  it('is of the accord that the hub named first, though it names another one later', async () => {
    await members();
    audience = 'https://other.example';
    const { out } = await members('--json');
    expect(JSON.parse(out)).toMatchObject({ audience: AUDIENCE });
    expect(await shown()).toMatchObject({ standing: 'pinned' });
  });

  it('is refused from another address that names another accord, since nothing would be pinned under it', async () => {
    await members();
    const store = KeyStore.open(home);
    const saved = { hub: 'http://127.0.0.1:9', audience: AUDIENCE };
    await store.saveHub(saved);
    expect(await shown()).toMatchObject({ standing: 'pinned' });
    audience = 'https://other.example';
    const { code, err } = await members();
    expect([code, err]).toEqual([7, expect.stringContaining('--home')]);
    expect(await store.loadHub()).toEqual(saved);
    expect(Object.keys(JSON.parse(readFileSync(join(home, 'member-pins.json'), 'utf8')) as object)).toEqual([AUDIENCE]);
  });

  it('pins nothing of a list in which nobody founded the accord', async () => {
    for (const { code } of accord.list) accord.of(code).splice(1, 1);
    await members();
    expect(await shown()).toMatchObject({ standing: 'unproven' });
    accord = await founded();
    expect(await shown()).toMatchObject({ standing: 'new' });
  });

  it('is not judged by pins that are spoilt', async () => {
    await members();
    for (const text of ['{', '[]', `{"${AUDIENCE}":[]}`, `{"${AUDIENCE}":{"${OTHER}":{"key":1}}}`]) {
      writeFileSync(join(home, 'member-pins.json'), text);
      expect(await members()).toMatchObject({ code: 2, err: expect.stringContaining('member-pins.json') });
    }
  });
});
