import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import { setTimeout as sleep } from 'node:timers/promises';
import { ArrivalHints } from '../../src/delivery/index.js';
import { LookTurns } from '../../src/delivery/look-turns.js';
import type { LiveHeartbeat } from '../../src/member/documents/inbox-live.js';
import type { MemberClient, OfficerSeat } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { decodeCanonicalBase64url } from '../../src/protocol/index.js';
import { readInboxHead } from '../../src/protocol/delivery/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  admit,
  certify,
  connect,
  foundAccord,
  organisation,
  say,
  seconds,
  type TestOrganisation,
} from '../support/organisation.js';
import { sign } from '../support/raw-token.js';
import { toldAll } from '../support/told.js';
import {
  edgesOf,
  endOf,
  isHeartbeat,
  type Message,
  openRaw,
  raiseMany,
  RawReader,
  readEdges,
  readUntil,
} from './live-stage.js';

const HEARTBEAT_SECONDS = 0.5;
const STALLED_SECONDS = 3;
const PER_OFFICER = 3;

let hub: TestHub;
let founders: Readonly<Record<'nl' | 'ro' | 'al', TestOrganisation>>;
let sending: MemberClient;
let made = 0;

beforeAll(async () => {
  hub = await testHub({
    environment: {
      STREAM_HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS),
      STREAM_STALLED_SECONDS: String(STALLED_SECONDS),
      STREAMS_PER_OFFICER: String(PER_OFFICER),
    },
  });
  founders = await foundAccord(hub);
  sending = await connect(hub, await certify(hub, founders.al, 'desk', 'case-worker'), 'protection');
});
afterAll(() => hub.stop());

/** A new member with one officer, in whose inbox nothing is yet. */
async function newcomer(): Promise<{ who: TestOrganisation; seat: OfficerSeat; reader: RawReader }> {
  const who = await organisation('CZ', `reader-${++made}`, 'liaison', ['protection', 'monitoring']);
  await admit(hub, who, [founders.nl, founders.ro]);
  const seat = await certify(hub, who, 'desk', 'liaison');
  return { who, seat, reader: await RawReader.of(hub, seat) };
}

function sql(statement: string, values: unknown[] = []): Promise<unknown[]> {
  return asOwner(hub.database.url, statement, values);
}

function raise(count: number, to: TestOrganisation): Promise<string[]> {
  return raiseMany(sending, count, { members: [to.code] });
}

/** A field so many times under other names. */
function aliases(count: number, field: string): string {
  return Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(' ');
}

function idsOf(messages: readonly Message[]): (string | null)[] {
  return edgesOf(messages).map(({ node }) => node.alertId);
}

