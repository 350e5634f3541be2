import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NameResolver } from '../../src/delivery/index.js';
import { SetReceiver } from '../support/set-receiver.js';
import { testHub } from '../support/hub.js';
import { until } from '../support/until.js';
import { answered, InboxStage, type Reader } from './inbox-stage.js';
import { jtis, PushStage } from './push-stage.js';

/** As operators run it: nothing is allowed that is not public, and no plain http. */
let strict: InboxStage;
let liaison: Reader;
let asked: string[] = [];
let addresses: Readonly<Record<string, readonly string[]>> = {};

function resolveAsTold({ app }: InboxStage['hub']): void {
  const names = app.get(NameResolver);
  names.addressesOf = names.systemAddressesOf = (name) => {
    asked.push(name);
    const found = addresses[name];
    return found ? Promise.resolve(found) : Promise.reject(new Error('ENOTFOUND'));
  };
}

beforeAll(async () => {
  strict = await InboxStage.on(await testHub());
  resolveAsTold(strict.hub);
  liaison = await strict.reader('DE', 'strict', { role: 'liaison', mandate: ['protection'] });
});
afterAll(() => strict.hub.stop());
afterEach(() => {
  asked = [];
  addresses = {};
});

interface Refused {
  readonly __typename: string;
  readonly code?: string;
  readonly path?: readonly string[];
  readonly message?: string;
}

async function configure(endpoint: string, authorization?: string, by = liaison): Promise<Refused> {
  const document = `mutation ($endpoint: String!, $authorization: String) {
    it: configurePush(endpoint: $endpoint, authorization: $authorization) { __typename ... on Refused { code path message } } }`;
  return (await answered<{ it: Refused }>(by.ask('protection'), document, { endpoint, authorization })).it;
}

describe('an endpoint', () => {
  it.each([
    ...[
      '',
      'x',
      'ftp://sets.example.org/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/plain,x',
      'ws://sets.example.org/',
    ],
    ...[
      'http://sets.example.org/',
      'https://user:pass@sets.example.org/',
      'https://user@sets.example.org/',
      'https://@sets.example.org/',
    ],
    ...[
      'https://sets.example.org/#there',
      'https://sets.example.org/#',
      'https://sets.example.org:22/',
      'https://sets.example.org:443/',
    ],
    ...[
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f000001/',
      'https://0x7f.1/',
      'https://017700000001/',
      'https://127.1/',
    ],
    ...[
      'https://0177.0.0.1/',
      'https://127.0.0.1./',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[fe80::1%25eth0]/',
    ],
    ...[
      'https://[0:0:0:0:0:0:0:1]/',
      'https://8.8.8.8/',
      'https://[2606:4700::1111]/',
      'https://localhost/',
      'https://database/',
    ],
    ...[
      'https://sets.example.org./',
      'https://SETS.example.org/',
      'https://sets.example.org\\@evil.org/',
      'https:sets.example.org/',
    ],
    ...[
      'https:///sets.example.org/',
      'https://sets%2eexample.org/',
      'https://sets.example.org/a b',
      ' https://sets.example.org/',
    ],
    ...[
      'https://sets.example.org/\n',
      'https://sеts.example.org/',
      'https://sets。example.org/',
      'https://ⓢets.example.org/',
    ],
    ...[
      `https://sets.example.org/${'x'.repeat(500)}`,
      `https://${'x'.repeat(64)}.org/`,
      'https://sets_.example.org/',
      'https://example.123/',
    ],
  ])('%j is refused without a look at the network', async (endpoint) => {
    addresses = { 'sets.example.org': ['93.184.216.34'] };
    expect(await configure(endpoint)).toMatchObject({ code: 'ENDPOINT_NOT_ALLOWED', path: ['endpoint'] });
    expect(asked).toEqual([]);
  });

  it('is refused alike whether its name is unknown, private, or public and private at once', async () => {
    addresses = {
      ...{
        'private.example.org': ['10.0.0.1'],
        'loop.example.org': ['::1'],
        'metadata.example.org': ['169.254.169.254'],
      },
      ...{ 'both.example.org': ['93.184.216.34', '192.168.0.1'], 'mapped.example.org': ['::ffff:93.184.216.34'] },
      ...{ 'nothing.example.org': [], 'odd.example.org': ['not an address'] },
    };
    const answers = [];
    for (const name of [...Object.keys(addresses), 'unknown.example.org'])
      answers.push(JSON.stringify(await configure(`https://${name}/`)));
    expect(answers[0]).toContain('ENDPOINT_NOT_ALLOWED');
    expect(new Set(answers).size).toBe(1);
    expect(asked).toHaveLength(8);
  });

  it('is taken when every address of its name is public', async () => {
    addresses = { 'sets.example.org': ['93.184.216.34', '2606:4700::1111'] };
    expect(await configure('https://sets.example.org:8443/sets?tenant=1')).toEqual({ __typename: 'PushConfigured' });
    await answered(liaison.ask('protection'), 'mutation { removePush { __typename } }');
  });

  it.each(['', ' Bearer x', 'Bearer  x', 'Bearer x\r\nHost: y', 'Bearer ü', 'x'.repeat(4_097)])(
    'wants no authorization like %j',
    async (text) => {
      addresses = { 'sets.example.org': ['93.184.216.34'] };
      expect(await configure('https://sets.example.org/', text)).toMatchObject({
        code: 'ARGUMENT_INVALID',
        path: ['authorization'],
      });
    },
  );
});

