import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AlertService } from '../../src/alerts/index.js';
import { Database } from '../../src/database/index.js';
import type { Principal } from '../../src/graphql/index.js';
import { signRaised } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { decodeStatement, EVENTS } from '../../src/protocol/index.js';
import {
  assertIncluded,
  assertOneHistory,
  type KnownLog,
  leafHash,
  readConsistencyProof,
  readInclusionProof,
  readReceipt,
  readTreeHead,
  sameHash,
  signTreeHead,
  TreeBuilder,
  type TreeHead,
} from '../../src/protocol/transparency/index.js';
import { entryBytes } from '../../src/protocol/transparency/log-entry.js';
import { enterInLog, LogProofs, Sequencer } from '../../src/transparency/index.js';
import { asOwner } from '../support/database.js';
import { caseContent, certify, foundAccord, joinStatement, organisation } from '../support/organisation.js';
import type { TestHub } from '../support/hub.js';
import { until } from '../support/until.js';
import { twoNodes, type TwoNodes } from '../support/two-nodes.js';

interface Entry extends pg.QueryResultRow {
  readonly position: string;
  readonly issuer: string;
  readonly jti: string;
  readonly event: string;
  readonly payload_hash: Buffer;
  readonly salt: Buffer;
  readonly received_at: Date;
}

let nodes: TwoNodes;
let first: TestHub;
let log: KnownLog;
let raise: (statement: string) => Promise<string>;
let sign: () => Promise<string>;
let sender: Principal;
const open: pg.Client[] = [];

beforeAll(async () => {
  nodes = await twoNodes();
  first = nodes.first;
  const { audience, signingKey } = first.identity;
  log = { audience, keys: [signingKey] };
  const { ro } = await foundAccord(first);
  const seat = await certify(first, ro, 'desk', 'liaison');
  sender = await first.app.get(MembershipService).principalOf('ro-liaison', 'desk', 'protection');
  sign = () => signRaised(caseContent(), { seat, audience });
  let turn = 0;
  raise = async (statement) => {
    const node = turn++ % 2 === 0 ? nodes.first : nodes.second;
    const { receipt } = await node.app.get(AlertService).raise(sender, statement);
    return receipt ?? '';
  };
});
afterAll(async () => {
  for (const client of open) await client.end().catch(() => undefined);
  await nodes.stop();
});

async function writer(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: first.database.url, options: '-c search_path=symbolon' });
  await client.connect();
  client.on('error', () => undefined); // some are killed
  open.push(client);
  await client.query('BEGIN');
  return client;
}

async function enter(client: pg.Client, jti: string): Promise<number> {
  const text =
    "INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ('ro-liaison', $1, 'https://w3id.org/symbolon/events/alert-raised', sha256('x')) RETURNING position";
  const { rows } = await client.query<{ position: string }>(text, [jti]);
  return Number(rows[0]?.position);
}

/** A head that covers all that is accepted at this moment. */
async function headOver(size: number): Promise<TreeHead> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const { statement } = await first.app.get(LogProofs).latest();
    const head = await readTreeHead(statement, log);
    if (head.size >= size) return head;
    if (Date.now() > deadline) throw new Error(`the log rests at ${head.size} of ${size}`);
    await sleep(20);
  }
}

async function entries(): Promise<Entry[]> {
  return asOwner<Entry>(first.database.url, 'SELECT * FROM log_entry ORDER BY position');
}

