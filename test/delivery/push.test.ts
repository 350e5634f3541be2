import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MembershipService } from '../../src/membership/index.js';
import { readDeliveredSet } from '../../src/protocol/delivery/index.js';
import { say } from '../support/organisation.js';
import { type Behaviour, refuse, SetReceiver, status } from '../support/set-receiver.js';
import { until } from '../support/until.js';
import { wholeDatabase } from '../support/whole-database.js';
import { answered, type Reader } from './inbox-stage.js';
import { jtis, once, PushStage } from './push-stage.js';

let stage: PushStage;
let sender: Reader;
let reader: Reader;
let receiver: SetReceiver;
let number = 0;

beforeAll(async () => {
  stage = await PushStage.set();
  sender = await stage.inbox.reader('BE', 'sender');
});
afterAll(() => stage.hub.stop());
beforeEach(async () => {
  receiver = await SetReceiver.start();
});
afterEach(() => receiver.stop());

async function newReader(): Promise<void> {
  reader = await stage.inbox.reader('DE', `reader-${++number}`, { role: 'liaison', mandate: ['protection'] });
}

/** Sends alerts, has them pushed, and waits until all of them are. */
async function pushed(
  count: number,
  behave: (at: number, jti: string) => Behaviour = () => status(202),
): Promise<void> {
  receiver.behave = behave;
  await stage.raise(sender, reader, count);
  expect(await stage.configure(reader, receiver.url)).toBeNull();
  await stage.until(reader, ({ pushedUpTo }) => pushedUpTo >= count);
}

