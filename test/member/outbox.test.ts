import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../src/member/cli/run.js';
import { KeyStore } from '../../src/member/files/index.js';
import { CustodianProcesses } from './custodian-processes.js';
import { StoringHub } from './storing-hub.js';

const AUDIENCE = 'https://hub.example';
const CODES = ['xa-one', 'xb-two', 'xc-three'];
/** Made up, and in no other file of this repository's folders of keys. */
const MARKS = ['Zorvekplim', 'Quastelburn', 'Жорвекплим', 'ZQ7654321'];
const RECORD = {
  names: { given: 'Zorvekplim', family: ['Quastelburn', 'Жорвекплим'] },
  ...{ birthDate: '1991-05-17', birthCountry: 'AL', birthPlace: 'Drovnik' },
  documents: [{ type: 'passport', issuer: 'AL', number: 'ZQ7654321' }],
};

let custodians: CustodianProcesses;
let hub: StoringHub;
let home: string;
let work: string;

beforeAll(async () => {
  custodians = await CustodianProcesses.make();
  await Promise.all(CODES.map((code) => custodians.start(code)));
});
afterAll(() => custodians.remove());
beforeEach(async () => {
  work = mkdtempSync(join(tmpdir(), 'symbolon-outbox-'));
  home = join(work, 'home');
  writeFileSync(join(work, 'person.json'), JSON.stringify(RECORD));
  writeFileSync(join(work, 'passphrase'), 'correct horse battery\n');
  hub = await StoringHub.start(custodians, custodians.seat);
  await keep(null);
});
afterEach(async () => {
  await hub.fake.stop();
  await custodians.unmask();
  rmSync(work, { recursive: true, force: true });
});

async function keep(passphrase: string | null): Promise<void> {
  const store = KeyStore.open(home);
  await store.saveHub({ hub: hub.url, audience: AUDIENCE });
  await store.saveOfficerKey(custodians.seat, { passphrase, replace: true });
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function symbolon(...argv: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run([...argv, '--purpose', 'protection'], {
    output: { out: (text) => void (out += text), err: (text) => void (err += text), terminal: false },
    environment: { SYMBOLON_HOME: home, SYMBOLON_HUB: hub.url },
    interactive: false,
  });
  return { code, out, err };
}

const FLAG = [
  ...['flag-returnee', '--from', 'NL', '--on', '2026-05', '--manner', 'return/assisted-voluntary', '--to', 'NL,AL'],
  ...['--consent', 'alert,linkage', '--follow-up', 'wanted', '--on-match', 'offer-assistance', '--age-band', '24-26'],
];
const flag = (...more: string[]): Promise<Ran> => symbolon(...FLAG, '--identity', join(work, 'person.json'), ...more);

/** All that is written below the folder of keys, file by file. */
function files(folder = home): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [{ path, text: readFileSync(path, 'utf8') }];
  });
}

/** Marks that lie in the clear, as they are or as base64url would carry them at any offset. */
function marksInTheClear(): readonly string[] {
  const texts = files().map(({ text }) => text);
  const unwrapped = texts.flatMap((text) =>
    (text.match(/[A-Za-z0-9_-]{16,}/g) ?? []).flatMap((run64) =>
      [0, 1, 2, 3].map((skip) => Buffer.from(run64.slice(skip), 'base64url').toString('utf8')),
    ),
  );
  return MARKS.filter((mark) => [...texts, ...unwrapped].some((text) => text.includes(mark)));
}

interface Listed {
  readonly id: string;
  readonly stage: string;
  readonly alert: string;
  readonly jti: string;
  readonly failure: string | null;
  readonly withoutTokens: string | null;
}

async function listed(...more: string[]): Promise<readonly Listed[]> {
  return JSON.parse((await symbolon('outbox', 'list', '--json', ...more)).out) as readonly Listed[];
}

/** Sends the outbox as a process of its own, which a test can kill. */
function sendInAProcess(): { readonly child: ChildProcess; readonly ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['dist/member/cli/main.js', 'outbox', 'send', '--purpose', 'protection'], {
    env: { PATH: process.env['PATH'], SYMBOLON_HOME: home, SYMBOLON_HUB: hub.url },
    stdio: 'ignore',
  });
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