describe('what is accepted', () => {
  it('has a receipt that verifies against a head that comes by itself, whatever it is', async () => {
    const newcomer = await organisation('BE', 'help', 'ngo', ['protection']);
    const joined = await first.app.get(MembershipService).join(await joinStatement(first, newcomer));
    const receipts = [joined.receipt, await raise(await sign()), await raise(await sign())];
    for (const compact of receipts) {
      const receipt = await readReceipt(compact, log);
      const [accepted] = receipt.accepted;
      if (!accepted?.place) throw new Error('a receipt without a place');
      const head = await headOver(accepted.place.index + 1);
      const proof = await ask(
        `{ it: inclusionProof(index: ${accepted.place.index}, size: ${head.size}) { index size path } }`,
      );
      assertIncluded(receipt, accepted, head, readInclusionProof(proof));
      const [row] = (await entries()).filter(({ position }) => Number(position) === (accepted.place?.index ?? -1) + 1);
      expect([row?.jti, row?.event]).toEqual([accepted.jti, accepted.place.event]);
    }
  });

  it('has the same place when it is sent again', async () => {
    const statement = await sign();
    const [once, again] = [await raise(statement), await raise(statement)].map(
      (compact) => decodeStatement(compact).claims,
    );
    expect(again?.['accepted']).toEqual(once?.['accepted']);
  });

  it('takes no place when it was accepted before, by whichever way it comes again', async () => {
    const alerts = first.app.get(AlertService);
    const batch = await Promise.all(Array.from({ length: 10 }, () => sign()));
    const indexOf = async (compact: string | null): Promise<number> =>
      (await readReceipt(compact ?? '', log)).accepted[0]?.place?.index ?? -1;
    const begin = await indexOf((await alerts.raiseMany(sender, batch)).receipt);
    await alerts.raiseMany(sender, batch);
    await first.app.get(Database).asMember(sender, async (transaction) => {
      for (const compact of batch) {
        const { payloadHash } = decodeStatement(compact);
        await enterInLog(transaction, sender.member, EVENTS.alertRaised, {
          claims: { jti: jtiOf(compact) },
          payloadHash,
        });
      }
    });
    expect(await indexOf(await raise(await sign()))).toBe(begin + 10);
    await headOver(begin + 11);
    const since = (await entries()).filter(({ position }) => Number(position) > begin);
    expect(since.filter(({ event }) => event.endsWith('/void'))).toEqual([]);
  });

  it('comes in order and without a gap under one tree, with many who write at once, commit late, fail or die, over two nodes', async () => {
    const accepted: string[] = [];
    const tries = Array.from({ length: 40 }, async (_, number) => {
      const client = await writer();
      const jti = `crowd-${number}-${randomBytes(4).toString('hex')}`;
      await enter(client, jti);
      await sleep((number * 37) % 300);
      if (number % 5 === 1) await client.query('ROLLBACK');
      else if (number % 5 === 3) await client.end();
      else {
        await client.query('COMMIT');
        accepted.push(jti);
      }
    });
    const raised = Array.from({ length: 40 }, async () => {
      const statement = await sign();
      await raise(statement);
      accepted.push(jtiOf(statement));
    });
    await Promise.all([...tries, ...raised]);
    await raise(await sign()); // a place that was lost is a gap only when something stands behind it
    const [last] = await asOwner<{ position: string }>(
      first.database.url,
      'SELECT max(position) AS position FROM log_entry',
    );
    const head = await headOver(Number(last?.position));
    const all = await entries();
    const under = all.slice(0, head.size);
    expect(under.map(({ position }) => Number(position))).toEqual(under.map((_, index) => index + 1));
    const jtis = new Set(under.map(({ jti }) => jti));
    expect(accepted.filter((jti) => !jtis.has(jti))).toEqual([]);
    expect(under.filter(({ event }) => event.endsWith('/void')).length).toBeGreaterThanOrEqual(16);
    const tree = TreeBuilder.from();
    for (const entry of under) tree.append(leafHash(leafOf(entry)));
    expect(sameHash(tree.root, head.root)).toBe(true);
  });
});

/** A head of the same size as if a node had signed it whose clock is so many seconds ahead. */
async function keepAhead({ audience, size, root }: TreeHead, seconds: number): Promise<number> {
  const issuedAt = Math.floor(Date.now() / 1000) + seconds;
  const statement = await signTreeHead({ audience, size, root, issuedAt }, first.identity.signingKey);
  const text = 'INSERT INTO tree_head (size, root, issued_at, statement) VALUES ($1, $2, to_timestamp($3), $4)';
  await asOwner(first.database.url, text, [size, root, issuedAt, statement]);
  return issuedAt;
}

/** What a look that is this node's turn comes to, when there is something to sign. */
async function lookOf(sequencer: Sequencer): Promise<unknown> {
  for (;;) {
    const looked = await sequencer.look().catch((error: unknown) => error);
    if (looked !== 'elsewhere') return looked;
    await sleep(5);
  }
}

describe('no head is signed', () => {
  const owner = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    asOwner<Row>(first.database.url, text, values);
  const latest = 'size = (SELECT max(size) FROM tree_head)';

  /** Raises something over what is under a head, and has it looked at after `change`; then `restore` lets the log go on. */
  async function expectNone(change: (head: TreeHead) => Promise<() => unknown>, code: string): Promise<void> {
    const sequencer = first.app.get(Sequencer);
    await raise(await sign());
    const [last] = await owner<{ position: string }>('SELECT max(position) AS position FROM log_entry');
    const head = await headOver(Number(last?.position));
    const restore = await change(head);
    const counted = 'SELECT count(*)::int AS heads FROM tree_head';
    const before = await owner(counted);
    try {
      const client = await writer();
      await enter(client, `behind-${randomBytes(4).toString('hex')}`);
      await client.query('COMMIT');
      expect(await lookOf(sequencer)).toMatchObject({ code });
      await until('the node says so', () => sequencer.fault === code);
      expect(await owner(counted)).toEqual(before);
    } finally {
      await restore();
    }
    await headOver(head.size + 1);
    await until('the node goes on', () => sequencer.fault === null);
  }

  it('over a tree that is not the one that was signed', () =>
    expectNone(async ({ size }) => {
      const peak = [Math.floor(Math.log2(size))];
      const [kept] = await owner<{ hash: Buffer }>('SELECT hash FROM log_node WHERE level = $1 AND index = 0', peak);
      await owner('UPDATE log_node SET hash = sha256(hash) WHERE level = $1 AND index = 0', peak);
      return () => owner('UPDATE log_node SET hash = $2 WHERE level = $1 AND index = 0', [...peak, kept?.hash]);
    }, 'LOG_DAMAGED'));

  it('after a head whose root is not the one that was signed', () =>
    expectNone(async ({ root }) => {
      await owner(`UPDATE tree_head SET root = sha256(root) WHERE ${latest}`);
      return () => owner(`UPDATE tree_head SET root = $1 WHERE ${latest}`, [root]);
    }, 'LOG_DAMAGED'));

  it('after a head that the hub did not sign', () =>
    expectNone(async ({ compact }) => {
      await owner(
        `UPDATE tree_head SET statement = (SELECT statement FROM tree_head WHERE size = 0 LIMIT 1) WHERE ${latest}`,
      );
      return () => owner(`UPDATE tree_head SET statement = $1 WHERE ${latest}`, [compact]);
    }, 'LOG_DAMAGED'));

  it('after one that is dated in the future', () =>
    expectNone(async (head) => {
      const issuedAt = await keepAhead(head, 3_600);
      return () => owner('DELETE FROM tree_head WHERE issued_at = to_timestamp($1)', [issuedAt]);
    }, 'LOG_HEAD_AHEAD'));

  it('by a node whose clock is a year ahead of the database’s', () =>
    expectNone(() => {
      const now = Date.now.bind(Date);
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 365 * 86_400_000);
      return Promise.resolve(() => {
        clock.mockRestore();
      });
    }, 'CLOCK_DIFFERS'));
});