describe('the stream of an inbox', () => {
  it('tells what there is, says that this is all, and tells what comes', async () => {
    const { who, reader } = await newcomer();
    const before = await raise(3, who);
    await toldAll(hub);
    const stream = await reader.open();
    expect([stream.status, stream.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const messages = stream.messages();
    expect(idsOf(await readUntil(messages, isHeartbeat))).toEqual(before);
    const after = await raise(2, who);
    expect(idsOf(await readEdges(messages, 2))).toEqual(after);
    stream.cut();
  });

  it('goes on after a cursor of a page, of an entry or of a heartbeat, and under a filter', async () => {
    const { who, seat, reader } = await newcomer();
    const ids = await raise(3, who);
    await toldAll(hub);
    const first = edgesOf(await readEdges((await reader.open()).messages(), 1))[0];
    const rest = (await reader.open({ after: first?.cursor })).messages();
    const messages = await readUntil(rest, isHeartbeat);
    expect(idsOf(messages)).toEqual(ids.slice(1));
    const client = await connect(hub, seat, 'protection');
    const { inbox } = await client.query<{ inbox: { pageInfo: { endCursor: string } } }>(
      '{ inbox(first: 2) { pageInfo { endCursor } } }',
    );
    const other = await RawReader.of(hub, await certify(hub, who, 'night', 'liaison'));
    const fromPage = await readEdges((await other.open({ after: inbox.pageInfo.endCursor })).messages(), 1);
    expect(idsOf(fromPage)).toEqual(ids.slice(2));
    const filter = { events: ['ALERT_WITHDRAWN'] };
    const filtered = await readUntil((await other.open({ filter })).messages(), isHeartbeat);
    expect(idsOf(filtered)).toEqual([]);
    const { cursor } = filtered[0] as LiveHeartbeat;
    await client.query('mutation { acknowledgeInbox(seq: 1) { __typename } }');
    const resumed = (await other.open({ filter, after: cursor })).messages();
    expect(isHeartbeat((await readUntil(resumed, () => true))[0])).toBe(true);
  });

  it('proves itself alive and complete while nothing happens: its heartbeats carry the signed head of what was told', async () => {
    const { who, reader } = await newcomer();
    await raise(2, who);
    await toldAll(hub);
    const stream = await reader.open();
    const begun = Date.now();
    const messages = await readUntil(
      stream.messages(),
      (
        (count) => (one: Message) =>
          isHeartbeat(one) && ++count === 3
      )(0),
    );
    expect(Date.now() - begun).toBeGreaterThanOrEqual(2 * HEARTBEAT_SECONDS * 1000 - 50);
    const log = { audience: hub.identity.audience, keys: [hub.identity.signingKey] };
    const last = edgesOf(messages).at(-1)?.node;
    for (const { head } of messages.filter(isHeartbeat) as LiveHeartbeat[]) {
      const { seq, chainHash, member, purpose } = await readInboxHead(head.statement, log);
      expect([seq, member, purpose]).toEqual([2, who.code, 'protection']);
      expect(chainHash).toEqual(decodeCanonicalBase64url(last?.chainHash ?? ''));
    }
    stream.cut();
  });

  it('leaves an access record for each page that shows alerts (L7)', async () => {
    const { who, reader } = await newcomer();
    const ids = await raise(2, who);
    await toldAll(hub);
    const stream = await reader.open();
    await readUntil(stream.messages(), isHeartbeat);
    stream.cut();
    const records = (await sql('SELECT alert_ids, operation, officer FROM access_record WHERE reader = $1', [
      who.code,
    ])) as { alert_ids: string[]; operation: string; officer: string }[]; // parsing
    expect(records.map(({ operation, officer }) => [operation, officer])).toEqual([['inbox', 'desk']]);
    expect(records[0]?.alert_ids.map((id) => `alert:${id}`).sort()).toEqual([...ids].sort());
  });

  it('says what is lost when the hub has fewer entries than it gave (restored from an older copy), and goes on', async () => {
    const { who, reader } = await newcomer();
    const ids = await raise(4, who);
    await toldAll(hub);
    const cursor = edgesOf(await readEdges((await reader.open()).messages(), 4)).at(-1)?.cursor;
    const inbox = `(SELECT id FROM inbox WHERE member = '${who.code}' AND purpose = 'protection')`;
    await sql(`UPDATE inbox_reading SET given = 2 WHERE inbox_id = ${inbox}`);
    await sql(`DELETE FROM inbox_entry WHERE inbox_id = ${inbox} AND seq > 2`);
    await sql(`UPDATE inbox SET last_seq = 2, last_chain = (SELECT chain FROM inbox_entry WHERE inbox_id = ${inbox} AND seq = 2)
      WHERE id = ${inbox}`);
    const messages = (await reader.open({ after: cursor })).messages();
    const told = await readUntil(messages, isHeartbeat);
    expect(told[0]).toEqual({ __typename: 'InboxDiscontinuity', from: 4, to: 2 });
    expect(idsOf(told)).toEqual([]);
    const [again] = await raise(1, who);
    expect(idsOf(await readEdges(messages, 1))).toEqual([again]);
    expect(ids).toHaveLength(4);
  });
});

describe('the door of the stream', () => {
  it('turns strangers and tokens that do not hold away', async () => {
    const { reader } = await newcomer();
    for (const headers of [
      {},
      { authorization: `DPoP ${reader.token}` },
      { authorization: `Bearer ${reader.token}` },
      { authorization: 'DPoP x', dpop: 'y' },
    ]) {
      const answer = await openRaw(hub, headers);
      expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('UNAUTHENTICATED')]);
      expect(answer.headers['www-authenticate']).toContain('invalid_token');
    }
  });

  it('has the guard judge: an administrator is forbidden what is for readers', async () => {
    const { who } = await newcomer();
    const reader = await RawReader.of(hub, await certify(hub, who, 'admin', 'administrator'));
    const messages = (await reader.open()).messages();
    const [answer] = await readUntil(messages, () => true);
    expect(JSON.stringify(answer)).toContain('"code":"FORBIDDEN"');
    expect(await messages.next()).toEqual({ done: true, value: undefined });
  });

  it.each([
    ['a GET', { method: 'GET' }, 405, 'BAD_REQUEST'],
    ['something in the address', { path: '/graphql/stream?x=1' }, 400, 'BAD_REQUEST'],
    ['another type', { headers: { 'content-type': 'text/plain; a=application/json' } }, 415, 'BAD_REQUEST'],
    ['no type', { headers: { 'content-type': undefined } }, 415, 'BAD_REQUEST'],
    ['another answer asked for', { headers: { accept: 'application/json' } }, 406, 'BAD_REQUEST'],
    ['a query', { query: '{ whoami { purpose } }' }, 400, 'BAD_REQUEST'],
    ['no GraphQL', { query: '{' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['what the schema lacks', { query: 'subscription { outbox }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two at once',
      { query: 'subscription { a: inbox { __typename } b: inbox { __typename } }' },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'too many tokens',
      { query: `subscription { inbox { ${'__typename '.repeat(5000)} } }` },
      400,
      'GRAPHQL_PARSE_FAILED',
    ],
    [
      'too many aliases',
      { query: `subscription { inbox { ... on InboxEdge { ${aliases(40, 'cursor')} } } }` },
      400,
      'TOO_COSTLY',
    ],
  ])('refuses %s', async (_, change, status, code) => {
    const { reader } = await newcomer();
    const answer = await reader.open({}, change);
    const text = await answer.text();
    expect([answer.status, (JSON.parse(text) as { errors: { extensions: object }[] }).errors[0]?.extensions]).toEqual([
      status,
      { code },
    ]);
  });

  it('refuses variables that do not fit without repeating them', async () => {
    const { reader } = await newcomer();
    const answer = await reader.open({ after: ['Zamira'] });
    expect([answer.status, await answer.text()]).toEqual([400, expect.not.stringContaining('Zamira')]);
  });

  it('refuses a cursor that was forged, or is of another member or filter', async () => {
    const [mine, theirs] = [await newcomer(), await newcomer()];
    await raiseMany(sending, 1, { members: [mine.who.code, theirs.who.code] });
    await toldAll(hub);
    const foreign = edgesOf(await readEdges((await theirs.reader.open()).messages(), 1))[0]?.cursor ?? '';
    const own = edgesOf(await readEdges((await mine.reader.open()).messages(), 1))[0]?.cursor ?? '';
    for (const variables of [
      { after: foreign },
      { after: `${own.slice(0, -2)}AA` },
      { after: 'x' },
      { after: own, filter: { unreadOnly: true } },
    ]) {
      const stream = await mine.reader.open(variables);
      const { end, all } = await endOf(stream.messages());
      expect([stream.status, all.length, JSON.stringify(end)]).toEqual([
        200,
        1,
        expect.stringContaining('"code":"ARGUMENT_INVALID","path":["after"]'),
      ]);
    }
  });

  it('lets an officer have so many streams and no more', async () => {
    const { reader } = await newcomer();
    const open = [];
    for (let i = 0; i < PER_OFFICER; i++) {
      const stream = await reader.open();
      await readUntil(stream.messages(), isHeartbeat);
      open.push(stream);
    }
    const refused = await reader.open();
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('"TOO_MANY_STREAMS"')]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    open[0]?.cut();
    for (let status = 429; status === 429;) ({ status } = await reader.open());
    for (const stream of open) stream.cut();
  });

  it('is the only one to subscriptions', async () => {
    const { seat } = await newcomer();
    const client = await connect(hub, seat, 'protection');
    await expect(client.query('subscription { inbox { __typename } }')).rejects.toMatchObject({
      message: expect.stringContaining('BAD_REQUEST'),
    });
  });
});

describe('a stream ends within a heartbeat', () => {
  const change: readonly (readonly [string, string, boolean, (who: TestOrganisation) => Promise<unknown>])[] = [
    [
      'the member is suspended',
      'MEMBER_SUSPENDED',
      false,
      async (who) => {
        const body = { member: who.code, reason: 'inactive' };
        for (const by of [founders.nl, founders.ro])
          await hub.app.get(MembershipService).suspend(await say(hub, by, 'suspend', body));
      },
    ],
    [
      'the member leaves',
      'MEMBER_LEFT',
      false,
      async (who) => hub.app.get(MembershipService).leave(await say(hub, who, 'leave', {})),
    ],
    [
      'the officer is revoked',
      'OFFICER_REVOKED',
      false,
      async (who) =>
        hub.app.get(MembershipService).revokeOfficer(await say(hub, who, 'revokeOfficer', { officer: 'desk' })),
    ],
    ['the officer is replaced', 'OFFICER_REVOKED', false, (who) => certify(hub, who, 'desk', 'liaison')],
    [
      'the certificate expires',
      'OFFICER_EXPIRED',
      false,
      (who) => sql("UPDATE officer SET valid_to = now() - interval '1 second' WHERE member_code = $1", [who.code]),
    ],
    [
      'the mandate loses the purpose',
      'PURPOSE_OUTSIDE_MANDATE',
      false,
      (who) => sql("UPDATE member SET mandate = ARRAY['monitoring'] WHERE code = $1", [who.code]),
    ],
    [
      'the role changes',
      'ROLE_NOT_ALLOWED',
      true,
      (who) => sql("UPDATE officer SET role = 'administrator' WHERE member_code = $1", [who.code]),
    ],
  ];

  it.each(change)('when %s, and says so', async (_, code, again, happen) => {
    const { who, reader } = await newcomer();
    const messages = (await reader.open()).messages();
    await readUntil(messages, isHeartbeat);
    await happen(who);
    const changed = Date.now();
    await raise(1, who).catch(() => undefined);
    const last = await endOf(messages);
    expect(last.end).toMatchObject({ __typename: 'InboxEnded', code, again });
    expect(idsOf(last.all)).toEqual([]);
    expect(Date.now() - changed).toBeLessThan(HEARTBEAT_SECONDS * 1000 + 3_000);
  });

  it('when the member is suspended between the question how it stands and the look, and tells of no empty inbox (I10)', async () => {
    const { who, reader } = await newcomer();
    await raise(2, who);
    await toldAll(hub);
    const turns = hub.app.get(LookTurns);
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const held = Array.from({ length: 20 }, () => turns.take(() => until));
    const queued = jest.spyOn(turns, 'take');
    try {
      const messages = (await reader.open()).messages();
      while (queued.mock.calls.length === 0) await sleep(5);
      const body = { member: who.code, reason: 'inactive' };
      for (const by of [founders.nl, founders.ro])
        await hub.app.get(MembershipService).suspend(await say(hub, by, 'suspend', body));
      release();
      expect((await endOf(messages)).all).toEqual([
        expect.objectContaining({ __typename: 'InboxEnded', code: 'MEMBER_SUSPENDED', again: false }),
      ]);
    } finally {
      release();
      queued.mockRestore();
      await Promise.all(held);
    }
  });

  it('when the token runs out, to the second', async () => {
    const { reader } = await newcomer();
    const claims = { ...decodeJwt(reader.token), exp: seconds() + 3 };
    const { algorithm, kid, privateJwk } = hub.identity.signingKey;
    const { importJWK } = await import('jose');
    const key = await importJWK({ ...privateJwk }, algorithm);
    const short = reader.with(await sign({ alg: algorithm, typ: 'at+jwt', kid }, claims, key));
    const { end } = await endOf((await short.open()).messages());
    expect(end).toMatchObject({ __typename: 'InboxEnded', code: 'TOKEN_EXPIRED', again: true });
    const late = Date.now() - claims.exp * 1000;
    expect([late >= 0, late < 1_500]).toEqual([true, true]);
  });

  it('when the hub is shut down, and lets nobody in any more', async () => {
    const other = await testHub();
    const accord = await foundAccord(other);
    const reader = await RawReader.of(other, await certify(other, accord.ro, 'desk', 'liaison'));
    const messages = (await reader.open()).messages();
    await readUntil(messages, isHeartbeat);
    const stopped = other.stop();
    expect((await endOf(messages)).end).toMatchObject({ code: 'SHUTTING_DOWN', again: true });
    await stopped;
  });
});

describe('a hint is only a hint', () => {
  it('when none is given, entries come with the next heartbeat', async () => {
    const { who, reader } = await newcomer();
    const messages = (await reader.open()).messages();
    await readUntil(messages, isHeartbeat);
    const publish = jest.spyOn(hub.app.get(ArrivalHints), 'publish').mockResolvedValue(undefined);
    try {
      const ids = await raise(3, who);
      expect(idsOf(await readEdges(messages, 3))).toEqual(ids);
      expect(publish).toHaveBeenCalled();
    } finally {
      publish.mockRestore();
    }
  });

  it('when they are made up, nothing comes of it', async () => {
    const { who, reader } = await newcomer();
    const ids = await raise(2, who);
    await toldAll(hub);
    const messages = (await reader.open()).messages();
    expect(idsOf(await readUntil(messages, isHeartbeat))).toEqual(ids);
    const forged = ['*', '', '1 2 3', '99999999999999', 'DROP TABLE inbox', '1'.repeat(7_000), '*', '*'];
    for (const payload of forged) await sql(`SELECT pg_notify('symbolon_inboxes', $1)`, [payload]);
    const more = await readUntil(
      messages,
      (
        (count) => (one: Message) =>
          isHeartbeat(one) && ++count === 3
      )(0),
    );
    expect(idsOf(more)).toEqual([]);
    const [last] = await raise(1, who);
    expect(idsOf(await readEdges(messages, 1))).toEqual([last]);
  });

  it('when the connection on which they come is killed, it is made again', async () => {
    const { who, reader } = await newcomer();
    const messages = (await reader.open()).messages();
    await readUntil(messages, isHeartbeat);
    const listeners = `SELECT pid FROM pg_stat_activity WHERE application_name = 'symbolon hints' AND datname = current_database()`;
    const [before] = (await sql(listeners)) as { pid: number }[]; // parsing
    await sql(`SELECT pg_terminate_backend($1)`, [before?.pid]);
    const ids = await raise(2, who);
    expect(idsOf(await readEdges(messages, 2))).toEqual(ids);
    let now: { pid: number }[] = [];
    while (now.length === 0 || now[0]?.pid === before?.pid) now = (await sql(listeners)) as { pid: number }[]; // parsing
  });
});

describe('a slow reader', () => {
  /** Of each entry so much that some hundred fill what the network holds. */
  const large = `subscription ($after: String) { inbox(after: $after) { __typename ... on InboxHeartbeat { cursor }
    ... on InboxEdge { cursor node { seq alertId ${aliases(28, 'statement')} } } } }`;
  const COUNT = 600;

  async function given({ code }: TestOrganisation): Promise<number> {
    const [row] = (await sql(
      `SELECT given FROM inbox_reading r JOIN inbox i ON i.id = r.inbox_id WHERE i.member = $1 AND i.purpose = 'protection'`,
      [code],
    )) as { given: number }[]; // parsing
    return row?.given ?? 0;
  }

  it('is given no more than it takes, everything when it goes on, and is cut off when it takes nothing for long', async () => {
    const { who, reader } = await newcomer();
    const ids: string[] = [];
    for (let i = 0; i < COUNT; i += 100) ids.push(...(await raise(100, who)));
    await toldAll(hub);
    const stream = await reader.open({}, { query: large });
    const messages = stream.messages();
    const read = await readEdges(messages, 1);
    let before = -1;
    for (let now = await given(who); now !== before; now = await given(who)) {
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(before).toBeLessThan(COUNT - 100);
    read.push(...(await readEdges(messages, COUNT / 2)));
    expect(idsOf(read)).toEqual(ids.slice(0, COUNT / 2 + 1));
    // Now it stops until it is cut off, and comes back with its cursor.
    await new Promise((resolve) => setTimeout(resolve, STALLED_SECONDS * 1000 + 1_000));
    const upTo = async (): Promise<void> => {
      for await (const message of messages) read.push(message);
    };
    await expect(upTo()).rejects.toThrow();
    const after = edgesOf(read).at(-1)?.cursor;
    const rest = await readUntil((await reader.open({ after }, { query: large })).messages(), isHeartbeat);
    expect(idsOf([...read, ...rest])).toEqual(ids);
  });
});
