import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '../../src/database/index.js';
import { connect } from '../support/organisation.js';
import { testHub, type TestHub } from '../support/hub.js';
import { type Acting, LinkageStage, somebody } from './linkage-stage.js';

let hub: TestHub;
let stage: LinkageStage;
let a: string;
let b: string;
let c: string;

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkageStage.on(hub);
});
afterAll(() => hub.stop());
beforeEach(async () => {
  const [x, y] = [somebody(), somebody()];
  b = await stage.raise(stage.al, [...x.slice(0, 3), ...y.slice(3)]);
  [a, c] = [await stage.raise(stage.ro, x), await stage.raise(stage.ro, y)];
  await stage.matched();
});

/** What a member calls the persons of the three alerts. */
async function pseudonyms({ seat }: Acting): Promise<(string | null)[]> {
  const officer = await connect(hub, seat, 'protection');
  const fields = [a, b, c].map((id, at) => `a${String(at)}: alert(id: "alert:${id}") { pseudonym }`);
  const shown = await officer.query<Record<string, { pseudonym: string | null }>>(`{ ${fields.join(' ')} }`);
  return [0, 1, 2].map((at) => shown[`a${String(at)}`]?.pseudonym ?? null);
}

/** Decides the link of two alerts as the service for links does: the change and the persons in one transaction of the app role. */
async function decide(one: string, other: string, state: 'confirmed' | 'withdrawn'): Promise<void> {
  const [link] = await stage.rows<{ id: string }>(
    `SELECT link_id AS id FROM link_side WHERE alert_id = ANY ($1) GROUP BY link_id HAVING count(*) = 2`,
    [[one, other]],
  );
  await stage.rows('UPDATE link SET state = $2 WHERE id = $1', [link?.id, state]);
  await hub.app.get(Database).query('SELECT regroup_persons($1)', [link?.id]);
}

describe('pseudonyms', () => {
  it('are each reader’s own, the same each time, and of each alert by itself while no link is confirmed', async () => {
    const [ro, al] = [await pseudonyms(stage.ro), await pseudonyms(stage.al)];
    expect(new Set([...ro, ...al]).size).toBe(6);
    for (const one of [...ro, ...al]) expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await pseudonyms(stage.ro)).toEqual(ro);
  });

  it('become one when links are confirmed, part when one is withdrawn, and are each time new', async () => {
    const before = await pseudonyms(stage.ro);
    await decide(a, b, 'confirmed');
    const [joined, ofB, ofC] = await pseudonyms(stage.ro);
    expect(ofB).toBe(joined);
    expect(ofC).toBe(before[2]);
    await decide(b, c, 'confirmed');
    const three = await pseudonyms(stage.ro);
    expect(new Set(three).size).toBe(1);
    await decide(a, b, 'withdrawn');
    const [alone, second, third] = await pseudonyms(stage.ro);
    expect(second).toBe(third);
    expect(alone).not.toBe(second);
    const ever = [...before, joined, ...three.slice(0, 1), alone, second];
    expect(new Set(ever).size).toBe(ever.length);
    expect(new Set(await pseudonyms(stage.al)).size).toBe(2);
  });

  it('are not given for an alert without tokens', async () => {
    await stage.update(stage.ro, a, null);
    expect(await pseudonyms(stage.ro)).toEqual([null, expect.any(String), expect.any(String)]);
  });

  it('do not change when the service asks for a link that nobody has decided', async () => {
    const before = await pseudonyms(stage.ro);
    for (const { id } of await stage.rows<{ id: string }>("SELECT id FROM link WHERE state = 'suggested'"))
      await hub.app.get(Database).query('SELECT regroup_persons($1)', [id]);
    expect(await pseudonyms(stage.ro)).toEqual(before);
  });
});

describe('the numbers of persons', () => {
  it('are read with an alert that may be read, and of no other', async () => {
    const read = (acting: { member: string; purpose: 'protection' | 'monitoring' }) =>
      hub.app.get(Database).queryAsMember<{ id: string }>(acting, 'SELECT alert_id AS id FROM alert_person', []);
    expect((await read({ member: 'al-ngo', purpose: 'protection' })).map(({ id }) => id)).toEqual(
      expect.arrayContaining([a, b, c]),
    );
    await stage.rows("UPDATE audience SET everyone = false, members = '{ro-liaison}'");
    const ids = (await read({ member: 'al-ngo', purpose: 'protection' })).map(({ id }) => id);
    expect(ids).toContain(b);
    expect(ids).not.toContain(a);
    expect(await hub.app.get(Database).query('SELECT FROM alert_person')).toEqual([]);
    await stage.rows("UPDATE audience SET everyone = true, members = '{}'");
  });

  it('and whom links join are no question that the app role may ask', async () => {
    const app = hub.app.get(Database);
    await expect(app.query('SELECT confirmed_with($1)', [a])).rejects.toThrow('permission denied');
    for (const sql of ['UPDATE alert_person SET person = $1', 'INSERT INTO alert_person (person) VALUES ($1)'])
      await expect(app.query(sql, [a])).rejects.toThrow('permission denied');
  });
});