describe('the heads', () => {
  it('wait for whoever may yet fill a gap, and for nobody else', async () => {
    const [late, unrelated] = [await writer(), await writer()];
    await unrelated.query('SELECT count(*) FROM log_entry'); // reads, and writes nothing
    const position = await enter(late, `late-${randomBytes(4).toString('hex')}`);
    const receipt = await readReceipt(await raise(await sign()), log);
    expect(receipt.accepted[0]?.place?.index).toBe(position);
    for (let looks = 0; looks < 5; looks++) {
      await first.app.get(Sequencer).look();
      expect((await headOver(0)).size).toBeLessThan(position);
    }
    await late.query('COMMIT');
    await headOver(position + 1);
    const [entry] = (await entries()).filter((one) => Number(one.position) === position);
    expect(entry?.jti).toMatch(/^late-/);
    await unrelated.query('COMMIT');
  });

  it('are each the beginning of the next, and their dates never go back, even under a clock that does', async () => {
    const before = await headOver(1);
    await keepAhead(before, 30);
    await raise(await sign());
    const after = await headOver(before.size + 1);
    expect(after.issuedAt).toBeGreaterThan(Date.now() / 1000 + 10);
    const proof = await ask(`{ it: consistencyProof(from: ${before.size}, to: ${after.size}) { from to path } }`);
    assertOneHistory(before, after, readConsistencyProof(proof));
  });

  it('are proven with a number of rows that grows with the height of the tree', async () => {
    const head = await headOver(1);
    const [rows] = await asOwner<{ nodes: number }>(
      first.database.url,
      'SELECT count(*)::int AS nodes FROM log_node WHERE index < $1',
      [head.size],
    );
    const { path } = await first.app.get(LogProofs).inclusion(0, head.size);
    expect(rows?.nodes).toBeGreaterThan(head.size);
    expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(head.size)));
  });

  it.each([
    ['an index that the head does not reach', 'inclusionProof(index: 2000000000)', 'ARGUMENT_INVALID', ['index']],
    ['a negative index', 'inclusionProof(index: -1)', 'ARGUMENT_INVALID', ['index']],
    ['a size beyond the log', 'inclusionProof(index: 0, size: 2000000000)', 'NOT_FOUND', ['size']],
    ['a negative size', 'consistencyProof(from: -1)', 'NOT_FOUND', ['from']],
    ['sizes in the wrong order', 'consistencyProof(from: 1000000, to: 0)', 'ARGUMENT_INVALID', ['from']],
    ['a later size beyond the log', 'consistencyProof(from: 0, to: 2000000000)', 'NOT_FOUND', ['to']],
  ])('are not given for %s', async (_, field, code, path) => {
    expect(await refusalOf(`{ it: ${field} { path } }`)).toMatchObject({ code, path });
  });
});

function jtiOf(statement: string): string {
  const { jti } = decodeStatement(statement).claims;
  if (typeof jti !== 'string') throw new Error('a statement without a jti');
  return jti;
}

function leafOf({ issuer, event, salt, received_at, payload_hash }: Entry): Uint8Array {
  return entryBytes({ issuer, event, salt, receivedAt: received_at.toISOString(), payloadHash: payload_hash });
}

async function post(query: string): Promise<{ data?: { it: never }; errors?: { extensions: object }[] }> {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const response = await fetch(`${first.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await response.json()) as never;
}

async function ask(query: string): Promise<never> {
  const { data, errors } = await post(query);
  if (!data) throw new Error(JSON.stringify(errors));
  return data.it;
}

async function refusalOf(query: string): Promise<object | undefined> {
  return (await post(query)).errors?.[0]?.extensions;
}
