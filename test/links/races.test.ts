import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StatedEpisode } from '../../src/protocol/index.js';
import { twoNodes, type TwoNodes } from '../support/two-nodes.js';
import { type Desk, freshKey, LinkStage } from './link-stage.js';

const BEFORE: StatedEpisode = { began: '2023', exit: 'exited', exited: '2024-02' };
const AGAIN: StatedEpisode = { began: '2025', exit: 'unknown' };
const ROUNDS = 8;

let nodes: TwoNodes;
let stage: LinkStage;
let one: Desk;
let other: Desk;

beforeAll(async () => {
  nodes = await twoNodes();
  stage = await LinkStage.on(nodes.first);
  one = await stage.desk('DE', 'shelter', 'ngo');
  other = await stage.desk('FR', 'police', 'law-enforcement');
  nodes.reach(nodes.first, nodes.second);
});
afterAll(() => nodes.stop());

async function comparing(): Promise<string> {
  return stage.comparing([one, await stage.raise(one)], [other, await stage.raise(other)]);
}

const rowsOf = (link: string) =>
  stage.sql<Record<string, string>>(
    `SELECT l.state, l.recurrence, (SELECT count(*)::int FROM alert a WHERE a.id = l.flag_id) AS flags,
      (SELECT count(*)::int FROM log_entry e WHERE e.issuer = $2 AND e.payload_hash = (SELECT e2.payload_hash FROM alert a JOIN log_entry e2 ON e2.position = a.position WHERE a.id = l.flag_id)) AS logged
     FROM link l WHERE id = $1`,
    [link.slice(5), nodes.first.identity.audience],
  );

describe('two holders at the same moment on two nodes', () => {
  it('open, and both compare', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const link = await stage.suggest([
        [one, await stage.raise(one)],
        [other, await stage.raise(other)],
      ]);
      await Promise.all([stage.open(one, link), stage.open(other, link)]);
      expect((await stage.see(one, link))?.state).toBe('COMPARING');
    }
  });

  it('confirm, and one classification and one flag come of it', async () => {
    const before = (await stage.sql("SELECT FROM alert WHERE sender = 'hub'")).length;
    for (let round = 0; round < ROUNDS; round++) {
      const link = await comparing();
      const [a, b] = await Promise.all([stage.confirm(one, link, BEFORE), stage.confirm(other, link, AGAIN)]);
      expect([a.__typename, b.__typename]).toEqual(['LinkAccepted', 'LinkAccepted']);
      expect([a.link?.state, b.link?.state].sort()).toEqual(['COMPARING', 'CONFIRMED']);
      expect(await rowsOf(link)).toEqual([{ state: 'confirmed', recurrence: 'retrafficking', flags: 1, logged: 1 }]);
    }
    expect((await stage.sql("SELECT FROM alert WHERE sender = 'hub'")).length).toBe(before + ROUNDS);
  });

  it('take back, and one of them does', async () => {
    const link = await comparing();
    await stage.confirm(one, link, BEFORE);
    await stage.confirm(other, link, AGAIN);
    const results = await Promise.all([stage.withdraw(one, link), stage.withdraw(other, link)]);
    expect(results.map(({ __typename, code }) => code ?? __typename).sort()).toEqual(['LINK_CLOSED', 'LinkAccepted']);
  });

  it('send and withdraw the alert beside it, and no flag outlives the alert', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const mine = await stage.raise(one);
      const link = await stage.comparing([one, mine], [other, await stage.raise(other)]);
      await stage.confirm(one, link, BEFORE);
      await Promise.all([stage.confirm(other, link, AGAIN), stage.withdrawAlert(one, mine)]);
      const flags = "SELECT FROM alert a JOIN link l ON l.flag_id = a.id WHERE l.id = $1 AND a.state = 'active'";
      expect(await stage.sql(flags, [link.slice(5)])).toEqual([]);
    }
  });
});

describe('a statement that was accepted', () => {
  it('is answered alike however often and wherever it is sent again, also when the link is closed by then', async () => {
    const link = await stage.suggest([
      [one, await stage.raise(one)],
      [other, await stage.raise(other)],
    ]);
    const opening = await stage.sign(one, 'comparisonOpened', { link, key: await freshKey() });
    const answers = await Promise.all([1, 2, 3, 4].map(() => stage.send(one, 'comparisonOpened', opening)));
    expect(answers.map(({ __typename }) => __typename)).toEqual(answers.map(() => 'LinkAccepted'));
    expect(answers.filter(({ repeated }) => repeated === false)).toHaveLength(1);
    await stage.open(other, link);
    await stage.reject(one, link);
    await stage.reject(other, link);
    expect(await stage.send(one, 'comparisonOpened', opening)).toMatchObject({
      ...{ __typename: 'LinkAccepted', repeated: true },
      link: { state: 'REJECTED' },
    });
    expect(await stage.sql('SELECT FROM link_statement WHERE link_id = $1', [link.slice(5)])).toHaveLength(4);
  });

  it('gives its jti to no other', async () => {
    const link = await comparing();
    const jti = 'a-jti-that-is-used-once';
    const send = async (sealed: string) =>
      stage.send(one, 'comparisonMessage', await stage.sign(one, 'comparisonMessage', { link, sealed }, jti));
    expect(await send('eyJh..aXY.Y2lwaGVy.dGFn')).toMatchObject({ __typename: 'LinkAccepted' });
    expect(await send('eyJh..aXY.b3RoZXI.dGFn')).toMatchObject({ code: 'REPLAYED', path: ['statement', 'jti'] });
  });

  it('leaves nothing behind when what follows from it fails, and can be sent again', async () => {
    const link = await comparing();
    await stage.confirm(one, link, BEFORE);
    await stage.sql(`
      CREATE FUNCTION symbolon.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$;
      CREATE TRIGGER failing BEFORE INSERT ON symbolon.alert FOR EACH ROW WHEN (NEW.sender = 'hub') EXECUTE FUNCTION symbolon.fail()`);
    const statement = await stage.sign(other, 'linkConfirmed', { link, episode: AGAIN });
    await expect(stage.send(other, 'linkConfirmed', statement)).rejects.toThrow('INTERNAL');
    await stage.sql('DROP TRIGGER failing ON symbolon.alert; DROP FUNCTION symbolon.fail()');
    expect(await stage.see(other, link)).toMatchObject({ state: 'COMPARING', decisions: [], classification: null });
    expect(await stage.send(other, 'linkConfirmed', statement)).toMatchObject({
      repeated: false,
      link: { state: 'CONFIRMED', classification: { recurrence: 'RETRAFFICKING' } },
    });
  });
});
