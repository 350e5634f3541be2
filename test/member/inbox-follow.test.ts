import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LiveMessage } from '../../src/member/documents/inbox-live.js';
import { InboxReader } from '../../src/member/inbox-reader.js';
import { type MemberClient } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import type { Followed } from '../../src/member/live-inbox.js';
import { InboxStage, type Reader } from '../delivery/inbox-stage.js';
import { testHub } from '../support/hub.js';
import { connect } from '../support/organisation.js';

const MAIN = fileURLToPath(new URL('../../dist/member/cli/main.js', import.meta.url));

let stage: InboxStage;
let sender: Reader;
let reader: Reader;
let home: string;
let made = 0;

beforeAll(async () => {
  stage = await InboxStage.on(await testHub({ environment: { STREAM_HEARTBEAT_SECONDS: '1' } }));
  sender = await stage.reader('BE', 'sender');
});
afterAll(() => stage.hub.stop());
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'symbolon-follow-'));
  reader = await stage.reader('DE', `reader-${++made}`);
  await send(3);
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

async function send(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await stage.raise(sender, { members: [reader.who.code] });
  await stage.told();
}

/** What a hub that lies makes of a message; null for what it does not tell. */
type Lie = (message: LiveMessage) => LiveMessage | null;

/** Follows and verifies up to a heartbeat. */
async function follow(lie: Lie = (message) => message): Promise<Followed[]> {
  const client = await connect(stage.hub, reader.seat, 'protection');
  const lying = Object.create(client, {
    subscribe: {
      value: async function* (...args: Parameters<MemberClient['subscribe']>) {
        for await (const { inbox } of client.subscribe<{ inbox: LiveMessage }>(...args)) {
          const told = lie(inbox);
          if (told) yield { inbox: told };
        }
      },
    },
  }) as MemberClient; // parsing: a client in all but what it is told
  const address = { hub: stage.hub.url, audience: stage.hub.identity.audience };
  const ending = new AbortController();
  const verified = await InboxReader.open(lying, address, KeyStore.open(home));
  const all: Followed[] = [];
  for await (const message of verified.follow({ signal: ending.signal })) {
    all.push(message);
    if (message.__typename === 'InboxHeartbeat') ending.abort();
  }
  return all;
}

function changed(at: number, change: object): Lie {
  return (message) =>
    message.__typename === 'InboxEdge' && message.node.seq === at
      ? { ...message, node: { ...message.node, ...change } }
      : message;
}

function without(at: number): Lie {
  return (message) => (message.__typename === 'InboxEdge' && message.node.seq === at ? null : message);
}

function seqsOf(messages: readonly Followed[]): number[] {
  return messages.flatMap((message) => (message.__typename === 'InboxEdge' ? [message.node.seq] : []));
}

describe('following an inbox with proof', () => {
  it('goes on where this place had verified last', async () => {
    expect(seqsOf(await follow())).toEqual([1, 2, 3]);
    expect(seqsOf(await follow())).toEqual([]);
    await send(2);
    expect(seqsOf(await follow())).toEqual([4, 5]);
  });

  it.each([
    ['an entry is left out', without(2), 'GAP'],
    ['the last entry is left out', without(3), 'WITHHELD'],
    ['an entry has another place in the log', changed(2, { index: 1 }), 'CHANGED_ENTRY'],
    ['an entry has another event', changed(2, { event: 'ALERT_UPDATED' }), 'WRONG_STATEMENT'],
    ['an entry is of another moment', changed(2, { receivedAt: '2026-01-01T00:00:00.000Z' }), 'WRONG_STATEMENT'],
  ])('notices when %s, and keeps what shows it', async (_, lie, code) => {
    await expect(follow(lie)).rejects.toMatchObject({ code });
    const folder = join(home, 'log-faults');
    const kept = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object); // parsing
    expect(kept).toEqual([expect.objectContaining({ fault: code })]);
  });
});

describe('symbolon inbox --follow', () => {
  it('prints each entry on a line as it comes, for as long as it runs', async () => {
    const store = KeyStore.open(home);
    await store.saveHub({ hub: stage.hub.url, audience: stage.hub.identity.audience });
    await store.saveOfficerKey(reader.seat);
    const args = ['inbox', '--home', home, '--purpose', 'protection', '--follow', '--verify', '--ack', '--json'];
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    const lines = (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (chunk: Buffer | string = ''): void => {
          out += chunk.toString();
          if (out.split('\n').length > count) resolve();
        };
        child.stdout.on('data', look);
        look();
      });
    try {
      await lines(3);
      child.stdout.removeAllListeners('data');
      const more = lines(4);
      await send(1);
      await more;
    } finally {
      child.kill();
    }
    const told = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { node: { seq: number }; acknowledged: number }); // parsing
    expect(told.map(({ node, acknowledged }) => [node.seq, acknowledged])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
  });
});