describe('a name whose server never answers', () => {
  it('keeps one place of its member, and nobody else waits for it', async () => {
    const { hub } = strict;
    const other = await strict.reader('FR', 'strict-too', { role: 'liaison', mandate: ['protection'] });
    let [underWay, most] = [0, 0];
    let end = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      end = () => {
        reject(new Error('ETIMEOUT'));
      };
    });
    hub.app.get(NameResolver).addressesOf = (name) => {
      if (name === 'sets.example.org') return Promise.resolve(['93.184.216.34']);
      most = Math.max(most, ++underWay);
      return ended;
    };
    try {
      const codes: unknown[] = [];
      const all = Array.from({ length: 20 }, async (_, n) => {
        codes.push((await configure(`https://tarpit-${n}.example.org/`)).code);
      });
      await until('all but one are refused', () => codes.length === 19);
      expect(await configure('https://sets.example.org/', undefined, other)).toEqual({ __typename: 'PushConfigured' });
      end();
      await Promise.all(all);
      expect(codes).toEqual([...Array<string>(19).fill('CHECKS_UNDER_WAY'), 'ENDPOINT_NOT_ALLOWED']);
      expect(most).toBe(1);
    } finally {
      end();
      await ended.catch(() => undefined);
      resolveAsTold(hub);
    }
  });

  it('is given up after five seconds, and its member may try again', async () => {
    const broken: string[] = [];
    strict.hub.app.get(NameResolver).addressesOf = (name, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          broken.push(name);
          reject(new Error('ECANCELLED'));
        });
      });
    const tarpit = 'https://tarpit.example.org/';
    expect(await configure(tarpit)).toMatchObject({ code: 'ENDPOINT_NOT_ALLOWED', path: ['endpoint'] });
    expect(broken).toEqual(['tarpit.example.org']);
    resolveAsTold(strict.hub);
    expect(await configure(tarpit)).toMatchObject({ code: 'ENDPOINT_NOT_ALLOWED' });
    expect(asked).toEqual(['tarpit.example.org']);
  });
});

describe('DNS that changes', () => {
  it('is refused when it turns to a private address after the stream was set up, and never connected to', async () => {
    const receiver = await SetReceiver.start();
    const stage = await PushStage.set({ PUSH_ALLOWED: '127.0.0.1' });
    try {
      resolveAsTold(stage.hub);
      const sender = await stage.inbox.reader('BE', 'sender');
      const reader = await stage.inbox.reader('DE', 'reader', { role: 'liaison', mandate: ['protection'] });
      addresses = { 'sets.example.org': ['127.0.0.1'] };
      expect(await stage.configure(reader, `https://sets.example.org:8443/`)).toBeNull();
      addresses = { 'sets.example.org': ['127.0.0.2'] };
      await stage.raise(sender, reader, 1);
      const stream = await stage.until(reader, ({ tries }) => tries > 0);
      expect(stream).toMatchObject({ state: 'RETRYING', lastError: 'ENDPOINT_NOT_ALLOWED', pushedUpTo: 0 });
      expect(receiver.came).toEqual([]);
    } finally {
      await stage.hub.stop();
      await receiver.stop();
    }
  });

  it('leads nowhere else between check and connection: the connection goes to the address that was checked', async () => {
    const receiver = await SetReceiver.start();
    const stage = await PushStage.set({ PUSH_ALLOWED: '127.0.0.1,receiver.test' });
    try {
      resolveAsTold(stage.hub);
      const sender = await stage.inbox.reader('BE', 'sender');
      const reader = await stage.inbox.reader('DE', 'reader', { role: 'liaison', mandate: ['protection'] });
      // No resolver but this one knows the name: whoever asked again while connecting would not find it.
      addresses = { 'receiver.test': ['127.0.0.1'] };
      expect(await stage.configure(reader, `http://receiver.test:${receiver.port}/`)).toBeNull();
      await stage.raise(sender, reader, 2);
      await stage.until(reader, ({ pushedUpTo }) => pushedUpTo === 2);
      expect(receiver.accepted).toEqual(jtis(reader, 1, 2));
      expect(receiver.came[0]?.headers.host).toBe(`receiver.test:${receiver.port}`);
    } finally {
      await stage.hub.stop();
      await receiver.stop();
    }
  });
});
