import { createSocket, type Socket } from 'node:dgram';
import { lookup, Resolver } from 'node:dns/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NameResolver } from '../../src/delivery/index.js';

const [A, AAAA] = [1, 28];
const [NO_ERROR, SERVER_FAILURE, NO_SUCH_NAME] = [0, 2, 3];

/** What the server of names says to a question of a type: a code with addresses as bytes; null for nothing at all. */
type Says = (type: number) => { readonly code: number; readonly addresses?: readonly (readonly number[])[] } | null;

let server: Socket;
let says: Says = () => null;

beforeEach(async () => {
  server = createSocket('udp4');
  server.on('message', (query, { port, address }) => {
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const type = question.readUInt16BE(question.length - 4);
    const said = says(type);
    if (said) server.send(reply(query.subarray(0, 2), question, said.code, said.addresses ?? []), port, address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  const here = `127.0.0.1:${server.address().port}`;
  const told = new WeakSet<Resolver>();
  for (const method of ['resolve4', 'resolve6'] as const) {
    const original = Resolver.prototype[method] as (this: Resolver, name: string) => Promise<string[]>;
    jest.spyOn(Resolver.prototype, method).mockImplementation(function (this: Resolver, name: string) {
      if (!told.has(this)) this.setServers([here]);
      told.add(this);
      return original.call(this, name);
    });
  }
});
afterEach(() => {
  jest.restoreAllMocks();
  server.close();
});

/** An answer (RFC 1035 §4.1). */
function reply(id: Buffer, question: Buffer, code: number, addresses: readonly (readonly number[])[]): Buffer {
  const head = Buffer.from([...id, 0x81, 0x80 | code, 0, 1, 0, addresses.length, 0, 0, 0, 0]);
  const type = question.subarray(-4, -2);
  const answers = addresses.map((bytes) => [0xc0, 12, ...type, 0, 1, 0, 0, 0, 60, 0, bytes.length, ...bytes]);
  return Buffer.concat([head, question, Buffer.from(answers.flat())]);
}

const never = new AbortController().signal;
const ask = (signal = never) => new NameResolver().addressesOf('sets.example.org', signal);

describe('the addresses of a name', () => {
  it('are those of both families, IPv4 first', async () => {
    const both = { [A]: [93, 184, 216, 34], [AAAA]: [0x26, 0x06, 0x47, ...Array<number>(12).fill(0), 1] };
    says = (type) => ({ code: NO_ERROR, addresses: [both[type] ?? []] });
    expect(await ask()).toEqual(['93.184.216.34', '2606:4700::1']);
  });

  it('are those of one family when the name has none of the other', async () => {
    says = (type) => ({ code: NO_ERROR, addresses: type === A ? [[93, 184, 216, 34]] : [] });
    expect(await ask()).toEqual(['93.184.216.34']);
  });

  it('are none when there is no such name', async () => {
    says = () => ({ code: NO_SUCH_NAME });
    expect(await ask()).toEqual([]);
  });

  it('are not known when a family could not be asked for', async () => {
    says = (type) => (type === A ? { code: NO_ERROR, addresses: [[93, 184, 216, 34]] } : { code: SERVER_FAILURE });
    await expect(ask()).rejects.toThrow('ESERVFAIL');
  });

  it('keep no thread that others need while a server of names does not answer, and are given up when nobody waits', async () => {
    says = () => null;
    const ending = new AbortController();
    const asked = Promise.allSettled(Array.from({ length: 50 }, () => ask(ending.signal)));
    const begun = Date.now();
    expect(await lookup('localhost')).toBeDefined();
    ending.abort();
    const outcomes = await asked;
    expect(Date.now() - begun).toBeLessThan(1_500); // sooner than a server is asked again
    expect(outcomes.map((one) => (one.status === 'rejected' ? String(one.reason) : ''))).toEqual(
      Array(50).fill(expect.stringContaining('ECANCELLED')),
    );
  });
});