describe('a flag for a person who came back', () => {
  it('is sent at once when the line is up, with tokens, and the identity is gone', async () => {
    const { code, out } = await flag();
    expect([code, out]).toEqual([0, expect.stringMatching(/^Sent alert:[0-9a-f-]{36}\.\n$/)]);
    const [alert] = hub.stored;
    expect(alert?.content).toMatchObject({
      kind: 'returnee',
      return: {
        manner: 'return/assisted-voluntary',
        from: 'NL',
        on: '2026-05',
        followUp: 'wanted',
        onMatch: 'offer-assistance',
      },
      linkage: { profile: 'symbolon-linkage/1' },
      legalBasis: { ground: 'consent', consentScope: ['alert', 'linkage'] },
    });
    expect(marksInTheClear()).toEqual([]);
    expect(
      files()
        .filter(({ path }) => path.endsWith('.json') && path.includes('xa-member/outbox/'))
        .map(({ text }) => JSON.parse(text) as object),
    ).toEqual([
      expect.objectContaining({ stage: 'sent', sealed: null, accepted: expect.objectContaining({ receipt: 'r' }) }),
    ]);
  });

  it('is queued when the hub is away, in files that only the owner reads and that hold nothing of the person', async () => {
    await hub.fake.stop();
    const { code, out } = await flag();
    expect([code, out]).toEqual([0, expect.stringContaining('Queued; 1 waiting.')]);
    expect((await flag()).out).toContain('Queued; 2 waiting.');
    expect(marksInTheClear()).toEqual([]);
    for (const { path } of files()) expect(statSync(path).mode & 0o077).toBe(0);
    expect(await listed()).toMatchObject([{ stage: 'draft', failure: 'HUB_UNREACHABLE' }, { stage: 'draft' }]);
    // With the officer's key the record is there: the search above looks at the right files.
    const [entry] = await listed();
    const vault = await KeyStore.open(home).vault('xa-member', 'desk-1');
    const file = JSON.parse(readFileSync(join(home, 'xa-member', 'outbox', `${entry?.id ?? ''}.json`), 'utf8')) as {
      sealed: string;
    };
    expect(await vault.open(file.sealed, `outbox ${entry?.id ?? ''} draft`)).toContain('Quastelburn');
  });

  it('is sealed by the passphrase when the officer’s key is', async () => {
    await keep('correct horse battery');
    const words = ['--passphrase-file', join(work, 'passphrase')];
    expect((await flag('--later', ...words)).code).toBe(0);
    expect(
      files()
        .map(({ path }) => path)
        .some((path) => path.endsWith('vault.key')),
    ).toBe(false);
    expect(marksInTheClear()).toEqual([]);
    writeFileSync(join(work, 'passphrase'), 'another horse battery\n');
    expect((await symbolon('outbox', 'send', ...words)).code).toBe(4);
    writeFileSync(join(work, 'passphrase'), 'correct horse battery\n');
    expect((await symbolon('outbox', 'send', ...words)).code).toBe(0);
    expect(hub.stored).toHaveLength(1);
  });

  it.each([
    ['before tokens are made', 'draft'],
    ['when custodians have evaluated and their answers are on the way', 'draft'],
    ['when the statement has arrived and is not stored', 'signed'],
    ['when the hub has stored it and has not answered', 'signed'],
  ] as const)('gives one alert though the sender is killed %s', async (when, stage) => {
    await flag('--later');
    const sending = (): ChildProcess => current.child;
    const kill = (): void => void sending().kill('SIGKILL');
    if (when.startsWith('before tokens')) hub.onLinkage = kill;
    if (when.startsWith('when custodians'))
      for (const code of ['xa-one', 'xb-two', 'xc-three']) await custodians.intercept(code, kill);
    if (when.startsWith('when the statement')) hub.beforeStoring = () => (kill(), 'fail');
    if (when.startsWith('when the hub')) hub.afterStoring = kill;
    const current = sendInAProcess();
    expect(await current.ended).toBeNull();
    expect(await listed()).toMatchObject([{ stage }]);
    expect(marksInTheClear()).toEqual([]);
    hub.onLinkage = hub.beforeStoring = hub.afterStoring = null;
    if (when.startsWith('when custodians')) {
      await custodians.unmask();
      for (const code of CODES) {
        await custodians.end(code);
        await custodians.start(code);
      }
    }
    const [before] = await listed();
    for (let times = 0; times < 3; times++) expect((await symbolon('outbox', 'send')).code).toBe(0);
    const [after] = await listed();
    expect(hub.stored.map(({ id }) => id)).toEqual([after?.alert]);
    expect(after?.stage).toBe('sent');
    // Only where tokens were lost another id is taken.
    expect(after?.jti === before?.jti).toBe(!when.startsWith('when custodians'));
    expect(marksInTheClear()).toEqual([]);
  });

  it('is sent although another entry is spoilt; that one is named, and can be dropped', async () => {
    await flag('--later');
    const [spoilt] = await listed();
    const id = spoilt?.id ?? '';
    writeFileSync(join(home, 'xa-member', 'outbox', `${id}.json`), '{"id":');
    await flag('--later');
    expect((await symbolon('outbox', 'send')).code).toBe(0);
    expect(hub.stored).toHaveLength(1);
    expect(await symbolon('outbox', 'list')).toMatchObject({ code: 6, err: expect.stringContaining(`${id} cannot`) });
    expect((await symbolon('outbox', 'drop', id)).code).toBe(0);
    expect((await symbolon('outbox', 'list')).code).toBe(0);
  });

  it('tells whether it went with tokens, and if not, why', async () => {
    await flag();
    await symbolon(...FLAG);
    const withoutTokens = (await listed()).map((entry) => entry.withoutTokens);
    expect(withoutTokens).toEqual([null, 'no-identity']);
  });

  it('is sent once by two senders at the same time', async () => {
    await flag('--later');
    const both = [sendInAProcess(), sendInAProcess()];
    const codes = await Promise.all(both.map(({ ended }) => ended));
    expect(codes).toContain(0);
    expect((await symbolon('outbox', 'send')).code).toBe(0);
    expect(hub.stored).toHaveLength(1);
  });

  it('waits while too few custodians answer, says so, and goes when they are back', async () => {
    await Promise.all([custodians.end('xa-one'), custodians.end('xb-two')]);
    const { code, out } = await flag();
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/xa-one is away.*xb-two is away|xb-two is away.*xa-one is away/),
    ]);
    expect((await symbolon('outbox', 'send')).code).toBe(3);
    await Promise.all([custodians.start('xa-one'), custodians.start('xb-two')]);
    expect((await symbolon('outbox', 'send')).code).toBe(0);
    expect(hub.stored).toHaveLength(1);
  });

  it('goes although one custodian lies, and says which', async () => {
    await custodians.impersonate('xb-two', () => Promise.resolve('not.a.statement'));
    for (let times = 0; ; times++) {
      const { code, out, err } = await flag();
      expect(code).toBe(0);
      if (err.includes('xb-two LIED')) break;
      // Two of three are asked; it is drawn which.
      expect(out).toContain('Sent');
      expect(times).toBeLessThan(20);
    }
    await custodians.unmask();
    await custodians.start('xb-two');
  });

  it('goes without tokens when the record is too weak, and says why', async () => {
    writeFileSync(join(work, 'person.json'), JSON.stringify({ names: { given: 'Maria' } }));
    const { code, err } = await flag();
    expect([code, err]).toEqual([0, expect.stringContaining('too common or too incomplete')]);
    expect(hub.stored[0]?.content.linkage).toBeUndefined();
    expect(hub.stored[0]?.sent).not.toContain('~');
  });

  it('is refused when the consent does not hold linkage, before the identity is read', async () => {
    const options = FLAG.map((option) => (option === 'alert,linkage' ? 'alert' : option));
    const { code, err } = await symbolon(...options, '--identity', join(work, 'no such file'));
    expect([code, err]).toEqual([14, expect.stringContaining('CONSENT_MISSING')]);
    expect(await listed()).toEqual([]);
  });

  it('is kept when the hub refuses it, with the refusal’s exit code, until it is dropped', async () => {
    hub.fake.tokenError = { error: 'invalid_scope', error_description: 'PURPOSE_OUTSIDE_MANDATE: Not yours.' };
    const { code, out } = await flag();
    expect([code, out]).toEqual([13, expect.stringContaining('not accepted')]);
    const [entry] = await listed();
    expect(entry).toMatchObject({ stage: 'draft', failure: 'PURPOSE_OUTSIDE_MANDATE' });
    expect((await symbolon('outbox', 'drop', entry?.id ?? '')).code).toBe(0);
    expect(await listed()).toEqual([]);
    expect((await symbolon('outbox', 'drop', '../../hub')).code).toBe(2);
  });
});
