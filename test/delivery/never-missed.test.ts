import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { readEntry } from '../../src/member/inbox-entry.js';
import { EVENTS } from '../../src/protocol/index.js';
import {
  assertComplete,
  assertHeadFits,
  emptyInboxHash,
  followInbox,
  readInboxHead,
  type VerifiedUpTo,
} from '../../src/protocol/delivery/index.js';
import { toldAll } from '../support/told.js';
import { type TwoNodes, twoNodes } from '../support/two-nodes.js';
import { InboxStage, pageOf, type Reader } from './inbox-stage.js';

const WRITERS = 4;
const EACH = 12;

let nodes: TwoNodes;
let stage: InboxStage;
let reader: Reader;
const senders: Reader[] = [];

beforeAll(async () => {
  nodes = await twoNodes();
  stage = await InboxStage.on(nodes.first);
  reader = await stage.reader('DE', 'reader');
  for (let i = 0; i < WRITERS; i++) senders.push(await stage.reader('BE', `sender-${i}`));
  nodes.reach(nodes.first, nodes.second);
});
afterAll(() => nodes.stop());

/** Somebody who has entered an alert like `like` in the log and takes long to commit it, or takes it back. The id of what was committed. */
async function enterSlowly(like: string, from: Reader, wait: number, commits: boolean): Promise<string | null> {
  const client = new pg.Client({
    connectionString: nodes.first.database.url,
    options: '-c search_path=symbolon',
  });
  await client.connect();
  try {
    const id = randomUUID();
    await client.query('BEGIN');
    const { rows } = await client.query<{ position: string }>(
      `INSERT INTO log_entry (issuer, jti, event, payload_hash)
       SELECT $1, $2, $3, l.payload_hash FROM log_entry l JOIN alert a ON a.position = l.position WHERE a.id = $4 RETURNING position`,
      [from.who.code, id, EVENTS.alertRaised, like.slice('alert:'.length)],
    );
    await client.query(
      `INSERT INTO alert (id, position, sender, kind, raised_at, expires_at, audience_id, case_id, route_id, statement)
       SELECT $1, $2, $3, kind, raised_at, expires_at, audience_id, case_id, route_id, statement FROM alert WHERE id = $4`,
      [id, rows[0]?.position, from.who.code, like.slice('alert:'.length)],
    );
    await pause(wait);
    await client.query(commits ? 'COMMIT' : 'ROLLBACK');
    return commits ? `alert:${id}` : null;
  } finally {
    await client.end();
  }
}

describe('a reader that pages while many write, some commit late and some take back, on two nodes', () => {
  it('collects what was accepted, each once, in a chain that holds to the signed head', async () => {
    const [first] = senders;
    if (!first) throw new Error('no sender');
    const audience = { members: [reader.who.code] };
    const like = await stage.raise(first, audience);
    const accepted = [like];
    const write = async (sender: Reader, place: number): Promise<void> => {
      for (let i = 0; i < EACH; i++) {
        if ((i + place) % 3 === 0) {
          const slow = await enterSlowly(like, sender, 40 * ((i * 7 + place) % 13), i % 2 === 0);
          if (slow !== null) accepted.push(slow);
        } else accepted.push(await stage.raise(sender, audience));
      }
    };
    const under = { way: true };
    const written = Promise.all([
      ...senders.map(write),
      ...senders.map((sender, place) => write(sender, place + 1)),
    ]).finally(() => (under.way = false));

    const owner = { audience: stage.hub.identity.audience, member: reader.who.code, purpose: 'protection' as const };
    const log = { audience: owner.audience, keys: [stage.hub.identity.signingKey] };
    const collected: (string | null)[] = [];
    let verified: VerifiedUpTo = { seq: 0, chainHash: emptyInboxHash(owner) };
    let cursor: string | null = null;
    const turn = async (): Promise<boolean> => {
      const page = await pageOf(reader.ask('protection'), { first: 5, after: cursor });
      const head = await readInboxHead(page.head.statement, log);
      assertHeadFits(head, { owner, verified, earlier: null });
      verified = followInbox(
        verified,
        page.edges.map(({ node }) => readEntry({ ...node, statement: null })), // slow writers copied a statement of another
      );
      collected.push(...page.edges.map(({ node }) => node.alertId));
      cursor = page.pageInfo.endCursor ?? cursor;
      if (!page.pageInfo.hasNextPage) assertComplete(head, verified);
      return page.edges.length > 0;
    };
    while (under.way) await turn();
    await written;
    const before = collected.length;
    await toldAll(nodes.first);
    while (await turn());

    expect(new Set(collected).size).toBe(collected.length);
    expect([...collected].sort()).toEqual([...accepted].sort());
    expect(before).toBeGreaterThan(0);
    expect(nodes.given.every((count) => count > 0)).toBe(true);
  });

  it('goes on when the node that filled is gone', async () => {
    const [first] = senders;
    if (!first) throw new Error('no sender');
    nodes.reach(nodes.second);
    await nodes.first.close();
    const alert = await stage.raise(first, { members: [reader.who.code] });
    await toldAll(nodes.second);
    const { edges } = await pageOf(reader.ask('protection'), { first: 100 });
    expect(edges.at(-1)?.node.alertId).toBe(alert);
  });
});
