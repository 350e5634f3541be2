import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PushQueue } from '../../src/delivery/index.js';
import { type TestCertificate, testCertificate } from '../support/certificate.js';
import { testHub, type TestHub } from '../support/hub.js';
import { NodeProcess } from '../support/node-process.js';
import { ACCEPT, type Behaviour, SetReceiver, status } from '../support/set-receiver.js';
import type { Reader } from './inbox-stage.js';
import { jtis, once, PUSH_ENVIRONMENT, PushStage } from './push-stage.js';

let stage: PushStage;
let sender: Reader;
let reader: Reader;
let certificate: TestCertificate;
let receiver: SetReceiver;
let number = 0;

beforeAll(async () => {
  certificate = testCertificate();
  stage = await PushStage.set();
  sender = await stage.inbox.reader('BE', 'sender');
}, 120_000);
afterAll(async () => {
  await stage.hub.stop();
  certificate.remove();
});
beforeEach(async () => {
  reader = await stage.inbox.reader('DE', `reader-${++number}`, { role: 'liaison', mandate: ['protection'] });
}, 60_000);
afterEach(() => receiver.stop());

const reached = (seq: number) => stage.until(reader, ({ pushedUpTo }) => pushedUpTo === seq);

describe('a receiver', () => {
  it('that hangs is given up after 10 seconds, and given the same entry again', async () => {
    receiver = await SetReceiver.start();
    receiver.behave = (at) => (at === 1 ? { does: 'hang' } : ACCEPT);
    await stage.raise(sender, reader, 3);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    // The next try may be over before anybody looks at what the one before came to.
    await stage.until(reader, ({ lastError }) => lastError === 'TIMED_OUT' || receiver.came.length > 2);
    await reached(3);
    expect(receiver.came.map(({ jti }) => jti)).toEqual([...jtis(reader, 1, 2), ...jtis(reader, 2, 3)]);
  }, 60_000);

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
  }, 60_000);

  it('that nobody can vouch for is not delivered to', async () => {
    receiver = await SetReceiver.start(certificate);
    await stage.raise(sender, reader, 1);
    expect(await stage.configure(reader, receiver.url)).toBeNull();
    const stream = await stage.until(reader, ({ tries }) => tries > 0);
    expect([stream.lastError, receiver.came]).toEqual(['CERTIFICATE_REFUSED', []]);
  }, 60_000);

  it('that is gone for good stops the stream with everything still in the inbox; set up anew, it goes on', async () => {
    const few = await PushStage.set({ PUSH_TRIES: '4' });
    receiver = await SetReceiver.start();
    try {
      const from = await few.inbox.reader('BE', 'sender');
      const to = await few.inbox.reader('DE', 'reader', { role: 'liaison', mandate: ['protection'] });
      receiver.behave = () => status(500);
      await few.raise(from, to, 3);
      expect(await few.configure(to, receiver.url)).toBeNull();
      const stopped = await few.until(to, ({ state }) => state === 'STOPPED');
      expect(stopped).toMatchObject({
        stoppedFor: 'TRIES_USED_UP',
        pushedUpTo: 0,
        pending: 3,
        tries: 4,
        lastError: 'SERVER_ERROR',
      });
      expect(receiver.came.map(({ jti }) => jti)).toEqual(Array(4).fill(jtis(to, 1, 1)[0]));
      receiver.behave = () => ACCEPT;
      expect(await few.configure(to, receiver.url)).toBeNull();
      await few.until(to, ({ pushedUpTo }) => pushedUpTo === 3);
      expect(receiver.accepted).toEqual(jtis(to, 1, 3));
    } finally {
      await few.hub.stop();
    }
  }, 120_000);
});

describe('two nodes', () => {
  let second: TestHub;
  beforeEach(async () => {
    const { database, folder, url } = stage.hub;
    second = await testHub({ database, folder, url, environment: PUSH_ENVIRONMENT });
  }, 60_000);

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
  }, 120_000);
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
    }
    const last = await NodeProcess.start({ database, folder, url }, environment);
    await reached(6);
    await last.end('SIGTERM');
    const [first, second, third, fourth] = [1, 2, 3, 4].map((seq) => jtis(reader, seq, seq)[0]);
    expect(receiver.came.map(({ jti }) => jti)).toEqual([
      ...[first, second, third, third, fourth, jtis(reader, 5, 5)[0]],
      ...jtis(reader, 5, 6),
    ]);
  }, 240_000);
});
