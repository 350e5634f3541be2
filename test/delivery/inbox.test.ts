import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { InboxListing } from '../../src/delivery/inbox-listing.js';
import { InboxPresenter } from '../../src/delivery/inbox-presenter.js';
import { InboxResolver } from '../../src/delivery/inbox.resolver.js';
import { PollService } from '../../src/delivery/poll.service.js';
import { MembershipService } from '../../src/membership/index.js';
import { decodeStatement } from '../../src/protocol/index.js';
import { Sequencer } from '../../src/transparency/index.js';
import { asOwner } from '../support/database.js';
import type { Ask } from '../support/raw-seat.js';
import { testHub } from '../support/hub.js';
import { say } from '../support/organisation.js';
import { until } from '../support/until.js';
import { answered, InboxStage, pageOf, type Reader, tales } from './inbox-stage.js';

let stage: InboxStage;
let sender: Reader;
let reader: Reader;
let other: Reader;

beforeAll(async () => {
  stage = await InboxStage.on(await testHub());
  sender = await stage.reader('BE', 'sender');
  reader = await stage.reader('DE', 'reader');
  other = await stage.reader('BG', 'other', { kind: 'ngo', mandate: ['protection'] });
});
afterAll(() => stage.hub.stop());

/** Runs SQL as the owner of the database. */
const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  asOwner<Row & Record<string, unknown>>(stage.hub.database.url, text, values);

