import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CaughtUp, InboxReader } from '../../src/member/inbox-reader.js';
import type { InboxPageAnswer } from '../../src/member/documents/inbox.js';
import { run } from '../../src/member/cli/run.js';
import { type MemberClient } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { readInboxEvidence } from '../../src/protocol/delivery/index.js';
import { InboxStage, type Reader } from '../delivery/inbox-stage.js';
import { asOwner } from '../support/database.js';
import { testHub } from '../support/hub.js';
import { connect } from '../support/organisation.js';

let stage: InboxStage;
let sender: Reader;
let reader: Reader;
let home: string;
let made = 0;

beforeAll(async () => {
  stage = await InboxStage.on(await testHub());
  sender = await stage.reader('BE', 'sender');
});
afterAll(() => stage.hub.stop());
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'symbolon-inbox-'));
  reader = await stage.reader('DE', `reader-${++made}`);
  await send(3);
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

/** Has so many alerts sent to the reader, and told. */
async function send(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await stage.raise(sender, { members: [reader.who.code] }));
  await stage.told();
  return ids;
}

/** A client between which and the hub somebody may change pages. */
type Lie = (page: InboxPageAnswer) => InboxPageAnswer;

async function catchUp(lie: Lie = (page) => page): Promise<CaughtUp> {
  const client = await connect(stage.hub, reader.seat, 'protection');
  const lying = Object.create(client, {
    query: {
      value: async (document: string, variables: object) => {
        const answer = await client.query<{ inbox: InboxPageAnswer }>(document, { ...variables });
        return { inbox: lie(answer.inbox) };
      },
    },
  }) as MemberClient; // parsing: a client in all but its answers
  const address = { hub: stage.hub.url, audience: stage.hub.identity.audience };
  return (await InboxReader.open(lying, address, KeyStore.open(home))).catchUp();
}

/** What is kept of faults: code and evidence of each. */
function faults(): { fault: string; evidence: { kind: 'OTHER_HISTORY'; heads: [string, string] } | null }[] {
  const folder = join(home, 'log-faults');
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

const changed =
  (at: number, change: object): Lie =>
  (page) => ({
    ...page,
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.seq === at ? { ...node, ...change } : node })),
  });
const without =
  (at: number): Lie =>
  (page) => ({ ...page, edges: page.edges.filter(({ node }) => node.seq !== at) });

/** Runs SQL as the owner of the database: a hub that rewrites what it told. */
const sql = (text: string): Promise<unknown[]> =>
  asOwner(
    stage.hub.database.url,
    text.replaceAll('INBOX', `(SELECT id FROM inbox WHERE member = '${reader.who.code}' AND purpose = 'protection')`),
  );

