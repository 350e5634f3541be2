import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { KeptTexts } from '../../../src/statistics/publication/kept-texts.js';
import { limitReading } from '../../../src/statistics/publication/limit-reading.js';
import { PublicationRegister } from '../../../src/statistics/publication/publication-register.js';
import { NoTurnLeft, ReadingTurns } from '../../../src/statistics/publication/reading-turns.js';
import { integrated } from '../../support/integrated.js';
import { until } from '../../support/until.js';
import { PictureStage } from '../picture/picture-stage.js';
import { publish } from './publication-stage.js';

const MIB = 1024 * 1024;

/** A gate that what waits at it passes once it is open. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

describe('turns at reading', () => {
  it('are so many at once and so many in line, in order, and none beyond; one that fails gives its turn back', async () => {
    const turns = new ReadingTurns(2, 1);
    const { passed, open } = gate();
    const begun: string[] = [];
    const work = (name: string) => () => {
      begun.push(name);
      return passed.then(() => {
        if (name === 'first') throw new Error('it broke');
        return name;
      });
    };
    const taken = ['first', 'second', 'third', 'fourth'].map((name) => turns.take(work(name)));
    await expect(taken[3]).rejects.toThrow(NoTurnLeft);
    expect(begun).toEqual(['first', 'second']);
    open();
    const ended = await Promise.allSettled(taken.slice(0, 3));
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(begun).toEqual(['first', 'second', 'third']);
    expect(await turns.take(() => Promise.resolve('again'))).toBe('again');
  });
});

describe('texts that are kept', () => {
  it('are those that were read last, 64 MiB of them', async () => {
    const texts = new KeptTexts();
    const make = (n: number) => texts.make(`hash ${n}`, `tag ${n}`, () => Promise.resolve('x'.repeat(16 * MIB)));
    for (let n = 0; n < 4; n++) await make(n);
    expect(texts.find('hash 0')?.tag).toBe('tag 0');
    await make(4);
    expect([0, 1, 2, 3, 4].map((n) => texts.find(`hash ${n}`) !== undefined)).toEqual([true, false, true, true, true]);
  });

  it('are not kept when making them failed, and are made the next time', async () => {
    const texts = new KeptTexts();
    await expect(texts.make('hash', 'tag', () => Promise.reject(new Error('no database')))).rejects.toThrow('no');
    expect(texts.find('hash')).toBeUndefined();
    expect((await texts.make('hash', 'tag', () => Promise.resolve('text'))).toString()).toBe('text');
  });
});

describe('a reader that takes nothing', () => {
  it('is cut off after a time, and one that took all is not', async () => {
    const server = createServer((_, response) => {
      limitReading(response, 300);
      response.end(Buffer.alloc(64 * MIB));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ended = await new Promise((resolve) => {
      const request = get({ port, host: '127.0.0.1' }, (response) => {
        response.on('error', resolve);
        response.on('close', () => {
          resolve(response.complete);
        });
        setTimeout(() => response.resume(), 700);
      });
      request.on('error', resolve);
    });
    expect(ended).toMatchObject({ code: 'ECONNRESET' });
    server.close();
    server.closeAllConnections();
  });
});

describe('a hub of which many read', () => {
  let stage: PictureStage;
  const urls: string[] = [];
  beforeAll(async () => {
    stage = await PictureStage.open();
    for (let n = 0; n < 6; n++) urls.push((await publish(stage.rapporteur, { title: `No ${n}` })).publication.url);
    await integrated(stage.hub);
  });
  afterAll(() => stage.close());

  it('makes four files at once, each once, tells others to come again, and has them in memory then', async () => {
    const register = stage.hub.app.get(PublicationRegister);
    const { passed, open } = gate();
    const read = register.documentOf.bind(register);
    const reading = jest.spyOn(register, 'documentOf').mockImplementation(async (row) => {
      await passed;
      return read(row);
    });
    const four = urls.slice(0, 4);
    const many = [...four, ...four].map((url) => fetch(url));
    while (reading.mock.calls.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));

    const refused = await fetch(urls[4] ?? '');
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('etag')]).toEqual([503, '1', null]);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_READERS' });
    const head = await fetch(urls[5] ?? '', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect((await fetch(`${stage.hub.url}/publications`)).status).toBe(200);

    open();
    const texts = await Promise.all(many.map(async (answer) => (await answer).text()));
    expect(texts.slice(4)).toEqual(texts.slice(0, 4));
    const again = await Promise.all(four.map(async (url) => (await fetch(url)).text()));
    expect(again).toEqual(texts.slice(0, 4));
    expect(reading).toHaveBeenCalledTimes(4);
    expect((await fetch(urls[4] ?? '')).status).toBe(200);
    expect((await fetch(urls[4] ?? '')).headers.get('etag')).toMatch(/^"/);
    expect(reading).toHaveBeenCalledTimes(5);
    reading.mockRestore();
  });

  it('has nobody keep the answer that something failed', async () => {
    const register = stage.hub.app.get(PublicationRegister);
    const reading = jest.spyOn(register, 'documentOf').mockRejectedValue(new Error('no database'));
    const failed = await fetch(urls[5] ?? '');
    expect([failed.status, failed.headers.get('etag')]).toEqual([500, null]);
    expect(failed.headers.get('cache-control') ?? '').not.toContain('max-age');
    reading.mockRestore();
    expect((await fetch(urls[5] ?? '')).status).toBe(200);
  });

  it('looks two at a time for what anybody names, and tells whoever comes when a hundred wait to come again', async () => {
    const register = stage.hub.app.get(PublicationRegister);
    const { passed, open } = gate();
    const looking = jest.spyOn(register, 'find').mockImplementation(() => passed.then(() => null));
    const listing = jest.spyOn(register, 'page').mockImplementation(() => passed.then(() => []));
    let refused = 0;
    const paths = Array.from({ length: 110 }, (_, n) => (n % 2 ? `/${'A'.repeat(43)}` : ''));
    const statuses = paths.map(async (path) => {
      const { status } = await fetch(`${stage.hub.url}/publications${path}`);
      if (status === 503) refused++;
      return status;
    });
    await until('those beyond a hundred and two are refused', () => Promise.resolve(refused === 8));
    expect(looking.mock.calls.length + listing.mock.calls.length).toBe(2);
    open();
    const all = await Promise.all(statuses);
    expect(all.filter((status) => status === 503)).toHaveLength(8);
    looking.mockRestore();
    listing.mockRestore();
  });
});