describe('an inbox', () => {
  it('tells each addressee for each purpose, and nobody else (I1)', async () => {
    const one = await stage.reader('FR', 'one', { mandate: ['protection', 'monitoring'] });
    const two = await stage.reader('IT', 'two', { kind: 'ngo', mandate: ['protection'] });
    const both = await stage.raise(sender, { members: [one.who.code, two.who.code] }, ['protection', 'monitoring']);
    const byCountry = await stage.raise(sender, { countries: ['FR', 'IT'], kinds: ['liaison'] });
    const byKind = await stage.raise(sender, { kinds: ['ngo'] });
    const own = await stage.raise(sender, { members: [sender.who.code, one.who.code] }, ['prosecution']);
    await stage.told();
    expect(await tales(one.ask('protection'))).toEqual([
      `1 ALERT_RAISED ${both} READABLE`,
      `2 ALERT_RAISED ${byCountry} READABLE`,
    ]);
    expect(await tales(one.ask('monitoring'))).toEqual([`1 ALERT_RAISED ${both} READABLE`]);
    expect(await tales(two.ask('protection'))).toEqual([
      `1 ALERT_RAISED ${both} READABLE`,
      `2 ALERT_RAISED ${byKind} READABLE`,
    ]);
    for (const purpose of sender.who.mandate) expect(await tales(sender.ask(purpose))).toEqual([]);
    expect(own).toMatch(/^alert:/);
  });

  it('tells of updates and withdrawals whoever was told of the alert, and of an update whoever it newly addresses (I1, I8)', async () => {
    const [a, b] = [await stage.reader('ES', 'a'), await stage.reader('PT', 'b')];
    const alert = await stage.raise(sender, { members: [a.who.code] });
    await stage.told();
    expect(await tales(a.ask('protection'))).toEqual([`1 ALERT_RAISED ${alert} READABLE`]);
    await stage.update(sender, alert, { members: [b.who.code] });
    await stage.told();
    expect(await tales(a.ask('protection'))).toEqual([
      `1 ALERT_RAISED ${alert} NO_LONGER_READABLE`,
      `2 ALERT_UPDATED ${alert} NO_LONGER_READABLE`,
    ]);
    expect(await tales(b.ask('protection'))).toEqual([`1 ALERT_UPDATED ${alert} READABLE`]);
    await stage.update(sender, alert, { members: [a.who.code, b.who.code] });
    await stage.told();
    expect(await tales(b.ask('protection'))).toEqual([
      `1 ALERT_UPDATED ${alert} REPLACED`,
      `2 ALERT_UPDATED ${alert} READABLE`,
    ]);
    await stage.withdraw(sender, alert);
    await stage.told();
    const { edges } = await pageOf(a.ask('protection'));
    expect(edges.map(({ node }) => [node.event, node.content])).toEqual([
      ['ALERT_RAISED', 'NO_LONGER_READABLE'],
      ['ALERT_UPDATED', 'NO_LONGER_READABLE'],
      ['ALERT_UPDATED', 'NO_LONGER_READABLE'],
      ['ALERT_WITHDRAWN', 'READABLE'],
    ]);
    for (const { node } of edges) {
      expect([node.statement === null, node.salt === null]).toEqual(Array(2).fill(node.content !== 'READABLE'));
      expect(node.alert).toBeNull();
    }
    await sql('UPDATE alert SET expires_at = now() WHERE id = $1', [alert.slice('alert:'.length)]);
    expect((await tales(a.ask('protection'))).at(-1)).toBe(`4 ALERT_WITHDRAWN ${alert} NO_LONGER_READABLE`);
  });

  it('follows what a statement said, whatever replaced it before the hub came to tell (I1)', async () => {
    const [a, b] = [await stage.reader('AT', 'a'), await stage.reader('CH', 'b')];
    const alert = await stage.raise(sender, { members: [a.who.code] }, ['protection', 'prosecution']);
    await stage.update(sender, alert, { countries: ['CH'] }, ['protection']);
    await stage.update(sender, alert, { members: [b.who.code] }, ['protection', 'monitoring'], {
      kind: 'pattern',
      person: undefined,
    });
    await stage.withdraw(sender, alert);
    await stage.told();
    const events = ['ALERT_RAISED', 'ALERT_UPDATED', 'ALERT_UPDATED', 'ALERT_WITHDRAWN'];
    const told = async (of: Reader, purpose: 'protection' | 'prosecution' | 'monitoring') =>
      (await pageOf(of.ask(purpose))).edges.map(({ node }) => node.event);
    expect(await told(a, 'protection')).toEqual(events);
    expect(await told(a, 'prosecution')).toEqual(events);
    expect(await told(b, 'protection')).toEqual(events.slice(1));
    expect(await told(b, 'monitoring')).toEqual(events.slice(2));
    const patterns = await pageOf(b.ask('protection'), { filter: { kinds: ['PATTERN'] } });
    expect(patterns.edges.map(({ node }) => node.event)).toEqual(['ALERT_UPDATED', 'ALERT_WITHDRAWN']);
  });

  it('is told as soon of what changes again and again as of anything else (I1)', async () => {
    const [a, b] = [await stage.reader('SI', 'a'), await stage.reader('HR', 'b')];
    const filling = new pg.Client({ connectionString: stage.hub.database.url, options: '-c search_path=symbolon' });
    await filling.connect();
    try {
      await filling.query("SELECT pg_advisory_lock(hashtext('symbolon inboxes'))"); // as another node would that is at it
      const alert = await stage.raise(sender, { members: [a.who.code] });
      for (let n = 1; n <= 40; n++)
        await stage.update(sender, alert, { members: n < 20 ? [a.who.code] : [a.who.code, b.who.code] });
      await until('the log rests', async () => (await stage.hub.app.get(Sequencer).look()) === 'rested');
      const batch =
        'SELECT until, until = (SELECT max(position) FROM log_entry) AS whole FROM due_inbox_entries(200, 4000)';
      await filling.query('BEGIN');
      const { rows } = await filling.query<{ whole: boolean }>(batch);
      await filling.query('ROLLBACK');
      expect(rows.map(({ whole }) => whole)).toEqual(Array(41 + 21).fill(true));
      await filling.query("SELECT pg_advisory_unlock(hashtext('symbolon inboxes'))");
      await stage.told();
      const events = async (of: Reader) => (await pageOf(of.ask('protection'))).edges.map(({ node }) => node.event);
      expect(await events(a)).toEqual(['ALERT_RAISED', ...Array<string>(40).fill('ALERT_UPDATED')]);
      expect(await events(b)).toEqual(Array<string>(21).fill('ALERT_UPDATED'));
    } finally {
      await filling.end();
    }
  });

  it('keeps entry and hashes, and no content, when an alert expires or is erased (I8)', async () => {
    const a = await stage.reader('CZ', 'a');
    const [lapsed, erased] = [
      await stage.raise(sender, { members: [a.who.code] }),
      await stage.raise(sender, { members: [a.who.code] }),
    ];
    await stage.told();
    const before = await pageOf(a.ask('protection'));
    await sql("UPDATE alert SET expires_at = now() - interval '1 second' WHERE id = $1", [
      lapsed.slice('alert:'.length),
    ]);
    await sql('UPDATE log_entry SET salt = NULL WHERE position = (SELECT position FROM alert WHERE id = $1)', [
      erased.slice('alert:'.length),
    ]);
    await sql('UPDATE alert SET statement = NULL WHERE id = $1', [erased.slice('alert:'.length)]);
    const after = await pageOf(a.ask('protection'));
    expect(after.edges.map(({ node }) => [node.content, node.statement, node.salt, node.alert])).toEqual([
      ['NO_LONGER_READABLE', null, null, null],
      ['ERASED', null, null, null],
    ]);
    const hashes = (page: typeof before) =>
      page.edges.map(({ node }) => [node.seq, node.index, node.leafHash, node.chainHash]);
    expect(hashes(after)).toEqual(hashes(before));
  });

  it('tells whoever was told of an alert, once, that it was erased by the person’s right, and not why (I1, I8)', async () => {
    const [a, b] = [await stage.reader('HU', 'told'), await stage.reader('PL', 'told')];
    const alert = await stage.raise(sender, { members: [a.who.code, b.who.code] });
    await stage.update(sender, alert, { members: [b.who.code] });
    const unseen = await stage.raise(sender, { members: [b.who.code] }, ['protection', 'monitoring']);
    await stage.eraseByRight(sender, unseen);
    await stage.told();
    await stage.eraseByRight(sender, alert);
    await stage.told();
    for (const again of [alert, unseen]) await stage.eraseByRight(sender, again);
    await stage.told();
    const erased = ['SUBJECT_ERASED', 'ERASED', null, null, null];
    const seen = async (ask: Ask, variables = {}) =>
      (await pageOf(ask, variables)).edges
        .filter(({ node }) => node.event === 'SUBJECT_ERASED')
        .map(({ node }) => [node.alertId, node.event, node.content, node.statement, node.salt, node.alert]);
    expect(await seen(a.ask('protection'))).toEqual([[alert, ...erased]]);
    expect(await seen(b.ask('protection'))).toEqual([
      [unseen, ...erased],
      [alert, ...erased],
    ]);
    expect(await seen(b.ask('monitoring'))).toEqual([[unseen, ...erased]]);
    expect(await seen(a.ask('prosecution'))).toEqual([]);
    expect(await tales(sender.ask('protection'))).toEqual([]);
    const wanted = { filter: { events: ['SUBJECT_ERASED'], kinds: ['CASE'] } };
    expect(await seen(b.ask('protection'), wanted)).toHaveLength(2);
    expect(await seen(b.ask('protection'), { filter: { kinds: ['PATTERN'] } })).toEqual([]);
  });

  it('loses nothing of a member that is suspended and comes back', async () => {
    const a = await stage.reader('DK', 'a');
    const membership = stage.hub.app.get(MembershipService);
    const founders = stage.founders.slice(0, 2);
    const first = await stage.raise(sender, { members: [a.who.code] });
    await stage.told();
    for (const by of founders)
      await membership.suspend(await say(stage.hub, by, 'suspend', { member: a.who.code, reason: 'inactive' }));
    const meanwhile = await stage.raise(sender, { countries: ['DK'] });
    await stage.told();
    expect((await a.ask('protection')('{ inbox(first: 3) { unreadCount } }')).text).not.toContain('unreadCount":');
    for (const by of founders)
      await membership.reinstate(await say(stage.hub, by, 'reinstate', { member: a.who.code }));
    const last = await stage.raise(sender, { members: [a.who.code] });
    await stage.told();
    expect(await tales((await stage.seated(a.who, 'liaison')).ask('protection'))).toEqual(
      [first, meanwhile, last].map((alert, at) => `${at + 1} ALERT_RAISED ${alert} READABLE`),
    );
  });

  it('leaves an access record for each alert that it shows, and none for those that it does not (L7)', async () => {
    const a = await stage.reader('FI', 'a');
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push(await stage.raise(sender, { members: [a.who.code] })); // the last is not on the first page
    await stage.withdraw(sender, ids[2] ?? '');
    await stage.told();
    await pageOf(a.ask('protection'), { first: 1 });
    await pageOf(a.ask('protection'));
    const records = await sql<{ alert_ids: string[]; operation: string; officer: string }>(
      'SELECT alert_ids, operation, officer FROM access_record WHERE reader = $1 ORDER BY id',
      [a.who.code],
    );
    expect(records.map(({ operation, officer }) => [operation, officer])).toEqual(
      Array(2).fill(['inbox', 'case-worker-1']),
    );
    const read = records.map(({ alert_ids }) => alert_ids.map((id) => `alert:${id}`).sort());
    expect(read[0]).toHaveLength(1);
    expect(read[1]).toEqual(ids.slice(0, 2).sort());
  });
});

