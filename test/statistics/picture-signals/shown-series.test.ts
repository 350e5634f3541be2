import { describe, expect, it } from '@jest/globals';
import type { PlacedCounts } from '../../../src/statistics/picture-signals/placed-counts.js';
import { firstShown, latestShown, shownSeries } from '../../../src/statistics/picture-signals/shown-series.js';

const RULE = { threshold: 11, rounding: 5 };
const releaseDaysIn = (period: number) => period - 90;
const PERIODS = { since: 100, at: 102, releaseDaysIn };

function placedOf(many: number, alerts: readonly (readonly [number, number])[]): PlacedCounts {
  const key = (code: string) => ({ dimension: 'PURPOSE' as const, state: 'KNOWN' as const, code });
  const series = Array.from(
    { length: many },
    (_, at) => [String(at), { keys: [key(`${at}`)], alerts: new Map(alerts) }] as const,
  );
  const none = { withheld: new Map(), yearWithheld: new Map(), leftOut: 0 };
  return { of: 'PURPOSE', series: new Map(series), totals: new Map(alerts), ...none };
}

describe('the series of signals', () => {
  it('are of numbers as the rules of disclosure show them, rounded and with nothing below the threshold', () => {
    const [series] = shownSeries(
      [
        placedOf(1, [
          [99, 80],
          [100, 13],
          [102, 42],
        ]),
      ],
      PERIODS,
      RULE,
    );
    expect(series?.points.map(({ period, alerts }) => [period, alerts.count, alerts.fewerThan])).toEqual([
      [100, 15, null],
      [101, null, 11],
      [102, 40, null],
    ]);
    expect(series?.points.map(({ releaseDays }) => releaseDays)).toEqual([10, 11, 12]);
    expect(series?.points.map(({ total }) => total)).toEqual(series?.points.map(({ alerts }) => alerts));
  });

  it('are those of which something is shown within the periods', () => {
    expect(
      shownSeries(
        [
          placedOf(3, [
            [99, 80],
            [103, 42],
            [101, 10],
          ]),
        ],
        PERIODS,
        RULE,
      ),
    ).toEqual([]);
  });

  it('begin with the first period of which anything is shown, and say the latest that is over', () => {
    const all = [
      placedOf(1, [
        [97, 4],
        [99, 80],
      ]),
      placedOf(1, [
        [98, 12],
        [103, 42],
      ]),
    ];
    expect([firstShown(all, RULE), latestShown(all, 102, RULE), latestShown(all, 90, RULE)]).toEqual([98, 99, null]);
    expect(firstShown([], RULE)).toBeNull();
  });

  it('are refused when nobody could read them', () => {
    const few = placedOf(40_000 / 4, [[100, 20]]);
    expect(shownSeries([few], { ...PERIODS, since: 99 }, RULE)).toHaveLength(10_000);
    expect(() => shownSeries([few], { ...PERIODS, since: 98 }, RULE)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', path: ['of'] }),
    );
  });
});