describe('a member that verifies its inbox', () => {
  it('goes on where it verified last, and finds nothing wrong with an honest hub', async () => {
    expect(await catchUp()).toMatchObject({ from: 0, to: 3, verified: 3, unreadCount: 3 });
    expect(await catchUp()).toMatchObject({ from: 3, to: 3, verified: 0 });
    await send(2);
    expect(await catchUp()).toMatchObject({ from: 3, to: 5, verified: 2 });
  });

  it('reads page by page, and keeps each page before the next', async () => {
    await send(120);
    let pages = 0;
    await expect(catchUp((page) => (++pages === 2 ? without(101)(page) : page))).rejects.toMatchObject({ code: 'GAP' });
    expect(await catchUp()).toMatchObject({ from: 100, to: 123, verified: 23 });
  });

  it.each<[string, string, Lie]>([
    ['leaves an entry out', 'GAP', without(2)],
    ['withholds the last', 'WITHHELD', without(3)],
    ['changes what an entry is of', 'CHANGED_ENTRY', changed(2, { index: 0 })],
    ['changes a hash', 'CHANGED_ENTRY', changed(2, { chainHash: 'A'.repeat(43) })],
    ['changes the instant', 'WRONG_STATEMENT', changed(2, { receivedAt: '2026-01-01T00:00:00.000Z' })],
    ['gives no entry in the right form', 'MALFORMED', changed(2, { leafHash: 'x' })],
    ['tells of an unknown event', 'MALFORMED', changed(2, { event: 'ALERT_LOST' })],
    [
      'says without end that more follows',
      'WITHHELD',
      (page) => ({ ...without(3)(without(2)(without(1)(page))), pageInfo: { hasNextPage: true, endCursor: null } }),
    ],
    [
      'signs with another key',
      'BAD_SIGNATURE',
      (page) => ({ ...page, head: { statement: `${page.head.statement.slice(0, -6)}AAAAAA` } }),
    ],
  ])('finds a hub that %s: %s, and keeps what shows it', async (_, code, lie) => {
    const found = await catchUp(lie).catch((error: unknown) => error);
    expect(found).toMatchObject({ code, remedy: expect.stringContaining('log-faults') });
    const [kept, ...more] = faults();
    expect([kept?.fault, more]).toEqual([code, []]);
    expect(await catchUp()).toMatchObject({ from: 0, to: 3, verified: 3 });
  });

  it('finds a hub that told all and says that more follows, and does not ask for ever', async () => {
    await catchUp();
    let asked = 0;
    const promising: Lie = (page) => {
      if (++asked > 3) throw new Error('it asks for ever');
      return { ...page, pageInfo: { ...page.pageInfo, hasNextPage: true } };
    };
    await expect(catchUp(promising)).rejects.toMatchObject({ code: 'WITHHELD' });
    expect(asked).toBe(1);
    expect(await catchUp()).toMatchObject({ from: 3, to: 3, verified: 0 });
  });

  it('finds a hub that takes back what it told, and one that tells another history, with evidence that others can check', async () => {
    await catchUp();
    const kept = await asOwner<{ chain: Buffer }>(
      stage.hub.database.url,
      `SELECT last_chain AS chain FROM inbox WHERE member = '${reader.who.code}' AND purpose = 'protection'`,
    );
    await sql(
      'UPDATE inbox SET last_seq = 2, last_chain = (SELECT chain FROM inbox_entry WHERE inbox_id = INBOX AND seq = 2) WHERE id = INBOX',
    );
    await expect(catchUp()).rejects.toMatchObject({ code: 'TAKEN_BACK' });
    await sql("UPDATE inbox SET last_seq = 3, last_chain = sha256('another') WHERE id = INBOX");
    await expect(catchUp()).rejects.toMatchObject({ code: 'OTHER_HISTORY', evidence: { kind: 'OTHER_HISTORY' } });
    const log = { audience: stage.hub.identity.audience, keys: [stage.hub.identity.signingKey] };
    const evidence = faults().find(({ fault }) => fault === 'OTHER_HISTORY')?.evidence;
    expect(await readInboxEvidence(evidence ?? null, log)).toBe('OTHER_HISTORY');
    expect(kept).toHaveLength(1);
  });

  it('is not misled by a hub that forgot its cursors: it begins anew, and holds the hub to what it verified', async () => {
    await catchUp();
    const marks = join(home, 'inbox-marks.json');
    const text = readFileSync(marks, 'utf8');
    const forget = () => {
      writeFileSync(marks, text.replace(/"cursor": "[^"]*"/, '"cursor": "AAAA"'));
    };
    forget();
    expect(await catchUp()).toMatchObject({ from: 3, to: 3, verified: 3 });
    forget();
    await expect(catchUp(changed(3, { chainHash: 'A'.repeat(43) }))).rejects.toMatchObject({ code: 'OTHER_HISTORY' });
  });
});

describe('symbolon inbox', () => {
  async function symbolon(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const heard = { out: '', err: '' };
    const output = {
      out: (text: string) => void (heard.out += text),
      err: (text: string) => void (heard.err += text),
      terminal: false,
    };
    const code = await run(['inbox', '--home', home, '--purpose', 'protection', ...args], {
      output,
      environment: {},
      interactive: false,
    });
    return { code, ...heard };
  }
  beforeEach(async () => {
    const store = KeyStore.open(home);
    await store.saveHub({ hub: stage.hub.url, audience: stage.hub.identity.audience });
    await store.saveOfficerKey(reader.seat);
  });

  it('lists, acknowledges what it shows, and lists what is unread', async () => {
    const all = await symbolon();
    expect([all.code, all.out]).toEqual([
      0,
      expect.stringMatching(/1 +alert-raised +alert:.* be-sender .*readable\n +2 /),
    ]);
    expect(all.err).toContain('3 not acknowledged.');
    expect((await symbolon('--first', '2', '--ack')).err).toContain('1 not acknowledged.');
    const { edges } = JSON.parse((await symbolon('--unread', '--json')).out) as InboxPageAnswer; // parsing
    expect(edges.map(({ node }) => node.seq)).toEqual([3]);
    expect((await symbolon('--event', 'alert-withdrawn')).out).toBe('Nothing.\n');
  });

  it('verifies, acknowledges all that was verified, and ends with the code of a broken log when it does not hold', async () => {
    const { code, out } = await symbolon('--verify', '--ack');
    expect([code, out]).toEqual([0, expect.stringContaining('up to entry 3: none is missing, none was changed')]);
    expect(out).toContain('up to entry 3; 0 are not');
    await sql("UPDATE inbox_entry SET chain = sha256('another') WHERE inbox_id = INBOX AND seq = 2");
    rmSync(join(home, 'inbox-marks.json'));
    const broken = await symbolon('--verify');
    expect([broken.code, broken.err]).toEqual([
      8,
      expect.stringMatching(/^CHANGED_ENTRY: [^]*where: +inbox\.2[^]*log-faults/),
    ]);
  });

  it.each([
    [['--ack', '--kind', 'case']],
    [['--verify', '--unread']],
    [['--kind', 'rumour']],
    [['--event', 'rumour']],
    [['--first', '0']],
  ])('refuses %j as what it does not take', async (args) => {
    expect((await symbolon(...args)).code).toBe(2);
  });
});
