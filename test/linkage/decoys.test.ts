import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawDecoys } from '../../src/linkage/decoys.js';
import { givenOut } from '../../src/linkage/giving-out.js';
import { testHub, type TestHub } from '../support/hub.js';
import { LinkageStage, somebody } from './linkage-stage.js';

const DAY = 86_400;

describe('a decoy', () => {
  const drawn = Array.from({ length: 4_000 }, () => drawDecoys(0.25, DAY));
  const decoys = drawn.flat();
  const share = (holds: (decoy: (typeof decoys)[number]) => boolean) => decoys.filter(holds).length / decoys.length;

  it('is suggested to as large a share of the alerts as it says, none of none and four to each of all', () => {
    expect(drawn.filter(({ length }) => length > 0).length / drawn.length).toBeCloseTo(0.25, 1);
    expect(drawDecoys(0, DAY)).toEqual([]);
    expect(drawDecoys(1, DAY)).toHaveLength(4);
  });

  it('is followed by another one as often as there is one, so that a number of suggestions says no more than one does', () => {
    const atLeast = (count: number) => drawn.filter(({ length }) => length >= count).length;
    expect(atLeast(2) / atLeast(1)).toBeCloseTo(0.25, 1);
    expect(atLeast(3)).toBeGreaterThan(0);
  });

  it('stands on either side, at either level, and comes at once or later', () => {
    for (const holds of [
      share(({ side }) => side === 1),
      share(({ level }) => level === 'link'),
      share(({ later }) => later === 0),
    ])
      expect(holds).toBeCloseTo(0.5, 1);
    expect(Math.max(...decoys.map(({ later }) => later))).toBeLessThan(120);
  });
});

describe('the instant at which suggestions are given out', () => {
  const at = (text: string) => new Date(`2026-11-${text}Z`);
  it.each([
    ['the first moment of a day', '24T00:00:00.000', '24T00:00:01', 0, '26T00:00:00'],
    ['the last moment of a day', '24T23:59:59.999', '25T00:00:01', 0, '26T00:00:00'],
    ['a day that a crash left behind', '20T12:00:00', '24T12:00:00', 0, '25T00:00:00'],
    ['a day, three later', '24T12:00:00', '24T12:00:01', 3, '29T00:00:00'],
  ])('for %s', (_, received, now, later, expected) => {
    const { suggestedAt, lapsesAt } = givenOut(at(received), at(now), DAY, later);
    expect(suggestedAt).toEqual(at(expected));
    expect((lapsesAt.getTime() - suggestedAt.getTime()) / 1000).toBe(90 * DAY);
  });
});

describe('a hub with decoys', () => {
  let hub: TestHub;
  let stage: LinkageStage;

  beforeAll(async () => {
    hub = await testHub({ environment: { LINKAGE_DECOYS: '1' } });
    stage = await LinkageStage.on(hub);
  });
  afterAll(() => hub.stop());

  const linksOf = async (alert: string): Promise<boolean[]> => {
    const sides = 'SELECT decoy FROM link JOIN link_side ON link_id = link.id WHERE alert_id = $1';
    return (await stage.rows<{ decoy: boolean }>(sides, [alert])).map(({ decoy }) => decoy);
  };

  it('suggests them also to what matches something, beside the match', async () => {
    const person = somebody();
    const first = await stage.raise(stage.ro, person);
    const second = await stage.raise(stage.al, person);
    await stage.matched();
    for (const alert of [first, second]) expect((await linksOf(alert)).sort()).toEqual([false, true, true, true, true]);
  });

  it('suggests them anew each time that an alert brings tokens, or what it is told the next time would be sure to be a match', async () => {
    const known = somebody();
    await stage.raise(stage.ro, known);
    const probe = await stage.raise(stage.al, somebody());
    await stage.matched();
    const numbers = [(await linksOf(probe)).length];
    for (const tokens of [somebody(), known]) {
      await stage.update(stage.al, probe, tokens);
      await stage.matched();
      numbers.push((await linksOf(probe)).length);
    }
    expect(numbers).toEqual([4, 8, 13]);
  });

  it('writes what a holder may see of a decoy as it writes it of a suggestion', async () => {
    const kinds = await stage.rows<{ decoy: boolean; shapes: string[] }>(
      `SELECT decoy, array_agg(DISTINCT format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s', state, recurrence, earlier_alert, would_decide, flag_id,
          lapses_at - suggested_at, extract(epoch FROM suggested_at)::numeric % 2, substring(id::text, 15, 1), s.opening, s.decision)) AS shapes
        FROM link JOIN link_side s ON s.link_id = link.id GROUP BY decoy`,
    );
    expect(kinds).toHaveLength(2);
    expect(new Set(kinds.map(({ shapes }) => shapes.join('\n'))).size).toBe(1);
    // All of a row that differs: which it is, on which side, how probable, and when. Two are hidden until both have opened, two are drawn alike.
  });
});
