import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { generateSigningKey, type Json } from '../../../src/protocol/index.js';
import { readCosignature, readFaultEvidence, readTreeHead } from '../../../src/protocol/transparency/index.js';
import { FakeLog } from '../fake-log.js';
import { AUDIENCE, LogStage, type Onlooker } from '../log-stage.js';

let stage: LogStage;
beforeEach(async () => {
  stage = await LogStage.set();
});
afterEach(() => stage.strike());

/** The files in which a place keeps what a hub did. */
function faults({ home }: Onlooker): readonly string[] {
  const folder = join(home, 'log-faults');
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function jsonIn(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

function pinned({ home }: Onlooker): { first: string; head: string } {
  const all = JSON.parse(readFileSync(join(home, 'log-pins.json'), 'utf8')) as Record<
    string,
    { first: string; head: string }
  >;
  return all[AUDIENCE] ?? { first: '', head: '' };
}

async function sizeTrusted(onlooker: Onlooker): Promise<number> {
  return (await readTreeHead(pinned(onlooker).head, stage.known)).size;
}

describe('a witness', () => {
  it('takes the first head as it comes, and the next when the log only grew', async () => {
    await stage.log.grow(5).publish(-20);
    const desk = await stage.onlooker('desk');
    const first = await desk.run('witness');
    expect([first.code, first.out]).toEqual([0, expect.stringMatching(/entries +5\n.*\n.*\ncontinues +nothing: seen/)]);
    await stage.log.grow(8).publish(-10);
    const second = await desk.run('witness');
    expect([second.code, second.out]).toEqual([0, expect.stringMatching(/entries +13\n[^]*continues +the log of 5/)]);
    expect(await sizeTrusted(desk)).toBe(13);
    expect((await readTreeHead(pinned(desk).first, stage.known)).size).toBe(5);
    expect(JSON.parse((await desk.run('witness', '--json')).out)).toMatchObject({ size: 13, continues: 13 });
  });

  it('signs a head only after it was kept, and others can check that', async () => {
    await stage.log.grow(3).publish();
    const desk = await stage.onlooker('desk');
    const saved = join(stage.folder, 'ours.json');
    expect(await desk.run('witness', '--cosign', '--save', saved, '--as', 'al-shtegu')).toMatchObject({ code: 0 });
    const { head, cosignature } = JSON.parse(readFileSync(saved, 'utf8')) as { head: string; cosignature: string };
    expect(pinned(desk).head).toBe(head);
    const form = JSON.parse(readFileSync('schema/transparency/log.schema.json', 'utf8')) as { $id: string };
    const ajv = new Ajv2020({ strict: true }).addSchema(form);
    expect(ajv.validate({ $ref: `${form.$id}#/$defs/witnessedHead` }, jsonIn(saved))).toBe(true);
    const read = await readTreeHead(head, stage.known);
    const key = stage.accord.keyOf('al-shtegu');
    expect(await readCosignature(cosignature, read, 'al-shtegu', key)).toMatchObject({ witness: 'al-shtegu' });
    await stage.log.publishEarlier(2, 5);
    const refused = join(stage.folder, 'refused.json');
    expect((await desk.run('witness', '--cosign', '--save', refused, '--as', 'al-shtegu')).code).toBe(8);
    expect(() => readFileSync(refused)).toThrow('ENOENT');
  });

  it('trusts no head by another key than it knows, until it is given the key from elsewhere', async () => {
    await stage.log.grow(3).publish(-9);
    const desk = await stage.onlooker('desk');
    expect((await desk.run('witness')).code).toBe(0);
    const next = await generateSigningKey();
    desk.log = new FakeLog(AUDIENCE, next);
    desk.log.leaves.push(...stage.log.leaves);
    await desk.log.publishEarlier(3, -5);
    await desk.log.grow(2).publish();
    desk.hub.jwks = [next.jwk];
    const { code, err } = await desk.run('witness');
    expect([code, err]).toEqual([7, expect.stringMatching(/^BAD_SIGNATURE[^]*--key/)]);
    const file = join(stage.folder, 'next.jwk');
    writeFileSync(file, JSON.stringify(next.jwk));
    expect(await desk.run('witness', '--key', file)).toMatchObject({ code: 0 });
    expect(await desk.run('witness')).toMatchObject({ code: 0 });
  });

  it('keeps the newer head when two of its processes look at once and the slower one was shown an older', async () => {
    const older = await stage.log.grow(3).publish(-20);
    await stage.log.grow(3).publish(-10);
    const desk = await stage.onlooker('desk');
    const { answer } = desk.hub;
    let askedAgain = (): void => undefined;
    let looks = 0;
    desk.hub.answer = async (asked) => {
      if (!asked.query.includes('query TreeHead')) return answer(asked);
      looks++;
      if (looks > 1) {
        askedAgain();
        return answer(asked);
      }
      // Until the other process has asked and could have kept its head; one at a time, it asks only after this.
      await new Promise<void>((resolve) => {
        const resolveLater = (): void => void setTimeout(resolve, 400);
        askedAgain = resolveLater;
        resolveLater();
      });
      return { treeHead: { statement: older } };
    };
    const looked = await Promise.all([desk.run('witness'), desk.run('witness')]);
    expect(looked.map(({ code }) => code)).toEqual([0, 0]);
    expect([looks, await sizeTrusted(desk)]).toEqual([2, 6]);
  });

  it('watches: waits for a hub that is away, and ends when the log does not hold', async () => {
    await stage.log.grow(4).publish(-20);
    const desk = await stage.onlooker('desk');
    const other = await new FakeLog(AUDIENCE, stage.accord.hub).grow(4, 'else').publish(-10);
    let looks = 0;
    const { answer } = desk.hub;
    desk.hub.answer = (asked) => {
      if (!asked.query.includes('query TreeHead')) return answer(asked);
      looks++;
      if (looks === 2) return { status: 503, body: {} };
      return looks < 3 ? answer(asked) : { treeHead: { statement: other } };
    };
    const { code, out, err } = await desk.run('witness', '--watch', '1');
    expect([code, looks]).toEqual([8, 3]);
    expect(out).toMatch(/^\S+Z {2}4 entries, seen for the first time\n$/);
    expect(err).toMatch(/^HUB_FAILED[^]*\nSPLIT_VIEW/);
  });
});

describe('a hub that shows two histories, each consistent in itself', () => {
  let one: Onlooker;
  let other: Onlooker;
  let head: string;
  beforeEach(async () => {
    await stage.log.grow(5).publish(-60);
    one = await stage.onlooker('one');
    other = await stage.onlooker('other', stage.log.fork(3).grow(2, 'else'));
    await other.log.publish(-60);
    for (const desk of [one, other]) {
      expect((await desk.run('witness')).code).toBe(0);
      await desk.log.grow(4, desk === one ? 'here' : 'there').publish(-40);
      expect((await desk.run('witness')).code).toBe(0);
    }
    head = join(stage.folder, 'head-of-one.json');
    await one.run('witness', '--save', head);
  });

  async function expectEvidence(desk: Onlooker): Promise<void> {
    const [file = '', ...more] = faults(desk);
    expect(more).toEqual([]);
    expect(await readFaultEvidence(jsonIn(file), stage.known)).toBe('SPLIT_VIEW');
    const verified = await desk.run('verify', file);
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('SPLIT_VIEW')]);
    // Whoever never looked needs nothing but the hub's key.
    const stranger = await stage.onlooker('stranger');
    const key = join(stage.folder, 'hub.jwk');
    writeFileSync(key, JSON.stringify(stage.accord.hub.jwk));
    expect((await stranger.run('verify', file)).code).toBe(2);
    expect((await stranger.run('verify', file, '--audience', AUDIENCE, '--key', key)).code).toBe(0);
    writeFileSync(key, JSON.stringify((await generateSigningKey()).jwk));
    expect((await stranger.run('verify', file, '--audience', AUDIENCE, '--key', key)).code).toBe(7);
  }

  it('is caught by two witnesses who compare, with evidence', async () => {
    const trusted = pinned(other).head;
    const { code, err } = await other.run('witness', '--against', head);
    expect([code, err]).toEqual([8, expect.stringMatching(/^SPLIT_VIEW[^]*other members/)]);
    expect(err).toContain(faults(other)[0]);
    expect(pinned(other).head).toBe(trusted);
    await expectEvidence(other);
  });

  it('is caught when the two logs are not of one size, by what it signs when it is asked', async () => {
    await other.log.grow(3, 'there').publish(-20);
    await other.log.publishEarlier(9, -30);
    await other.log.publish(-20);
    const { code, err } = await other.run('witness', '--against', head);
    expect([code, err]).toEqual([8, expect.stringMatching(/^SPLIT_VIEW/)]);
    await expectEvidence(other);
  });

  it('is caught, though without evidence, when it refuses to prove', async () => {
    await other.log.grow(3, 'there').publish(-20);
    await other.run('witness');
    other.log.isMute = true;
    const { code, err } = await other.run('witness', '--against', head);
    expect([code, err]).toEqual([8, expect.stringMatching(/^NOT_CONSISTENT/)]);
    const [kept = ''] = faults(other);
    expect(err).toContain(kept);
    // What was kept is enough for the other side to compare with.
    expect((await one.run('witness', '--against', kept)).code).toBe(8);
  });

  it('is not accused by a head that it did not sign, nor by its own', async () => {
    const forged = join(stage.folder, 'forged');
    writeFileSync(forged, await new FakeLog(AUDIENCE, await generateSigningKey()).grow(9).publish());
    const { code, err } = await one.run('witness', '--against', forged);
    expect([code, err]).toEqual([7, expect.stringMatching(/^BAD_SIGNATURE[^]*forged/)]);
    const same = await one.run('witness', '--against', head, pinnedFirst(one));
    expect([same.code, same.out]).toEqual([0, expect.stringMatching(/one history with +\S+head-of-one.json \(9/)]);
    expect(faults(one)).toEqual([]);
  });

  function pinnedFirst(desk: Onlooker): string {
    const file = join(stage.folder, 'first.jws');
    writeFileSync(file, `${pinned(desk).first}\n`);
    return file;
  }
});

describe('a hub that is rolled back', () => {
  it('is caught, and the head that was trusted stays', async () => {
    await stage.log.grow(9).publish(-30);
    const desk = await stage.onlooker('desk');
    await desk.run('witness');
    await stage.log.publishEarlier(6, -10);
    const { code, err } = await desk.run('witness');
    expect([code, err]).toEqual([8, expect.stringMatching(/^ROLLED_BACK/)]);
    expect(await sizeTrusted(desk)).toBe(9);
    const [file = ''] = faults(desk);
    expect(await readFaultEvidence(jsonIn(file), stage.known)).toBe('ROLLED_BACK');
    expect((await desk.run('verify', file)).out).toContain('ROLLED_BACK');
  });

  it('is caught when another member saw the later log', async () => {
    await stage.log.grow(9).publish(-30);
    const [one, other] = [await stage.onlooker('one'), await stage.onlooker('other')];
    const head = join(stage.folder, 'head.json');
    await one.run('witness', '--save', head);
    other.log = stage.log.fork(6);
    await other.log.publish(-10);
    expect(await other.run('witness', '--against', head)).toMatchObject({
      ...{ code: 8, err: expect.stringMatching(/^ROLLED_BACK/) },
    });
  });

  it('is not accused when an earlier head only comes late, which is not trusted either', async () => {
    await stage.log.grow(6).publish(-30);
    await stage.log.grow(3).publish(-10);
    const desk = await stage.onlooker('desk');
    await desk.run('witness');
    await stage.log.publishEarlier(6, -30);
    expect(await desk.run('witness')).toMatchObject({ code: 9, err: expect.stringMatching(/^OUTDATED/) });
    expect(await sizeTrusted(desk)).toBe(9);
    expect(faults(desk)).toEqual([]);
  });
});
