import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testHub } from '../support/hub.js';
import { type Desk, LINK, LinkStage } from './link-stage.js';

let stage: LinkStage;
let one: Desk;
let other: Desk;
let third: Desk;

beforeAll(async () => {
  stage = await LinkStage.on(await testHub());
  one = await stage.desk('DE', 'shelter', 'ngo', { mandate: ['protection', 'prevention'] });
  other = await stage.desk('FR', 'police', 'law-enforcement', { mandate: ['protection', 'prosecution'] });
  third = await stage.desk('IT', 'shelter', 'ngo');
});
afterAll(() => stage.hub.stop());

async function pair(how: { given?: string; level?: 'link' | 'possible' } = {}) {
  const [mine, theirs] = [await stage.raise(one), await stage.raise(other)];
  return {
    mine,
    theirs,
    link: await stage.suggest(
      [
        [one, mine],
        [other, theirs],
      ],
      how,
    ),
  };
}

describe('a suggestion', () => {
  it('is seen by nobody before it is given out', async () => {
    const { link } = await pair({ given: '1 hour' });
    for (const desk of [one, other]) {
      expect(await stage.see(desk, link)).toBeNull();
      expect((await stage.list(desk)).map(({ id }) => id)).not.toContain(link);
      expect(await stage.open(desk, link)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('holds the asker’s own alert and nothing of the other', async () => {
    const { link, mine, theirs } = await pair();
    expect(await stage.see(one, link)).toMatchObject({
      ...{ state: 'SUGGESTED', alertId: mine, opened: false, counterpart: null, level: null },
      ...{ messages: [], decisions: [], classification: null, flagId: null },
    });
    expect(await stage.see(other, link)).toMatchObject({ alertId: theirs, counterpart: null });
    const { text } = await one.ask(`{ links(first: 100) { edges { node { ${LINK} } } } }`);
    expect(text).not.toContain(theirs);
    expect(text).not.toContain('fr-police');
  });

  it('is by node what it is by link', async () => {
    const { link } = await pair();
    const document = `query ($id: ID!) { link(id: $id) { ${LINK} } node(id: $id) { ... on Link { ${LINK} } } }`;
    const { link: byLink, node } = await stage.query<{ link: object; node: object }>(one, document, { id: link });
    expect(node).toEqual(byLink);
  });

  it('is nothing to a third member, in whatever state, and no statement of it is taken', async () => {
    const { link } = await pair();
    const foreign = async () => {
      expect(await stage.see(third, link)).toBeNull();
      expect(await stage.list(third)).toEqual([]);
      const codes = [await stage.open(third, link), await stage.message(third, link), await stage.confirm(third, link)];
      codes.push(await stage.reject(third, link), await stage.withdraw(third, link));
      expect(codes.map(({ code }) => code)).toEqual(codes.map(() => 'NOT_FOUND'));
      const unknown = await stage.open(third, 'link:00000000-0000-4000-8000-000000000000');
      expect(codes[0]).toEqual(unknown);
    };
    await foreign();
    await stage.open(one, link);
    await stage.open(other, link);
    await foreign();
    await stage.confirm(one, link);
    await stage.confirm(other, link);
    await foreign();
  });

  it('is for a purpose of the own alert only', async () => {
    const prosecutor = await stage.desk('BE', 'magistrate', 'prosecution', {
      mandate: ['prosecution'],
      purpose: 'prosecution',
    });
    const handling = {
      purposes: ['prosecution' as const],
      audience: { members: ['nl-rapporteur'] },
      code: 'H0' as const,
    };
    const mine = await stage.raise(prosecutor, { handling });
    const link = await stage.suggest([[prosecutor, mine]]);
    expect(await stage.see(prosecutor, link)).not.toBeNull();
    const narrowed =
      "UPDATE alert SET audience_id = (SELECT audience_id FROM alert a WHERE a.sender = 'de-shelter' LIMIT 1) WHERE id = $1";
    await stage.raise(one);
    await stage.sql(narrowed, [mine.slice('alert:'.length)]);
    expect(await stage.see(prosecutor, link)).toBeNull();
  });
});

describe('a decoy', () => {
  it('is like a suggestion in every field, answer and refusal, whatever its holder does and whatever becomes of the other alert', async () => {
    const suggestions = await Promise.all(
      [0, 1].map(async () => {
        const { link, mine, theirs } = await pair({ level: 'possible' });
        return { link, mine, theirs };
      }),
    );
    const [real, ended] = suggestions;
    if (!real || !ended) throw new Error('no suggestions');
    const mine = await stage.raise(one);
    const decoy = await stage.suggest([[one, mine]]);
    await stage.open(other, ended.link);
    await stage.withdrawAlert(other, ended.theirs);
    await stage.sql("UPDATE link SET state = 'lapsed' WHERE id = $1", [ended.link.slice(5)]);
    const all = [
      { id: real.link, alert: real.mine },
      { id: ended.link, alert: ended.mine },
      { id: decoy, alert: mine },
    ];
    const record = async ({ id, alert }: { id: string; alert: string }) => {
      const seen: unknown[] = [];
      const look = async () =>
        seen.push(
          await stage.see(one, id),
          (await stage.list(one)).find((link) => link.id === id),
        );
      await look();
      seen.push(await stage.message(one, id), await stage.confirm(one, id), await stage.withdraw(one, id));
      seen.push((await stage.open(one, id)).link, (await stage.open(one, id)).code);
      await look();
      seen.push(await stage.message(one, id), await stage.reject(one, id));
      seen.push((await stage.list(one, 'first: 100, states: [LAPSED, REJECTED]')).filter((link) => link.id === id));
      return JSON.stringify(seen).replaceAll(id, 'LINK').replaceAll(alert, 'ALERT');
    };
    const records = [];
    for (const each of all) records.push(await record(each));
    expect(records[1]).toEqual(records[0]);
    expect(records[2]).toEqual(records[0]);
  });

  it('is like a suggestion in every row that the app role can read', async () => {
    const { link } = await pair();
    const mine = await stage.raise(one);
    const decoy = await stage.suggest([[one, mine]]);
    const rowOf = async (id: string) => {
      const [row] = await stage.sql<Record<string, string>>(
        `SELECT r.* FROM (SELECT set_config('symbolon.member', 'de-shelter', false), set_config('symbolon.purpose', 'protection', false)) s,
          LATERAL (SELECT * FROM seen_link WHERE id = $1 AND s IS NOT NULL) r`,
        [id.slice(5)],
      );
      return { ...row, id: '', own_alert: '' };
    };
    expect(await rowOf(decoy)).toEqual(await rowOf(link));
  });
});

describe('the list of links', () => {
  it('pages newest first, both ways, by cursors of this list and asker alone', async () => {
    const desk = await stage.desk('AT', 'shelter', 'ngo');
    const made: string[] = [];
    for (const minutes of [50, 40, 40, 30, 20])
      made.push(await stage.suggest([[desk, await stage.raise(desk)]], { given: `-${minutes} minutes` }));
    const PAGE = `query ($after: String, $before: String, $first: Int, $last: Int, $states: [LinkState!]) {
      links(first: $first, last: $last, after: $after, before: $before, states: $states) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`;
    interface PageAnswer {
      links: {
        edges: { cursor: string; node: { id: string } }[];
        pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
      };
    }
    const page = async (variables: object) => (await stage.query<PageAnswer>(desk, PAGE, { ...variables })).links;
    const all = await page({ first: 100 });
    const ids = all.edges.map(({ node }) => node.id);
    expect([...ids].sort()).toEqual([...made].sort());
    expect([ids[0], ids[4]]).toEqual([made[4], made[0]]);
    const first = await page({ first: 2 });
    const second = await page({ first: 2, after: first.pageInfo.endCursor });
    const rest = await page({ first: 2, after: second.pageInfo.endCursor });
    expect([...first.edges, ...second.edges, ...rest.edges].map(({ node }) => node.id)).toEqual(ids);
    expect([first, second, rest].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false]);
    const back = await page({ last: 2, before: rest.pageInfo.startCursor });
    expect(back.edges.map(({ node }) => node.id)).toEqual(ids.slice(2, 4));
    expect((await page({ first: 100, states: ['CONFIRMED'] })).edges).toEqual([]);
    for (const [who, variables] of [
      [desk, { first: 2, states: ['SUGGESTED'], after: first.pageInfo.endCursor }],
      [one, { first: 2, after: first.pageInfo.endCursor }],
    ] as const)
      expect((await who.ask(PAGE, variables)).text).toContain('ARGUMENT_INVALID');
  });
});

describe('a dispute', () => {
  it('is seen by liaison officers of liaison and focal-point members in the two countries, and by nobody else', async () => {
    const liaison = await stage.desk('DE', 'liaison', 'liaison', { role: 'liaison' });
    const focal = await stage.desk('FR', 'focal', 'focal-point', { role: 'liaison' });
    const caseWorker = await stage.desk('DE', 'focal', 'focal-point', { role: 'case-worker' });
    const police = await stage.desk('FR', 'gendarmes', 'law-enforcement', { role: 'liaison' });
    const elsewhere = await stage.desk('IT', 'liaison', 'liaison', { role: 'liaison' });
    const { link, mine, theirs } = await pair();
    await stage.open(one, link);
    await stage.open(other, link);
    await stage.confirm(one, link);
    for (const desk of [liaison, focal]) expect(await stage.see(desk, link)).toBeNull();
    expect((await stage.reject(other, link)).link).toMatchObject({ state: 'DISPUTED' });
    for (const desk of [liaison, focal]) {
      expect(await stage.see(desk, link)).toMatchObject({
        state: 'DISPUTED',
        alertId: mine,
        counterpart: { alertId: theirs },
      });
      expect((await stage.see(desk, link))?.decisions).toHaveLength(2);
      expect((await stage.list(desk, 'first: 9, states: [DISPUTED]')).map(({ id }) => id)).toEqual([link]);
      expect(await stage.confirm(desk, link)).toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const desk of [caseWorker, police, elsewhere, third]) {
      expect(await stage.see(desk, link)).toBeNull();
      expect(await stage.list(desk)).toEqual([]);
    }
    expect((await stage.confirm(other, link)).link).toMatchObject({ state: 'CONFIRMED' });
    for (const desk of [liaison, focal]) expect(await stage.see(desk, link)).toBeNull();
  });

  it('can be decided anew by either until it lapses', async () => {
    const { link } = await pair();
    await stage.open(one, link);
    await stage.open(other, link);
    await stage.confirm(one, link);
    await stage.reject(other, link);
    expect((await stage.reject(one, link)).link).toMatchObject({ state: 'REJECTED' });
    const second = await pair();
    await stage.open(one, second.link);
    await stage.open(other, second.link);
    await stage.reject(one, second.link);
    await stage.confirm(other, second.link);
    await stage.sql("UPDATE link SET lapses_at = now() - interval '1 second' WHERE id = $1", [second.link.slice(5)]);
    expect(await stage.see(one, second.link)).toMatchObject({ state: 'LAPSED' });
    expect(await stage.confirm(one, second.link)).toMatchObject({ code: 'LINK_CLOSED' });
  });
});

describe('a link that nobody goes on with', () => {
  const lapse = (link: string) =>
    stage.sql("UPDATE link SET lapses_at = now() - interval '1 second' WHERE id = $1", [link.slice(5)]);

  it('lapses, and is rejected when the one who answered rejected', async () => {
    const [silent, rejected, confirmed] = [await pair(), await pair(), await pair()];
    for (const { link } of [rejected, confirmed]) {
      await stage.open(one, link);
      await stage.open(other, link);
    }
    await stage.reject(one, rejected.link);
    await stage.confirm(one, confirmed.link);
    for (const { link } of [silent, rejected, confirmed]) await lapse(link);
    for (const desk of [one, other]) {
      expect((await stage.see(desk, silent.link))?.state).toBe('LAPSED');
      expect((await stage.see(desk, rejected.link))?.state).toBe('REJECTED');
      expect((await stage.see(desk, confirmed.link))?.state).toBe('LAPSED');
    }
    expect((await stage.see(other, rejected.link))?.decisions).toEqual([]);
    expect((await stage.see(other, confirmed.link))?.decisions).toEqual([]);
    expect(await stage.open(one, silent.link)).toMatchObject({ code: 'LINK_CLOSED' });
  });

  it('is closed to whose own alert has ended, before the matcher comes by', async () => {
    const { link, mine } = await pair();
    await stage.withdrawAlert(one, mine);
    expect(await stage.open(one, link)).toMatchObject({ code: 'LINK_CLOSED' });
    expect((await stage.see(other, link))?.state).toBe('SUGGESTED');
    const second = await pair();
    await stage.open(one, second.link);
    await stage.open(other, second.link);
    await stage.withdrawAlert(other, second.theirs);
    expect(await stage.confirm(one, second.link)).toMatchObject({ code: 'LINK_CLOSED' });
    expect((await stage.see(one, second.link))?.state).toBe('LAPSED');
  });

  it('is closed to whose own alert has taken its tokens back, and compared with nobody though the other opens', async () => {
    const takeBack = (alert: string) =>
      stage.sql('DELETE FROM alert_person WHERE alert_id = $1', [alert.slice('alert:'.length)]);
    const [unopened, opened, compared] = [await pair(), await pair(), await pair()];
    await stage.open(one, opened.link);
    for (const desk of [one, other]) await stage.open(desk, compared.link);
    for (const { mine } of [unopened, opened, compared]) await takeBack(mine);
    for (const { link } of [unopened, opened]) {
      expect(await stage.open(one, link)).toMatchObject({ code: 'LINK_CLOSED' });
      expect((await stage.open(other, link)).link).toMatchObject({ state: 'SUGGESTED', counterpart: null });
      expect(await stage.see(one, link)).toMatchObject({ state: 'LAPSED', counterpart: null });
    }
    for (const desk of [one, other]) {
      expect(await stage.see(desk, compared.link)).toMatchObject({ state: 'LAPSED' });
      expect(await stage.confirm(desk, compared.link)).toMatchObject({ code: 'LINK_CLOSED' });
    }
  });
});