describe('reading an inbox', () => {
  it('pages without gap or double, forward and back, and counts what is unread', async () => {
    const a = await stage.reader('SE', 'a');
    for (let i = 0; i < 7; i++) await stage.raise(sender, { members: [a.who.code] });
    await stage.told();
    const ask = a.ask('protection');
    const seqs: number[] = [];
    for (let after: string | null = null; ;) {
      const page = await pageOf(ask, { first: 3, after });
      seqs.push(...page.edges.map(({ node }) => node.seq));
      expect(page.unreadCount).toBe(7);
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const back = '{ it: inbox(last: 2) { edges { node { seq } } pageInfo { hasPreviousPage hasNextPage } } }';
    expect(await answered(ask, back)).toEqual({
      it: {
        edges: [{ node: { seq: 6 } }, { node: { seq: 7 } }],
        pageInfo: { hasPreviousPage: true, hasNextPage: false },
      },
    });
  });

  it('filters by kind, event and what is unread', async () => {
    const a = await stage.reader('NO', 'a');
    const case1 = await stage.raise(sender, { members: [a.who.code] });
    await stage.raise(sender, { members: [a.who.code] }, ['protection'], { kind: 'pattern', person: undefined });
    await stage.update(sender, case1, { members: [a.who.code] });
    await stage.raise(sender, { members: [a.who.code] });
    await stage.told();
    const ask = a.ask('protection');
    const seqs = async (filter: object, more: object = {}) =>
      (await pageOf(ask, { filter, ...more })).edges.map(({ node }) => node.seq);
    expect(await seqs({ kinds: ['PATTERN'] })).toEqual([2]);
    expect(await seqs({ kinds: ['CASE'] })).toEqual([1, 3, 4]);
    expect(await seqs({ events: ['ALERT_UPDATED', 'ALERT_WITHDRAWN'] })).toEqual([3]);
    expect(await seqs({ kinds: ['CASE'], events: ['ALERT_RAISED'] }, { first: 1 })).toEqual([1]);
    expect(await seqs({ kinds: [] })).toEqual([]);
    expect(await seqs({ events: ['LINK_WITHDRAWN'] })).toEqual([]);
    await answered(ask, 'mutation { acknowledgeInbox(seq: 2) { __typename } }');
    expect(await seqs({ unreadOnly: true })).toEqual([3, 4]);
    expect(await seqs({ unreadOnly: true, kinds: ['CASE'], events: ['ALERT_RAISED'] })).toEqual([4]);
  });
});

describe('acknowledging', () => {
  const acknowledge =
    'mutation ($seq: Int, $cursor: String) { it: acknowledgeInbox(seq: $seq, cursor: $cursor) { __typename ... on InboxAcknowledged { acknowledged unreadCount } ... on Refused { code path } } }';

  it('is cumulative and idempotent, never goes back, and never goes beyond what was handed out (I9)', async () => {
    const a = await stage.reader('HU', 'a');
    for (let i = 0; i < 4; i++) await stage.raise(sender, { members: [a.who.code] });
    await stage.told();
    const ask = a.ask('protection');
    const say = async (variables: object) => (await answered<{ it: object }>(ask, acknowledge, { ...variables })).it;
    const refused = (argument: string, code = 'NOT_DELIVERED') => ({ __typename: 'Refused', code, path: [argument] });
    const accepted = (acknowledged: number) => ({
      __typename: 'InboxAcknowledged',
      acknowledged,
      unreadCount: 4 - acknowledged,
    });
    expect(await say({ seq: 1 })).toEqual(refused('seq'));
    const page = await pageOf(ask, { first: 2 });
    expect(await say({ seq: 3 })).toEqual(refused('seq'));
    expect(await say({ seq: 1 })).toEqual(accepted(1));
    expect(await say({ cursor: page.pageInfo.endCursor })).toEqual(accepted(2));
    expect(await say({ seq: 1 })).toEqual(accepted(2));
    expect(await say({ seq: 2 })).toEqual(accepted(2));
    expect(await say({ seq: 2_000_000_000 })).toEqual(refused('seq'));
    for (const none of [{}, { seq: 0 }, { seq: -1 }, { seq: 1, cursor: page.pageInfo.endCursor }])
      expect(await say(none)).toEqual(refused('seq', 'ARGUMENT_INVALID'));
    expect((await pageOf(ask, { first: 1 })).acknowledged).toBe(2);
  });

  it('and reading refuse a cursor that was forged or is of another member, purpose, filter or list', async () => {
    const alert = await stage.raise(sender, { members: [reader.who.code, other.who.code] }, [
      'protection',
      'monitoring',
    ]);
    await stage.told();
    const own = (await pageOf(reader.ask('protection'))).pageInfo.endCursor ?? '';
    const foreign = [
      (await pageOf(other.ask('protection'))).pageInfo.endCursor,
      (await pageOf(reader.ask('monitoring'))).pageInfo.endCursor,
      `${own.slice(0, -2)}AA`,
      `${own}=`,
      'x',
      '',
      (
        await answered<{ alerts: { pageInfo: { endCursor: string } } }>(
          reader.ask('protection'),
          '{ alerts(first: 1) { pageInfo { endCursor } } }',
        )
      ).alerts.pageInfo.endCursor,
    ];
    for (const cursor of foreign) {
      const refusal = (await answered<{ it: object }>(reader.ask('protection'), acknowledge, { cursor })).it;
      expect(refusal).toEqual({ __typename: 'Refused', code: 'ARGUMENT_INVALID', path: ['cursor'] });
      const { text } = await reader.ask('protection')(
        'query ($after: String) { inbox(first: 1, after: $after) { unreadCount } }',
        { after: cursor },
      );
      expect(text).toContain('"code":"ARGUMENT_INVALID","path":["after"]');
    }
    const { text } = await reader.ask('protection')(
      'query ($after: String) { inbox(first: 1, after: $after, filter: { unreadOnly: true }) { unreadCount } }',
      { after: own },
    );
    expect(text).toContain('ARGUMENT_INVALID');
    expect(alert).toMatch(/^alert:/);
  });
});

describe('a member that may not act any longer since it was let in', () => {
  it('is refused, and nothing is signed of its inbox as if there were none (I10)', async () => {
    const gone = await stage.reader('SE', 'gone', { role: 'liaison' });
    await stage.raise(sender, { members: [gone.who.code] });
    await stage.told();
    const { app } = stage.hub;
    const members = app.get(MembershipService);
    const before = await members.principalOf(gone.who.code, gone.seat.officer, 'protection');
    const body = { member: gone.who.code, reason: 'inactive' };
    for (const by of stage.founders.slice(0, 2)) await members.suspend(await say(stage.hub, by, 'suspend', body));
    const signed = jest.spyOn(app.get(InboxPresenter), 'head');
    const page = { size: 5, backward: false, after: null, before: null };
    const request = { ...{ page, afterSeq: 0, beforeSeq: null }, filter: { classes: null, unreadOnly: false } };
    const listing = app.get(InboxListing);
    const polled = app.get(PollService);
    const poll = { maxEvents: 1, returnImmediately: true, acknowledged: [], refused: [] };
    for (const asked of [
      () => listing.state(before),
      () => listing.page(before, { ...request, operation: 'inbox' }),
      () => app.get(InboxResolver).inbox(before, { first: 5 }, () => undefined),
    ])
      await expect(asked()).rejects.toMatchObject({ code: 'MEMBER_SUSPENDED' });
    await expect(polled.poll(before, poll, new AbortController().signal)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(signed).not.toHaveBeenCalled();
    signed.mockRestore();
  });

  it('and one that has no inbox yet is given the head of an empty one', async () => {
    const fresh = await stage.reader('FI', 'fresh');
    const { head } = await pageOf(fresh.ask('protection'));
    expect(decodeStatement(head.statement).claims).toMatchObject({ sub: fresh.who.code, seq: 0 });
  });
});
