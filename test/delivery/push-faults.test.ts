import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PushQueue } from '../../src/delivery/index.js';
import { PURPOSES, type Purpose } from '../../src/protocol/index.js';
import { type TestCertificate, testCertificate } from '../support/certificate.js';
import { testHub, type TestHub } from '../support/hub.js';
import { NodeProcess } from '../support/node-process.js';
import { ACCEPT, type Behaviour, SetReceiver, status } from '../support/set-receiver.js';
import { answered, type Reader } from './inbox-stage.js';
import { jtis, once, PUSH_ENVIRONMENT, PushStage } from './push-stage.js';

/** So that a receiver that hangs is given up soon, and one that is gone for good too. */
const FEW_TRIES = { PUSH_ANSWER_SECONDS: '2', PUSH_TRIES: '4' };

let stage: PushStage;
let sender: Reader;
let reader: Reader;
let certificate: TestCertificate;
let receiver: SetReceiver;
let number = 0;

beforeAll(async () => {
  certificate = testCertificate();
  stage = await PushStage.set(FEW_TRIES);
  sender = await stage.inbox.reader('BE', 'sender');
});
afterAll(async () => {
  await stage.hub.stop();
  certificate.remove();
});
beforeEach(async () => {
  reader = await stage.inbox.reader('DE', `reader-${++number}`, OF_LIAISON);
});
afterEach(() => receiver.stop());

const OF_LIAISON = { role: 'liaison', mandate: ['protection'] } as const;
const reached = (seq: number) => stage.until(reader, ({ pushedUpTo }) => pushedUpTo === seq);

