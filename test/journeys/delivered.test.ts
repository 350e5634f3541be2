import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../src/member/cli/run.js';
import { DeliveryReceiver, setErrorOf } from '../../src/member/index.js';
import { KeyStore } from '../../src/member/files/index.js';
import { InboxFault } from '../../src/protocol/delivery/index.js';
import { LogFault } from '../../src/protocol/transparency/index.js';
import type { Reader } from '../delivery/inbox-stage.js';
import { PushStage } from '../delivery/push-stage.js';

const MAIN = fileURLToPath(new URL('../../dist/member/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'symbolon-delivered-'));
let stage: PushStage;
let sender: Reader;
let reader: Reader;
let endpoint: Server;
let url = '';
/** What the member's own system took in, and which entries it cannot take yet. */
const kept: string[] = [];
let unwanted: readonly number[] = [];

beforeAll(async () => {
  stage = await PushStage.set();
  sender = await stage.inbox.reader('BE', 'sender');
  reader = await stage.inbox.reader('DE', 'reader', { role: 'liaison', mandate: ['protection'] });
  const { audience, signingKey } = stage.hub.identity;
  const owner = { audience, member: reader.who.code, purpose: 'protection' as const };
  const receiver = await DeliveryReceiver.open(
    owner,
    { audience, keys: [signingKey] },
    KeyStore.open(join(folder, 'endpoint')),
  );
  endpoint = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const answer = (status: number, err?: string) => response.writeHead(status).end(err && JSON.stringify({ err }));
      if (request.headers.authorization !== 'Bearer of-the-endpoint') return answer(401);
      try {
        const { jti, entry } = await receiver.take(Buffer.concat(parts).toString());
        if (unwanted.includes(entry.seq)) return answer(400, 'invalid_request');
        if (!kept.includes(jti)) kept.push(jti);
        return answer(202);
      } catch (error) {
        if (!(error instanceof InboxFault) && !(error instanceof LogFault)) throw error;
        return answer(400, setErrorOf(error));
      }
    })();
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const address = endpoint.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/sets`;
});
afterAll(async () => {
  endpoint.closeAllConnections();
  endpoint.close();
  await stage.hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a command of a place finds around it. */
function surroundings(place: string): Record<string, string> {
  return { SYMBOLON_HOME: join(folder, place), SYMBOLON_HUB: stage.hub.url, SYMBOLON_PURPOSE: 'protection' };
}

async function symbolon(place: string, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const store = KeyStore.open(join(folder, place));
  if ((await store.loadHub()) === null) await store.saveOfficerKey(reader.seat, { replace: true });
  let [out, err] = ['', ''];
  const code = await run(argv, {
    output: { out: (text) => void (out += text), err: (text) => void (err += text), terminal: false },
    environment: surroundings(place),
    interactive: false,
  });
  return { code, out, err };
}

describe('a member whose inbox is pushed', () => {
  it('sets it up, sees what its own system could not take, has that delivered again, and ends it', async () => {
    expect((await symbolon('desk', 'deliveries')).out).toContain('Not pushed');
    await stage.raise(sender, reader, 3);
    unwanted = [2];
    const header = join(folder, 'header.txt');
    writeFileSync(header, 'Bearer of-the-endpoint\n');
    const pushed = await symbolon('desk', 'deliveries', 'push', url, '--authorization-file', header);
    expect(pushed).toMatchObject({ code: 0, err: '' });
    expect(pushed.out).not.toContain('of-the-endpoint');
    await stage.until(reader, ({ pushedUpTo }) => pushedUpTo === 3);
    const listed = await symbolon('desk', 'deliveries');
    expect(listed.out).toMatch(/Refused by your receiver:[^]*2 .*invalid request/);
    expect(kept).toEqual([1, 3].map((seq) => `${reader.who.code}.protection.${seq}`));
    unwanted = [];
    expect((await symbolon('desk', 'deliveries', 'redeliver', '2')).code).toBe(0);
    while ((await stage.deadLetters(reader)).length > 0) await stage.until(reader, () => true);
    expect(kept).toHaveLength(3);
    const none = await symbolon('desk', 'deliveries', 'redeliver', '2');
    expect([none.code, none.err]).toEqual([14, expect.stringContaining('ARGUMENT_INVALID')]);
    const wrong = await symbolon('desk', 'deliveries', 'push', 'https://10.0.0.1/');
    expect([wrong.code, wrong.err]).toEqual([14, expect.stringContaining('ENDPOINT_NOT_ALLOWED')]);
    expect((await symbolon('desk', 'deliveries', 'remove')).out).toContain('pushed no longer');
  });

  it('polls from another place, which takes the chain up where reading has verified it', async () => {
    await stage.raise(sender, reader, 2);
    const early = await symbolon('other', 'poll');
    expect([early.code, early.err]).toEqual([8, expect.stringContaining('inbox --verify')]);
    expect((await symbolon('other', 'inbox', '--verify')).code).toBe(0);
    const seen = await symbolon('other', 'poll', '--no-ack', '--json');
    const jtis = (text: string) =>
      (JSON.parse(text) as { jti: string; repeated: boolean }[]).map(({ jti, repeated }) => [jti, repeated]);
    expect(jtis(seen.out)).toEqual([4, 5].map((seq) => [`${reader.who.code}.protection.${seq}`, true]));
    expect((await symbolon('other', 'poll')).code).toBe(0);
    expect((await symbolon('other', 'poll')).out).toContain('Nothing');
    await stage.raise(sender, reader, 1);
    const last = await symbolon('other', 'poll', '--wait', '--json');
    expect(jtis(last.out)).toEqual([[`${reader.who.code}.protection.6`, false]]);
  });

  it('acknowledges nothing that could not be printed', async () => {
    await stage.raise(sender, reader, 1);
    const child = spawn(process.execPath, [MAIN, 'poll'], {
      env: { PATH: process.env['PATH'], ...surroundings('other') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy(); // as a reader that has gone, such as head
    await once(child, 'exit');
    const output = {
      ...{ out: () => undefined, err: () => undefined, terminal: false },
      flush: () => Promise.reject(new Error('the disk is full')),
    };
    expect(await run(['poll'], { output, environment: surroundings('other'), interactive: false })).toBe(1);
    const again = await symbolon('other', 'poll');
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/^ *7 .*again/m)]);
    expect((await symbolon('other', 'poll')).out).toContain('Nothing');
  });
});
