import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/database/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { readDeliveredSet } from '../../src/protocol/delivery/index.js';
import { say } from '../support/organisation.js';
import { type Polled, poller } from '../support/poll.js';
import { until } from '../support/until.js';
import { answered, type Reader } from './inbox-stage.js';
import { jtis, PushStage } from './push-stage.js';

let stage: PushStage;
let sender: Reader;
let reader: Reader;
let poll: (body: unknown) => Promise<Polled>;
let number = 0;
const NOW = { returnImmediately: true };

beforeAll(async () => {
  stage = await PushStage.set();
  sender = await stage.inbox.reader('BE', 'sender');
});
afterAll(() => stage.hub.stop());
beforeEach(async () => {
  reader = await stage.inbox.reader('DE', `reader-${++number}`, { mandate: ['protection'] });
  poll = await poller(stage.hub, reader.seat, 'protection');
});

const given = ({ body }: Polled) => Object.keys(body.sets ?? {});

describe('a poll (RFC 8936)', () => {
  it('gives what is open in order as SETs of the hub, again until it is acknowledged (P8)', async () => {
    await stage.raise(sender, reader, 5);
    const first = await poll({ ...NOW, maxEvents: 3 });
    expect(first.status).toBe(200);
    expect(given(first)).toEqual(jtis(reader, 1, 3));
    expect(first.body.moreAvailable).toBe(true);
    const log = { audience: stage.hub.identity.audience, keys: [stage.hub.identity.signingKey] };
    for (const [jti, set] of Object.entries(first.body.sets ?? {})) {
      const delivered = await readDeliveredSet(set, log);
      expect(delivered).toMatchObject({ jti, content: 'READABLE' });
    }
    expect(given(await poll({ ...NOW, maxEvents: 3 }))).toEqual(jtis(reader, 1, 3));
    expect(given(await poll({ ...NOW, maxEvents: 3, ack: jtis(reader, 1, 1) }))).toEqual(jtis(reader, 2, 4));
    const last = await poll({ ...NOW, ack: jtis(reader, 2, 4) });
    expect([given(last), last.body.moreAvailable]).toEqual([jtis(reader, 5, 5), false]);
    expect(given(await poll({ ...NOW, ack: jtis(reader, 5, 5) }))).toEqual([]);
    expect(await acknowledged()).toBe(5);
  });

  it('moves the acknowledged mark only as far as nothing before it is open (P9)', async () => {
    await stage.raise(sender, reader, 4);
    await poll(NOW);
    expect(given(await poll({ ...NOW, ack: jtis(reader, 3, 4) }))).toEqual(jtis(reader, 1, 2));
    expect(await acknowledged()).toBe(0);
    expect(given(await poll({ ...NOW, ack: jtis(reader, 1, 1) }))).toEqual(jtis(reader, 2, 2));
    expect(await acknowledged()).toBe(1);
    expect(given(await poll({ ...NOW, ack: jtis(reader, 2, 2) }))).toEqual([]);
    expect(await acknowledged()).toBe(4);
  });

  it('takes errors: what is refused is a dead letter, and comes again when that is asked for (P6)', async () => {
    const liaison = await stage.inbox.seated(reader.who, 'liaison');
    await stage.raise(sender, reader, 3);
    await poll(NOW);
    const [, two = ''] = jtis(reader, 1, 3);
    const errors = { [two]: { err: 'invalid_key', description: 'unknown' } };
    expect(given(await poll({ ...NOW, setErrs: errors, ack: [...jtis(reader, 1, 1), ...jtis(reader, 3, 3)] }))).toEqual(
      [],
    );
    expect(await stage.deadLetters(reader)).toEqual([{ seq: 2, error: 'INVALID_KEY', redeliveryAskedAt: null }]);
    expect(await acknowledged()).toBe(1);
    const document = 'mutation { it: redeliver(seq: 2) { __typename } }';
    expect(await answered(liaison.ask('protection'), document)).toEqual({ it: { __typename: 'RedeliveryAsked' } });
    expect(given(await poll(NOW))).toEqual([two]);
    await poll({ ...NOW, ack: [two] });
    expect(await stage.deadLetters(reader)).toEqual([]);
    expect(await acknowledged()).toBe(3);
  });

  it('refuses answers about what was not handed out, and does nothing of them (P9)', async () => {
    const other = await stage.inbox.reader('FR', `other-${number}`, { mandate: ['protection'] });
    await stage.raise(sender, other, 1);
    await stage.raise(sender, reader, 2);
    await poll({ ...NOW, maxEvents: 1 });
    for (const jti of [
      ...[...jtis(reader, 2, 2), ...jtis(other, 1, 1), ...jtis(reader, 99, 99)],
      ...[`${reader.who.code}.prosecution.1`, `${reader.who.code}.protection.01`, 'x'.repeat(100)],
    ]) {
      const ack = await poll({ ...NOW, ack: [...jtis(reader, 1, 1), jti] });
      expect([ack.status, ack.body.err, ack.body.code, ack.body.path]).toEqual([
        400,
        'invalid_request',
        'NOT_DELIVERED',
        ['ack', '1'],
      ]);
      const errors = await poll({ ...NOW, setErrs: { [jti]: { err: 'invalid_key' } } });
      expect([errors.status, errors.body.code]).toEqual([400, 'NOT_DELIVERED']);
    }
    expect(await acknowledged()).toBe(0);
    expect(await stage.deadLetters(reader)).toEqual([]);
  });

  it.each([
    ['a list', []],
    ['another property', { more: 1 }],
    ['a number that is none', { maxEvents: -1 }],
    ['a fraction', { maxEvents: 1.5 }],
    ['text for a boolean', { returnImmediately: 'yes' }],
    ['text for a list', { ack: 'x' }],
    ['too many acknowledgements', { ack: Array(1_001).fill('x') }],
    ['a list of errors', { setErrs: [] }],
    ['an error that is none', { setErrs: { x: { err: 'tired' } } }],
  ])('refuses %s', async (_, body) => {
    const { status, body: answer } = await poll(body);
    expect([status, answer.err, answer.code]).toEqual([400, 'invalid_request', 'SCHEMA_INVALID']);
  });

  it('waits for what comes, and answers when it has come', async () => {
    const waiting = poll({});
    await stage.raise(sender, reader, 1);
    expect(given(await waiting)).toEqual(jtis(reader, 1, 1));
  });

  it('waits in one of few places of its officer, and looks in turn, when its inbox may have grown', async () => {
    const other = await stage.inbox.reader('FR', `waiting-${number}`, { mandate: ['protection'] });
    const pollOther = await poller(stage.hub, other.seat, 'protection');
    await stage.raise(sender, reader, 1);
    await stage.raise(sender, other, 1);
    await poll(NOW);
    await poll({ ...NOW, ack: jtis(reader, 1, 1) });
    const looks = watchLooks();
    try {
      const waiting = Array.from({ length: 8 }, () => poll({}));
      await until('all look once', () => looks.all === 8);
      const others = pollOther({});
      expect(given(await others)).toEqual(jtis(other, 1, 1));
      const stillWaiting = pollOther({ ack: jtis(other, 1, 1) });
      await until('the other waits too', () => looks.all === 10);
      const begun = Date.now();
      expect(given(await poll({}))).toEqual([]);
      expect(Date.now() - begun).toBeLessThan(10_000); // a wait is 20 seconds
      await stage.raise(sender, other, 1);
      expect(given(await stillWaiting)).toEqual(jtis(other, 2, 2));
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(looks.all).toBe(12); // the one that did not wait, and the other's
      looks.mostAtOnce = 0;
      await stage.raise(sender, reader, 1);
      for (const answer of await Promise.all(waiting)) expect(given(answer)).toEqual(jtis(reader, 2, 2));
      expect([looks.all, looks.mostAtOnce]).toEqual([20, 4]);
    } finally {
      looks.end();
    }
  });

  it('that waits is told of a dead letter that is to be delivered once more', async () => {
    const liaison = await stage.inbox.seated(reader.who, 'liaison');
    await stage.raise(sender, reader, 1);
    await poll(NOW);
    const [jti = ''] = jtis(reader, 1, 1);
    await poll({ ...NOW, setErrs: { [jti]: { err: 'invalid_key', description: 'unknown' } } });
    const looks = watchLooks();
    try {
      const waiting = poll({});
      await until('it waits', () => looks.all === 1);
      const begun = Date.now();
      await answered(liaison.ask('protection'), 'mutation { it: redeliver(seq: 1) { __typename } }');
      expect(given(await waiting)).toEqual([jti]);
      expect(Date.now() - begun).toBeLessThan(10_000);
    } finally {
      looks.end();
    }
  });

  it('gives nothing to strangers, to other roles, and to whoever was revoked while waiting', async () => {
    const stranger = await fetch(`${stage.hub.url}/delivery/poll`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('DPoP')]);
    const administrator = await stage.inbox.seated(reader.who, 'administrator');
    const refused = await (await poller(stage.hub, administrator.seat, 'protection'))(NOW);
    expect([refused.status, refused.body.err]).toEqual([403, 'access_denied']);
    const waiting = poll({});
    await new Promise((resolve) => setTimeout(resolve, 300)); // so that it was let in before
    const membership = stage.hub.app.get(MembershipService);
    await membership.revokeOfficer(await say(stage.hub, reader.who, 'revokeOfficer', { officer: reader.seat.officer }));
    await stage.raise(sender, reader, 1);
    expect((await waiting).status).toBe(401);
  });

  it('leaves access records of what it gave', async () => {
    const [alert] = await stage.raise(sender, reader, 1);
    await poll(NOW);
    const records = await stage.sql('SELECT officer, operation, alert_ids FROM access_record WHERE reader = $1', [
      reader.who.code,
    ]);
    expect(records).toEqual([{ officer: 'case-worker-1', operation: 'poll', alert_ids: [alert?.slice(6)] }]);
  });
});

/** Counts how often polls look for what is open, and makes each look take a while. */
function watchLooks() {
  const database = stage.hub.app.get(Database);
  const original = database.queryAsMember.bind(database);
  const looks = {
    ...{ all: 0, atOnce: 0, mostAtOnce: 0 },
    end: () => {
      database.queryAsMember = original;
    },
  };
  database.queryAsMember = async <Row>(...asked: Parameters<Database['queryAsMember']>): Promise<Row[]> => {
    const [, statement] = asked;
    if (typeof statement === 'string' || statement.name !== 'poll-open') return original<Row>(...asked);
    looks.all++;
    looks.mostAtOnce = Math.max(looks.mostAtOnce, ++looks.atOnce);
    try {
      const rows = await original<Row>(...asked);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return rows;
    } finally {
      looks.atOnce--;
    }
  };
  return looks;
}

async function acknowledged(): Promise<number> {
  const { inbox } = await answered<{ inbox: { acknowledged: number } }>(
    reader.ask('protection'),
    '{ inbox(first: 1) { acknowledged } }',
  );
  return inbox.acknowledged;
}
