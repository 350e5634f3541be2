import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StatedEpisode } from '../../src/protocol/index.js';
import { testHub } from '../support/hub.js';
import { type Desk, FACTS, LinkStage } from './link-stage.js';

let stage: LinkStage;
let one: Desk;
let other: Desk;

beforeAll(async () => {
  stage = await LinkStage.on(await testHub());
  one = await stage.desk('DE', 'shelter', 'ngo');
  other = await stage.desk('FR', 'police', 'law-enforcement', { mandate: ['protection', 'prosecution'] });
});
afterAll(() => stage.hub.stop());

describe('a comparison', () => {
  it('shows who the other is when both have opened it, and passes sealed messages on in order', async () => {
    const [mine, theirs] = [await stage.raise(one), await stage.raise(other)];
    const link = await stage.suggest([
      [one, mine],
      [other, theirs],
    ]);
    const opened = await stage.open(one, link);
    expect(opened).toMatchObject({ __typename: 'LinkAccepted', repeated: false });
    expect(opened.link).toMatchObject({ state: 'SUGGESTED', opened: true, counterpart: null, level: null });
    expect(await stage.message(one, link)).toMatchObject({ code: 'LINK_NOT_OPEN' });
    expect((await stage.open(other, link)).link).toMatchObject({ state: 'COMPARING', level: 'LINK' });
    expect((await stage.see(one, link))?.counterpart).toMatchObject({ member: { code: 'fr-police' }, alertId: theirs });
    expect((await stage.see(other, link))?.counterpart).toMatchObject({
      member: { code: 'de-shelter' },
      alertId: mine,
    });
    await stage.message(one, link);
    await stage.message(other, link);
    const seen = await stage.see(one, link);
    expect(seen?.messages).toHaveLength(2);
    expect((await stage.see(other, link))?.messages).toEqual(seen?.messages);
  });
});

const CASES: readonly (readonly [string, StatedEpisode, StatedEpisode])[] = [
  ['SAME_EPISODE', { began: '2024-01', exit: 'exited', exited: '2024-06' }, { began: '2024-03', exit: 'unknown' }],
  ['CONTINUED', { began: '2024-01', exit: 'not-exited', exploiters: 'same' }, { began: '2024-06', exit: 'unknown' }],
  ['ONWARD_SALE', { began: '2024-01', exit: 'not-exited' }, { began: '2024-06', exit: 'unknown', exploiters: 'other' }],
  ['RETRAFFICKING', { began: '2023', exit: 'exited', exited: '2024-02' }, { began: '2025', exit: 'unknown' }],
  ['UNDETERMINED', { exit: 'unknown' }, { exit: 'unknown' }],
];

describe('two confirmations', () => {
  it.each(CASES)('make it %s', async (recurrence, earlier, later) => {
    const [first, second] = [await stage.raise(one), await stage.raise(other)];
    const link = await stage.comparing([one, first], [other, second]);
    const alone = await stage.confirm(one, link, earlier);
    expect(alone.link).toMatchObject({ state: 'COMPARING', classification: null });
    expect(alone.link?.decisions).toHaveLength(1);
    expect((await stage.see(other, link))?.decisions).toEqual([]);
    const both = await stage.confirm(other, link, later);
    expect(both.link).toMatchObject({ state: 'CONFIRMED', classification: { recurrence, definition: 'IOM-2010' } });
    expect(both.link?.decisions).toHaveLength(2);
    const seen = await stage.see(one, link);
    expect(seen?.classification).toEqual(both.link?.classification);
    expect(seen?.flagId === null).toBe(recurrence !== 'RETRAFFICKING');
    if (recurrence !== 'UNDETERMINED') expect(seen?.classification?.earlierAlertId).toBe(first);
  });

  it('count as a confirmed pair until one takes the link back', async () => {
    const [first, second] = [await stage.raise(one), await stage.raise(other)];
    const link = await stage.comparing([one, first], [other, second]);
    const rungs = { names: 'oneCode', fullDate: null };
    await stage.sql('INSERT INTO linkage_rungs (link_id, rungs) VALUES ($1, $2)', [link.slice('link:'.length), rungs]);
    const counted = () => stage.sql('SELECT ladder, rung, pairs FROM linkage_confirmed');
    await stage.confirm(one, link);
    expect(await counted()).toEqual([]);
    await stage.confirm(other, link);
    expect(await counted()).toEqual([{ ladder: 'names', rung: 'oneCode', pairs: 1 }]);
    await stage.withdraw(one, link);
    expect(await counted()).toEqual([{ ladder: 'names', rung: 'oneCode', pairs: 0 }]);
  });

  it('make it OTHER_REVICTIMISATION when one case is not trafficking', async () => {
    const [first, second] = [await stage.raise(one, { facts: FACTS.notMet }), await stage.raise(other)];
    const link = await stage.comparing([one, first], [other, second]);
    await stage.confirm(other, link, { began: '2025', exit: 'unknown' });
    const both = await stage.confirm(one, link, { began: '2020', exit: 'exited', exited: '2021' });
    expect(both.link?.classification).toMatchObject({ recurrence: 'OTHER_REVICTIMISATION', wouldDecide: [] });
    expect(both.link?.flagId).toBeNull();
  });
});

describe('the persons of two alerts', () => {
  it('become one when the link is confirmed, and two when it is taken back, under new numbers each time', async () => {
    const alerts = [await stage.raise(one), await stage.raise(other)];
    const ids = alerts.map((alert) => alert.slice('alert:'.length));
    await stage.sql('INSERT INTO alert_person (alert_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING', [ids]);
    const persons = async () =>
      (
        await stage.sql<{ person: string }>(
          'SELECT person FROM alert_person WHERE alert_id = ANY ($1) ORDER BY alert_id',
          [ids],
        )
      ).map(({ person }) => person);
    const [first = '', second = ''] = alerts;
    const link = await stage.comparing([one, first], [other, second]);
    await stage.confirm(one, link);
    const before = await persons();
    await stage.confirm(other, link);
    const joined = await persons();
    await stage.withdraw(one, link);
    const parted = await persons();
    expect([before, joined, parted].map((numbers) => new Set(numbers).size)).toEqual([2, 1, 2]);
    expect(new Set([...before, ...joined, ...parted]).size).toBe(5);
  });
});
