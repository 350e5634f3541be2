import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CountSeries, findSignals } from '../../../src/statistics/signals/index.js';

const USUAL = [18, 22, 20, 19, 23, 20, 17, 21, 20, 22, 19, 20];
const series = (counts: readonly (number | null)[], more: Partial<CountSeries> = {}): CountSeries => ({
  ...{ period: 'quarter', seasonal: false, threshold: 11, counts },
  ...more,
});
const judgementOf = (one: CountSeries, rate = 0.05) => findSignals([one], rate).judgements[0];

describe('a series', () => {
  it('that rises against its own past is a signal, with its evidence', () => {
    const judgement = judgementOf(series([...USUAL.with(3, 90).with(6, 12), 45]));
    expect(judgement).toMatchObject({ outcome: 'rises', observed: 45, periodsUsed: 11, leftOut: [9], suppressed: [] });
    if (judgement?.outcome !== 'rises') throw new Error('does not rise');
    expect(judgement.expected).toBeGreaterThan(15);
    expect(judgement.expected).toBeLessThan(25);
    expect(judgement.upperBound).toBeLessThan(45);
    expect(judgement.exceedance).toBeGreaterThan(1);
    expect(judgement.probability).toBeLessThan(0.01);
  });

  it('that goes on as it was is none', () => {
    expect(judgementOf(series([...USUAL, 22]))).toMatchObject({ outcome: 'does-not-rise', observed: 22 });
    expect(judgementOf(series([...USUAL, 0]))).toMatchObject({ outcome: 'does-not-rise' });
  });

  it('is above its bound if and only if it is a signal', () => {
    const counts = fc.array(fc.nat(60), { minLength: 9, maxLength: 25 });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 6 }), (all) => {
        const { judgements, level } = findSignals(
          all.map((of) => series(of)),
          0.2,
        );
        for (const judgement of judgements) {
          if (judgement.outcome === 'not-judged') continue;
          expect(judgement.outcome === 'rises').toBe(judgement.observed >= judgement.upperBound);
          expect(judgement.outcome === 'rises').toBe(judgement.probability <= (level ?? 0));
        }
      }),
    );
  });

  it.each([
    ['TOO_LITTLE_PAST', series([...USUAL.slice(0, 7), 30]), 7],
    ['TOO_LITTLE_PAST', series([...USUAL.slice(0, 9), 30], { seasonal: true }), 9],
    ['TOO_LITTLE_PAST', series([...USUAL, ...USUAL.slice(1), 30], { seasonal: true, period: 'month' }), 23],
    ['OBSERVED_SUPPRESSED', series([...USUAL, null]), 12],
    ['TOO_MUCH_SUPPRESSED', series([...USUAL.map((count, at) => (at < 7 ? null : count)), 30]), 12],
    ['TOO_FEW_COUNTED', series([0, 0, 1, 0, 2, 0, 0, 1, 0, 30]), 9],
    ['NO_FIT', series([0, 0, 0, 0, 0, 0, 0, 0, 40, 30]), 9],
  ])('is not judged for %s', (reason, one, periods) => {
    const { judgements, level } = findSignals([one], 0.05);
    expect(judgements).toEqual([expect.objectContaining({ outcome: 'not-judged', reason, periods })]);
    expect(level).toBeNull();
  });

  it('says which of its past is suppressed, and is judged up to half', () => {
    const half = USUAL.map((count, at) => (at % 2 === 0 ? null : count));
    expect(judgementOf(series([...half, 60]))).toMatchObject({ suppressed: [12, 10, 8, 6, 4, 2], periodsUsed: 12 });
  });

  it.each([
    ['no period', series([])],
    ['a suppressed count without a threshold', series([...USUAL, null], { threshold: null })],
    ['a threshold of 0', series(USUAL, { threshold: 0 })],
    ['a count below 0', series([...USUAL, -1])],
    ['half a count', series([...USUAL, 1.5])],
    ['fewer totals than counts', series([...USUAL, 20], { totals: [100] })],
    ['a count above its total', series(USUAL, { totals: USUAL.map(() => 20) })],
    ['a count whose total is not known', series(USUAL, { totals: USUAL.map(() => null) })],
    ['fewer days of release than counts', series(USUAL, { releaseDays: [1] })],
    ['half a day of release', series(USUAL, { releaseDays: USUAL.map(() => 0.5) })],
    ['both days of release and totals', series(USUAL, { releaseDays: USUAL, totals: USUAL })],
    ['a wave of the year by years', series(USUAL, { period: 'year', seasonal: true })],
  ])('with %s is refused', (_, one) => {
    expect(() => findSignals([one], 0.05)).toThrow(RangeError);
  });
});