describe('a stream', () => {
  beforeEach(newReader, 60_000);

  it('delivers each entry once, in order, as a SET that the hub signed, with the header that the endpoint wants (P1, P2)', async () => {
    await stage.raise(sender, reader, 12);
    expect(await stage.configure(reader, receiver.url, 'Bearer a-secret-of-the-endpoint')).toBeNull();
    await stage.raise(sender, reader, 3);
    await receiver.until(({ came }) => came.length >= 15);
    const stream = await stage.until(reader, ({ pushedUpTo }) => pushedUpTo === 15);
    expect(receiver.came.map(({ jti }) => jti)).toEqual(jtis(reader, 1, 15));
    expect(stream).toMatchObject({
      state: 'RUNNING',
      pending: 0,
      tries: 0,
      officer: 'liaison-1',
      hasAuthorization: true,
    });
    const log = { audience: stage.hub.identity.audience, keys: [stage.hub.identity.signingKey] };
    const [came] = receiver.came;
    if (!came) throw new Error('nothing came');
    const { headers, set } = came;
    expect(headers).toMatchObject({
      authorization: 'Bearer a-secret-of-the-endpoint',
      'content-type': 'application/secevent+jwt',
    });
    const delivered = await readDeliveredSet(set, log);
    expect(delivered).toMatchObject({
      content: 'READABLE',
      owner: { member: reader.who.code, purpose: 'protection' },
      entry: { seq: 1 },
    });
    expect(await wholeDatabase(stage.hub.database.url)).not.toContain('a-secret-of-the-endpoint');
    expect(await inboxState()).toEqual({ acknowledged: 15, unreadCount: 0 });
  });

  it('shows no statement that the member may no longer read, and leaves access records in the name of the officer (P4, L7)', async () => {
    const [first, second] = await stage.raise(sender, reader, 2);
    await stage.sql("UPDATE alert SET expires_at = now() - interval '1 second' WHERE id = $1", [first?.slice(6)]);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    await receiver.until(({ came }) => came.length >= 2);
    const log = { audience: stage.hub.identity.audience, keys: [stage.hub.identity.signingKey] };
    const [one, two] = await Promise.all(receiver.came.map(({ set }) => readDeliveredSet(set, log)));
    expect(one).toMatchObject({ content: 'NO_LONGER_READABLE', subject: first, entry: { shown: null } });
    expect(two).toMatchObject({ content: 'READABLE', subject: second });
    const records = await stage.sql('SELECT officer, operation, alert_ids FROM access_record WHERE reader = $1', [
      reader.who.code,
    ]);
    expect(records).toEqual([{ officer: 'liaison-1', operation: 'push', alert_ids: [second?.slice(6)] }]);
  });

  it('takes a 202 for what it is, whatever stands in its body', async () => {
    await pushed(3, () => status(202, '{"err":"invalid_request"}'.repeat(5_000)));
    expect(receiver.came.map(({ jti }) => jti)).toEqual(jtis(reader, 1, 3));
  });

  it('puts what a receiver refuses among the dead letters and goes on; redelivered, it is taken in, and the acknowledgement closes (P6)', async () => {
    let refusing = true;
    await pushed(4, (_, jti) => (refusing && jti.endsWith('.2') ? refuse('invalid_request') : status(202)));
    expect(once(receiver.came.map(({ jti }) => jti))).toEqual(jtis(reader, 1, 4));
    expect(await stage.deadLetters(reader)).toEqual([{ seq: 2, error: 'INVALID_REQUEST', redeliveryAskedAt: null }]);
    expect(await inboxState()).toEqual({ acknowledged: 1, unreadCount: 3 });
    expect(await redeliver(2)).toBeNull();
    await receiver.until(({ came }) => came.length >= 5);
    await stage.until(reader, () => true);
    expect(await untilLetters((letters) => letters[0]?.redeliveryAskedAt === null)).toHaveLength(1);
    refusing = false;
    expect(await redeliver(2)).toBeNull();
    await untilLetters((letters) => letters.length === 0);
    expect(receiver.came.slice(4).map(({ jti }) => jti)).toEqual(Array(2).fill(`${reader.who.code}.protection.2`));
    expect(await inboxState()).toEqual({ acknowledged: 4, unreadCount: 0 });
    expect(await redeliver(2)).toBe('ARGUMENT_INVALID');
  });

  it('comes no sooner after a failure because a redelivery is asked for (P6)', async () => {
    receiver.behave = (_, jti) => (jti.endsWith('.1') ? refuse('invalid_request') : status(500));
    await stage.raise(sender, reader, 2);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    await stage.until(reader, ({ tries }) => tries > 0);
    const failed = `UPDATE push_stream SET last_error_at = now() + interval '1 hour', next_try_at = now() + interval '5 hours'
      WHERE member = $1 AND held_until < now() AND tries > 0 RETURNING 1`;
    await until('it failed as if in an hour', async () => (await stage.sql(failed, [reader.who.code])).length > 0);
    expect(await redeliver(1)).toBeNull();
    const pause =
      'SELECT (extract(epoch FROM next_try_at - last_error_at) * 1000)::integer AS ms FROM push_stream WHERE member = $1';
    expect(await stage.sql(pause, [reader.who.code])).toEqual([{ ms: 10 }]);
  });

  it('stops when the officer is revoked, and says so (P7)', async () => {
    await pushed(2);
    const membership = stage.hub.app.get(MembershipService);
    await membership.revokeOfficer(await say(stage.hub, reader.who, 'revokeOfficer', { officer: 'liaison-1' }));
    await stage.raise(sender, reader, 2);
    const other = await stage.inbox.seated(reader.who, 'case-worker');
    const stream = await stage.until(other, ({ state }) => state === 'STOPPED');
    expect(stream).toMatchObject({ stoppedFor: 'OFFICER_MAY_NOT_ACT', pushedUpTo: 2, pending: 2 });
    expect(receiver.came).toHaveLength(2);
  });

  it('stops when the member is suspended (P7)', async () => {
    await pushed(1);
    const membership = stage.hub.app.get(MembershipService);
    const founders = stage.inbox.founders.slice(0, 2);
    for (const by of founders)
      await membership.suspend(await say(stage.hub, by, 'suspend', { member: reader.who.code, reason: 'inactive' }));
    await stage.inbox.raise(sender, { countries: ['DE'] });
    await stage.inbox.told();
    for (;;) {
      const [row] = await stage.sql<{ stopped_for: string | null }>(
        'SELECT stopped_for FROM push_stream WHERE member = $1',
        [reader.who.code],
      );
      if (row?.stopped_for === 'member-may-not-act') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (const by of founders)
      await membership.reinstate(await say(stage.hub, by, 'reinstate', { member: reader.who.code }));
    const again = await stage.inbox.seated(reader.who, 'liaison');
    expect(await stage.configure(again, receiver.url)).toBeNull();
    await stage.until(again, ({ pushedUpTo }) => pushedUpTo === 2);
    expect(receiver.came.map(({ jti }) => jti)).toEqual(jtis(reader, 1, 2));
  });

  it('ends when it is removed, and a new one begins after what was acknowledged', async () => {
    await pushed(2);
    const removed = '{ it: removePush { ... on PushRemoved { existed } } }';
    expect(await answered(reader.ask('protection'), `mutation ${removed}`)).toEqual({ it: { existed: true } });
    expect(await answered(reader.ask('protection'), `mutation ${removed}`)).toEqual({ it: { existed: false } });
    await stage.raise(sender, reader, 1);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    await stage.until(reader, ({ pushedUpTo }) => pushedUpTo === 3);
    expect(receiver.came.map(({ jti }) => jti)).toEqual(jtis(reader, 1, 3));
  });
});

describe('a stream that meets trouble', () => {
  beforeAll(newReader, 60_000);

  const TROUBLES: readonly (readonly [string, Behaviour, string])[] = [
    ['a 200 that acknowledges nothing', status(200, '{"thanks":true}'), 'UNEXPECTED_ANSWER'],
    ['a redirect', status(307, '', { location: 'http://127.0.0.1:9/' }), 'REDIRECTED'],
    ['a 500', status(500, 'x'.repeat(100_000)), 'SERVER_ERROR'],
    ['a 400 without an error', status(400, '<html>'), 'UNEXPECTED_ANSWER'],
    ['a 400 with an error that is none', refuse('whatever'), 'UNEXPECTED_ANSWER'],
    ['a 400 about the hub', refuse('authentication_failed'), 'NOT_AUTHORIZED'],
    ['a 401', status(401), 'NOT_AUTHORIZED'],
    ['a closed connection', { does: 'close' }, 'UNREACHABLE'],
  ];

  it.each(TROUBLES)('tries again after %s, and loses and reorders nothing (P5)', async (_, trouble, code) => {
    let over = false;
    receiver.behave = (at) => (at >= 1 && !over ? trouble : status(202));
    await stage.raise(sender, reader, 3);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    const seen = await stage.until(reader, ({ tries }) => tries >= 2);
    expect(seen).toMatchObject({ state: 'RETRYING', lastError: code, pending: 2 });
    over = true;
    await stage.until(reader, ({ pending }) => pending === 0);
    const three = jtis(reader, seen.pushedUpTo, seen.pushedUpTo + 2);
    expect(receiver.accepted).toEqual(three);
    expect(once(receiver.came.map(({ jti }) => jti))).toEqual(three);
    expect(await stage.deadLetters(reader)).toEqual([]);
  });
});

async function inboxState(): Promise<unknown> {
  const { inbox } = await answered<{ inbox: unknown }>(
    reader.ask('protection'),
    '{ inbox(first: 1) { acknowledged unreadCount } }',
  );
  return inbox;
}

async function redeliver(seq: number): Promise<string | null> {
  const document =
    'mutation ($seq: Int!) { it: redeliver(seq: $seq) { ... on RedeliveryAsked { deadLetter { seq } } ... on Refused { code } } }';
  const { it: outcome } = await answered<{ it: { code?: string } }>(reader.ask('protection'), document, { seq });
  return outcome.code ?? null;
}

async function untilLetters(condition: (letters: Awaited<ReturnType<PushStage['deadLetters']>>) => boolean) {
  for (;;) {
    const letters = await stage.deadLetters(reader);
    if (condition(letters)) return letters;
    await stage.until(reader, () => true);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
