import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { followInboxLive, type Followed } from '../../src/member/live-inbox.js';
import type { MemberClient } from '../../src/member/index.js';
import { followInbox, emptyInboxHash } from '../../src/protocol/delivery/index.js';
import { readEntry } from '../../src/member/inbox-entry.js';
import { certify, connect, foundAccord } from '../support/organisation.js';
import { toldAll } from '../support/told.js';
import { twoNodes, type TwoNodes } from '../support/two-nodes.js';
import { raiseMany } from './live-stage.js';

/** So long that nothing in these tests comes by a heartbeat: only a hint is in time. */
const HEARTBEAT_SECONDS = 60;

let nodes: TwoNodes;
let writers: readonly [MemberClient, MemberClient];
let reader: MemberClient;
let member: string;

beforeAll(async () => {
  nodes = await twoNodes({ STREAM_HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS) });
  const { first, second } = nodes;
  const { nl, ro, al } = await foundAccord(first);
  const seats = [
    await certify(first, al, 'desk-1', 'case-worker'),
    await certify(second, al, 'desk-2', 'case-worker'),
  ] as const;
  writers = [await connect(first, seats[0], 'protection'), await connect(first, seats[1], 'protection')];
  reader = await connect(first, await certify(first, ro, 'desk', 'liaison'), 'protection');
  member = ro.code;
  expect(nl.code).toMatch(/^nl/);
});
afterAll(() => nodes.stop());

/** Has two officers of one house raise alerts at once, each batch at whichever node has the turn; their ids. */
async function write(batches: number, of: number): Promise<string[]> {
  const written = await Promise.all(
    writers.map(async (writer) => {
      const ids: string[] = [];
      for (let i = 0; i < batches; i++) ids.push(...(await raiseMany(writer, of)));
      return ids;
    }),
  );
  return written.flat();
}

describe('a followed inbox of a hub of two nodes', () => {
  it('has each entry once and in order, while writers write at both, the stream moves between them and connections are cut', async () => {
    const { first, second, reach, cut } = nodes;
    reach(first, second);
    const before = await write(2, 5);
    await toldAll(first);
    const ending = new AbortController();
    const came: Followed[] = [];
    let wanted = Infinity;
    const following = (async () => {
      for await (const message of followInboxLive(reader, { signal: ending.signal, pause: 50 })) {
        came.push(message);
        if (came.filter(isEdge).length >= wanted) ending.abort();
      }
    })();
    const [during] = await Promise.all([
      write(8, 5),
      (async () => {
        for (const turn of [[second], [first], [second, first], [first, second]]) {
          await pause(400);
          reach(...turn);
          cut();
        }
      })(),
    ]);
    const ids = [...before, ...during];
    wanted = ids.length;
    if (came.filter(isEdge).length >= wanted) ending.abort();
    await following;
    const entries = came.filter(isEdge).map(({ node }) => node);
    expect(entries.map(({ seq }) => seq)).toEqual(ids.map((_, at) => at + 1));
    expect(entries.map(({ alertId }) => alertId).sort()).toEqual([...ids].sort());
    const owner = { audience: first.identity.audience, member, purpose: 'protection' as const };
    const verified = followInbox({ seq: 0, chainHash: emptyInboxHash(owner) }, entries.map(readEntry));
    expect(verified.seq).toBe(ids.length);
  });

  it('is told at both nodes at once of what came in at one, by a hint', async () => {
    const { first, second, reach } = nodes;
    for (const [at, other] of [
      [first, second],
      [second, first],
    ] as const) {
      reach(at);
      const ending = new AbortController();
      const followed = followInboxLive(reader, { signal: ending.signal });
      for (let caughtUp = false; !caughtUp;) {
        const { value } = await followed.next();
        caughtUp = value?.__typename === 'InboxHeartbeat';
      }
      reach(other);
      const begun = Date.now();
      const [id] = await raiseMany(writers[0], 1);
      const { value } = await followed.next();
      expect(value).toMatchObject({ __typename: 'InboxEdge', node: { alertId: id } });
      expect(Date.now() - begun).toBeLessThan((HEARTBEAT_SECONDS * 1000) / 3);
      ending.abort();
      await followed.return();
    }
  });

  it('goes on at the other node when one is shut down', async () => {
    const { first, second, reach } = nodes;
    reach(second);
    const ending = new AbortController();
    const followed = followInboxLive(reader, { signal: ending.signal, pause: 50 });
    const seqs: number[] = [];
    const upTo = async (isLast: (message: Followed) => boolean): Promise<void> => {
      for (;;) {
        const { value, done } = await followed.next();
        if (done) throw new Error('it ended');
        if (isEdge(value)) seqs.push(value.node.seq);
        if (isLast(value)) return;
      }
    };
    await upTo(({ __typename }) => __typename === 'InboxHeartbeat');
    reach(first);
    const [stopped, raised] = [second.close(), raiseMany(writers[0], 3)];
    const [, , last = ''] = await raised;
    await upTo((message) => isEdge(message) && message.node.alertId === last);
    await stopped;
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
    ending.abort();
    await followed.return();
  });
});

function isEdge(message: Followed): message is Extract<Followed, { __typename: 'InboxEdge' }> {
  return message.__typename === 'InboxEdge';
}