describe('a share', () => {
  const totals = USUAL.map((_, at) => 200 + 10 * at);

  it('is a signal where it rises, and not where all rise with it', () => {
    expect(judgementOf(series([...USUAL, 45], { totals: [...totals, 320] }))).toMatchObject({ outcome: 'rises' });
    const all = judgementOf(series([...USUAL, 45], { totals: [...totals, 800] }));
    expect(all).toMatchObject({ outcome: 'does-not-rise', observed: 45 });
    if (all?.outcome !== 'does-not-rise') throw new Error('not judged');
    // The share falls to 6 % by its own trend, of 800.
    expect(all.expected).toBeGreaterThan(40);
    expect(all.expected).toBeLessThan(60);
  });

  it('of a period of which the total is not known, or is nothing, is left out', () => {
    const counts = [...USUAL.with(2, 0), 45];
    const without = judgementOf(series(counts, { totals: [...totals.with(2, 0), 320] }));
    expect(without).toMatchObject({ outcome: 'rises', periodsUsed: 11 });
    const unknown = [null, ...counts];
    expect(judgementOf(series(unknown, { totals: [null, ...totals.with(2, 0), 320] }))).toEqual(without);
    expect(judgementOf(series([...USUAL, null], { totals: [...totals, null] }))).toMatchObject({
      reason: 'OBSERVED_SUPPRESSED',
    });
  });

  it('that is suppressed is taken for no more than there are in all', () => {
    const few = [...USUAL.with(4, 2), 30];
    const judged = (count: number | null) =>
      judgementOf(
        series(
          few.map((one, at) => (at === 4 ? count : one)),
          { totals: [...totals.with(4, 2), 320] },
        ),
      );
    expect(judged(null)).toEqual({ ...judged(2), suppressed: [8] });
  });
});

describe('a series that is judged for each day of release', () => {
  const days: readonly number[] = USUAL.map((_, at) => (at === 5 ? 2 : 1));
  const counts = USUAL.map((count, at) => count * (days[at] ?? 0));

  it('is none where more come because there are more days, and would be without them', () => {
    expect(judgementOf(series([...counts, 41], { releaseDays: [...days, 2] }))).toMatchObject({
      ...{ outcome: 'does-not-rise', leftOut: [], expected: expect.closeTo(40, -1) },
    });
    expect(judgementOf(series([...counts, 41]))).toMatchObject({ outcome: 'rises' });
    expect(judgementOf(series([...counts, 41], { releaseDays: [...days, 1] }))).toMatchObject({ outcome: 'rises' });
  });

  it('is judged as without them where all periods have as many', () => {
    const [with13, without] = [
      series([...USUAL, 45], { releaseDays: [...days, 1].map(() => 13) }),
      series([...USUAL, 45]),
    ];
    const [a, b] = [judgementOf(with13), judgementOf(without)];
    if (a?.outcome !== 'rises' || b?.outcome !== 'rises') throw new Error('does not rise');
    expect(a.expected).toBeCloseTo(b.expected, 6);
    expect(a.probability).toBeCloseTo(b.probability, 9);
  });

  it('learns nothing from a period without one', () => {
    const judged = judgementOf(series([...counts.with(3, 0), 41], { releaseDays: [...days.with(3, 0), 2] }));
    expect(judged).toMatchObject({ outcome: 'does-not-rise', periodsUsed: 11 });
    expect(judgementOf(series([...counts, 0], { releaseDays: [...days, 0] }))).toMatchObject({ reason: 'NO_FIT' });
  });
});

describe('series that are judged together', () => {
  it('stand in the order in which they were given, those not judged among them', () => {
    const { judgements } = findSignals([series([...USUAL, 80]), series([1]), series([...USUAL, 20])], 0.05);
    expect(judgements.map(({ outcome }) => outcome)).toEqual(['rises', 'not-judged', 'does-not-rise']);
  });

  it('have to rise further the more others are looked at', () => {
    const one = series([...USUAL, 38]);
    const boundAmong = (others: number) => {
      const [judgement] = findSignals(
        [one, ...Array.from({ length: others }, () => series([...USUAL, 20]))],
        0.05,
      ).judgements;
      return judgement?.outcome === 'not-judged' ? Number.NaN : (judgement?.upperBound ?? Number.NaN);
    };
    expect(boundAmong(0)).toBeLessThan(38);
    expect(boundAmong(200)).toBeGreaterThan(38);
  });

  it('may be none', () => {
    expect(findSignals([], 0.05)).toEqual({ judgements: [], falseDiscoveryRate: 0.05, level: null });
  });
});
