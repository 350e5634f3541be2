import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawDecoy } from '../../src/linkage/decoys.js';
import { givenOut } from '../../src/linkage/giving-out.js';
import { testHub, type TestHub } from '../support/hub.js';
import { LinkageStage, somebody } from './linkage-stage.js';

const DAY = 86_400;
const key = createHash('sha256').update('decoys').digest();

describe('a decoy', () => {
  const drawn = Array.from({ length: 4_000 }, (_, at) => drawDecoy(key, 'ro-liaison', [`t${String(at)}`], 0.25, DAY));
  const decoys = drawn.flatMap((decoy) => (decoy ? [decoy] : []));
  const share = (holds: (decoy: (typeof decoys)[number]) => boolean) => decoys.filter(holds).length / decoys.length;

  it('is suggested to as large a share of the alerts as it says, none of none and each of all', () => {
    expect(decoys.length / drawn.length).toBeCloseTo(0.25, 1);
    expect(drawDecoy(key, 'ro-liaison', ['t'], 0, DAY)).toBeNull();
    expect(drawDecoy(key, 'ro-liaison', ['t'], 1, DAY)).not.toBeNull();
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

  it('is the same for whoever asks again for the same person, and another for others and under another key', () => {
    const [t, u] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    const of = (sender: string, tokens: string[], by: Uint8Array = key) => drawDecoy(by, sender, tokens, 1, DAY);
    expect(of('ro-liaison', [t, u])).toEqual(of('ro-liaison', [u, t]));
    const others = [
      of('ro-liaison', [t, u]),
      of('al-ngo', [t, u]),
      of('ro-liaison', [t]),
      of('ro-liaison', [t, u], randomBytes(32)),
    ];
    expect(new Set(others.map((one) => JSON.stringify(one))).size).toBeGreaterThan(1);
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

  it('suggests one to what matches nothing, to what matches something the match alone, and one in all to each', async () => {
    const [person, other] = [somebody(), somebody()];
    const lonely = await stage.raise(stage.ro, person);
    await stage.matched();
    const again = await stage.update(stage.ro, lonely, somebody());
    expect(again).not.toBeNull();
    const first = await stage.raise(stage.ro, other);
    const second = await stage.raise(stage.al, other);
    await stage.matched();
    const rows = await stage.rows<{ alerts: string[]; decoy: boolean }>(
      'SELECT array_agg(alert_id::text) AS alerts, decoy FROM link JOIN link_side ON link_id = link.id GROUP BY link.id, decoy',
    );
    const ofDecoys = rows.filter(({ decoy }) => decoy).flatMap(({ alerts }) => alerts);
    expect(new Set(ofDecoys)).toEqual(new Set([lonely, first]));
    expect(ofDecoys).toHaveLength(2);
    expect(rows.filter(({ decoy }) => !decoy).map(({ alerts }) => new Set(alerts))).toEqual([new Set([first, second])]);
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