describe('a receiver', () => {
  it('that hangs is given up after the time that an answer may take, and given the same entry again', async () => {
    receiver = await SetReceiver.start();
    receiver.behave = (at) => (at === 1 ? { does: 'hang' } : ACCEPT);
    await stage.raise(sender, reader, 3);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    // The next try may be over before anybody looks at what the one before came to.
    await stage.until(reader, ({ lastError }) => lastError === 'TIMED_OUT' || receiver.came.length > 2);
    await reached(3);
    expect(receiver.came.map(({ jti }) => jti)).toEqual([...jtis(reader, 1, 2), ...jtis(reader, 2, 3)]);
  });

  it('that takes an entry in and answers too late is given it again under the same jti', async () => {
    receiver = await SetReceiver.start();
    let answerLate = (): void => undefined;
    const late: Behaviour = {
      does: 'answer late',
      status: 202,
      after: new Promise<void>((resolve) => (answerLate = resolve)),
    };
    receiver.behave = (at) => (at === 0 ? late : ACCEPT);
    await stage.raise(sender, reader, 2);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    await stage.until(reader, ({ lastError }) => lastError === 'TIMED_OUT' || receiver.came.length > 1);
    answerLate();
    await reached(2);
    expect(receiver.came.map(({ jti }) => jti)).toEqual([...jtis(reader, 1, 1), ...jtis(reader, 1, 2)]);
  });

  it('that nobody can vouch for is not delivered to', async () => {
    receiver = await SetReceiver.start(certificate);
    await stage.raise(sender, reader, 1);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    const stream = await stage.until(reader, ({ tries }) => tries > 0);
    expect([stream.lastError, receiver.came]).toEqual(['CERTIFICATE_REFUSED', []]);
  });

  it('that is gone for good stops the stream with everything still in the inbox; set up anew, it goes on', async () => {
    receiver = await SetReceiver.start();
    receiver.behave = () => status(500);
    await stage.raise(sender, reader, 3);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    const stopped = await stage.until(reader, ({ state }) => state === 'STOPPED');
    expect(stopped).toMatchObject({
      stoppedFor: 'TRIES_USED_UP',
      pushedUpTo: 0,
      pending: 3,
      tries: 4,
      lastError: 'SERVER_ERROR',
    });
    expect(receiver.came.map(({ jti }) => jti)).toEqual(Array(4).fill(jtis(reader, 1, 1)[0]));
    receiver.behave = () => ACCEPT;
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    await reached(3);
    expect(receiver.accepted).toEqual(jtis(reader, 1, 3));
  });

  it('that hangs, however often the stream is set up anew, has one connection of it, and holds up nobody else', async () => {
    receiver = await SetReceiver.start();
    receiver.behave = () => ({ does: 'hang' });
    const [other, well] = [await stage.inbox.reader('FR', 'well', OF_LIAISON), await SetReceiver.start()];
    try {
      await stage.raise(sender, reader, 1);
      expect(await stage.configure(reader, receiver.url)).toBeNull();
      await receiver.until(({ came }) => came.length > 0);
      for (let again = 0; again < 10; again++) {
        if (again % 2 === 1) await answered(reader.ask('protection'), 'mutation { removePush { __typename } }');
        expect(await stage.configure(reader, receiver.url)).toBeNull();
        await new Promise((resolve) => setTimeout(resolve, 100)); // for as many runs as there may be
      }
      expect(await stage.configure(other, well.url)).toBeNull();
      await stage.raise(sender, other, 1);
      const begun = Date.now();
      await well.until(({ came }) => came.length > 0);
      expect(Date.now() - begun).toBeLessThan(1_000);
      expect(receiver.mostAtOnce).toBe(1);
      const better = await SetReceiver.start();
      try {
        expect(await stage.configure(reader, better.url)).toBeNull();
        await better.until(({ came }) => came.length > 0);
        expect(Date.now() - begun).toBeLessThan(10_000);
      } finally {
        await better.stop();
      }
    } finally {
      await well.stop();
    }
  });

  it('that hangs keeps two places of its member on a node', async () => {
    receiver = await SetReceiver.start();
    receiver.behave = () => ({ does: 'hang' });
    const busy = await stage.inbox.reader('FR', 'busy', { role: 'liaison' });
    for (const purpose of PURPOSES) {
      await stage.inbox.raise(sender, { members: [busy.who.code] }, [purpose]);
      await configureFor(busy, purpose, receiver.url);
    }
    await stage.inbox.told();
    await receiver.until(({ came }) => came.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(receiver.mostAtOnce).toBe(2);
    await receiver.until(({ came }) => new Set(came.map(({ jti }) => jti)).size === PURPOSES.length);
    expect(receiver.mostAtOnce).toBe(2);
  });
});

describe('two nodes', () => {
  let second: TestHub;
  beforeEach(async () => {
    const { database, folder, url } = stage.hub;
    second = await testHub({ database, folder, url, environment: { ...PUSH_ENVIRONMENT, ...FEW_TRIES } });
  });

  it('never push one stream at the same time, and lose and reorder nothing when one goes', async () => {
    receiver = await SetReceiver.start();
    const slow = (code: number): Behaviour => ({
      ...{ does: 'answer late', status: code },
      after: new Promise((resolve) => setTimeout(resolve, 80)), // so that another node has the time to come in between
    });
    receiver.behave = (at) => slow(at % 7 === 5 ? 503 : 202);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    const wakes = setInterval(() => {
      for (const { app } of [stage.hub, second]) void app.get(PushQueue).wake();
    }, 10);
    await stage.raise(sender, reader, 25);
    await receiver.until(({ came }) => came.length >= 15);
    clearInterval(wakes);
    await second.stop();
    await reached(25);
    expect(receiver.mostAtOnce).toBe(1);
    const accepted = receiver.came.filter(({ behaviour }) => 'status' in behaviour && behaviour.status === 202);
    expect(once(accepted.map(({ jti }) => jti))).toEqual(jtis(reader, 1, 25));
    expect(await stage.deadLetters(reader)).toEqual([]);
  });
});

describe('kill -9', () => {
  it('in the middle of an entry repeats it, and loses and reorders nothing (over verified TLS)', async () => {
    const { database, folder, url } = stage.hub;
    await stage.hub.app.get(PushQueue).stop(); // from here on only the processes push
    const environment = { ...PUSH_ENVIRONMENT, NODE_EXTRA_CA_CERTS: certificate.file };
    receiver = await SetReceiver.start(certificate);
    receiver.behave = (at) => (at === 2 || at === 5 ? { does: 'hang' } : ACCEPT);
    await stage.raise(sender, reader, 6);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    for (const hangsAt of [3, 6]) {
      const node = await NodeProcess.start({ database, folder, url }, environment);
      await receiver.until(({ came }) => came.length >= hangsAt);
      await node.end('SIGKILL');
      await thirtySecondsLater();
    }
    const last = await NodeProcess.start({ database, folder, url }, environment);
    await reached(6);
    await last.end('SIGTERM');
    const [first, second, third, fourth] = [1, 2, 3, 4].map((seq) => jtis(reader, seq, seq)[0]);
    expect(receiver.came.map(({ jti }) => jti)).toEqual([
      ...[first, second, third, third, fourth, jtis(reader, 5, 5)[0]],
      ...jtis(reader, 5, 6),
    ]);
  });
});

/** When a node that is gone loses its hold of a stream, as it does after 30 seconds and not before. */
async function thirtySecondsLater(): Promise<void> {
  const text = `UPDATE push_stream SET held_until = held_until - interval '30 seconds' WHERE member = $1
    RETURNING held_until + interval '30 seconds' > now() AS was_held, held_until < now() AS is_free`;
  expect(await stage.sql(text, [reader.who.code])).toEqual([{ was_held: true, is_free: true }]);
}

async function configureFor(by: Reader, purpose: Purpose, endpoint: string): Promise<void> {
  const document =
    'mutation ($endpoint: String!) { it: configurePush(endpoint: $endpoint) { ... on Refused { code } } }';
  expect(await answered(by.ask(purpose), document, { endpoint })).toEqual({ it: {} });
}
