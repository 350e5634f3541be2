import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EVENTS, sha256Base64url, type Json } from '../../../src/protocol/index.js';
import { MAX_RECEIPT_LENGTH, readFaultEvidence } from '../../../src/protocol/transparency/index.js';
import { type Placed } from '../fake-log.js';
import { LogStage, type Onlooker } from '../log-stage.js';

let stage: LogStage;
let desk: Onlooker;
beforeEach(async () => {
  stage = await LogStage.set();
  desk = await stage.onlooker('desk');
});
afterEach(() => stage.strike());

async function receiptFile(placed: readonly Placed[], after = 0): Promise<string> {
  const file = join(stage.folder, 'receipt.jws');
  writeFileSync(file, await stage.log.receipt(placed, after));
  return file;
}

/** What the place kept as evidence, when the protocol holds it for evidence too. */
async function evidence(): Promise<string | null> {
  const folder = join(desk.home, 'log-faults');
  const [name] = readdirSync(folder);
  if (name === undefined) return null;
  const value = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json;
  expect((await desk.run('verify', join(folder, name))).code).toBe(0);
  return readFaultEvidence(value, stage.known);
}

describe('a receipt', () => {
  it('is proved: each statement of it in the place that was promised', async () => {
    stage.log.grow(6);
    const placed = [await stage.raise(), await stage.raise(), await stage.raise()];
    await stage.log.grow(4).publish();
    const file = await receiptFile(placed);
    const { code, out } = await desk.run('prove', file);
    expect(code).toBe(0);
    for (const { jti, index } of placed) expect(out).toMatch(new RegExp(`${jti} +alert-raised +${index} `));
    expect(out).toContain('In the log of 13 entries that the hub signed ');
    const one = await desk.run('prove', file, placed[1]?.jti ?? '', '--json');
    expect(JSON.parse(one.out)).toMatchObject({ issuer: 'al-shtegu', proven: [{ index: 7, size: 13 }] });
    expect((await desk.run('prove', file, 'not-in-this-receipt')).code).toBe(7);
  });

  it('is taken from what "raise --json" printed, too', async () => {
    const placed = await stage.raise();
    await stage.log.publish();
    const file = join(stage.folder, 'accepted.json');
    writeFileSync(file, JSON.stringify({ alertId: placed.id, receipt: await stage.log.receipt([placed]) }));
    expect((await desk.run('prove', file)).code).toBe(0);
  });

  it('is looked up later when the log does not reach so far yet, and is broken a day after', async () => {
    await stage.log.grow(5).publish(-10);
    const placed = await stage.raise();
    const early = await desk.run('prove', await receiptFile([placed]));
    expect([early.code, early.err]).toEqual([9, expect.stringMatching(/^NOT_YET_INTEGRATED/)]);
    const late = await desk.run('prove', await receiptFile([placed], -86_500));
    expect([late.code, late.err]).toEqual([8, expect.stringMatching(/^OVERDUE/)]);
    expect(await evidence()).toBe('OVERDUE');
  });

  it.each([
    ['in the middle', 6, 4],
    ['at the end, without a neighbour', 6, 0],
    ['alone', 0, 0],
  ])('of what the hub dropped is evidence against it: %s', async (_, before, after) => {
    stage.log.grow(before);
    const placed = await stage.raise();
    stage.log.leaves.pop();
    await stage.log.grow(1 + after, 'put in its place').publish();
    const { code, err } = await desk.run('prove', await receiptFile([placed]));
    expect([code, err]).toEqual([8, expect.stringMatching(/^RECEIPT_BROKEN[^]*other members/)]);
    expect(await evidence()).toBe('RECEIPT_BROKEN');
  });

  it('of which the hub proves nothing is no evidence, and is said', async () => {
    const placed = await stage.raise();
    stage.log.leaves.pop();
    await stage.log.grow(3).publish();
    stage.log.isMute = true;
    const { code, err } = await desk.run('prove', await receiptFile([placed]));
    expect([code, err]).toEqual([8, expect.stringMatching(/^NOT_INCLUDED/)]);
  });

  it('is shown another history by its proof: the hub has signed both', async () => {
    const placed = await stage.raise();
    await stage.log.grow(5).publish(-5);
    const forked = stage.log.fork(0).grow(6, 'else');
    await forked.publish(-4);
    const { answer } = desk.hub;
    desk.hub.answer = (asked) => (asked.query.includes('query InclusionProof') ? forked.answer(asked) : answer(asked));
    const { code, err } = await desk.run('prove', await receiptFile([placed]));
    expect([code, err]).toEqual([8, expect.stringMatching(/^SPLIT_VIEW/)]);
    expect(await evidence()).toBe('SPLIT_VIEW');
  });

  it('for 500 statements is verified offline, by the pinned key or a given one; for more it is none', async () => {
    await stage.log.grow(1).publish();
    await desk.run('witness');
    const event = EVENTS.alertRaised;
    const many = Array.from({ length: 501 }, (_, at) => {
      const payloadHash = sha256Base64url(`payload ${at}`);
      return stage.log.take(sha256Base64url(`jti ${at}`).slice(0, 22), { event, issuer: 'al-shtegu', payloadHash });
    });
    const file = await receiptFile(many.slice(0, 500));
    const length = readFileSync(file, 'utf8').length;
    expect(length).toBeGreaterThan(64 * 1024);
    expect(length).toBeLessThan(MAX_RECEIPT_LENGTH);
    await desk.hub.stop();
    const verified = await desk.run('verify', file);
    expect([verified.code, verified.out]).toEqual([
      ...[0, expect.stringMatching(/for +500 of al-shtegu, 500 with a place in the log/)],
    ]);
    const key = join(stage.folder, 'hub.jwk');
    writeFileSync(key, JSON.stringify({ keys: [stage.accord.hub.jwk] }));
    const stranger = await stage.onlooker('stranger');
    expect((await stranger.run('verify', file, '--key', key)).code).toBe(0);
    expect((await stranger.run('verify', file)).code).toBe(2);
    writeFileSync(key, JSON.stringify(stage.seat.key.jwk));
    expect((await stranger.run('verify', file, '--key', key)).code).toBe(7);
    expect((await desk.run('verify', await receiptFile(many))).code).toBe(7);
  });
});
