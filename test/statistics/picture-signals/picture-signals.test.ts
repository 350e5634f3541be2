import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AlertContent } from '../../../src/protocol/index.js';
import {
  SIGNALS,
  type SignalsAnswer,
  type SignalSeriesAnswer,
  type SignalsQuestion,
} from '../../../src/member/documents/signals.js';
import { findSignals } from '../../../src/statistics/signals/index.js';
import { asOwner } from '../../support/database.js';
import { PictureStage } from '../picture/picture-stage.js';

/** Made up, by quarter: what came of a corridor in the quarters that are judged by, and in the one under question. */
const RISING = [14, 17, 15, 13, 16, 18, 15, 14, 16, 41];
const STEADY = [21, 18, 20, 22, 19, 20, 23, 18, 21, 22];

let stage: PictureStage;
beforeAll(async () => {
  stage = await PictureStage.open();
  // The quarter in which counting began is not whole; whatever is in it is no past.
  await quarter(0, [...corridor('RO', 'DE', 60), ...corridor('AL', 'NL', 60)]);
  for (const [at, rising] of RISING.entries())
    await quarter(at + 1, [...corridor('RO', 'DE', rising), ...corridor('AL', 'NL', STEADY[at] ?? 0)]);
  // The present quarter has begun: it is not judged, though it would stand out.
  await quarter(null, corridor('AL', 'NL', 90));
}, 120_000);
afterAll(() => stage.close());

/** Alerts of a corridor about episodes that started lately, so far as their year tells. */
function corridor(origin: string, exploitation: string, many: number, change: Partial<AlertContent> = {}) {
  const episode = { origin: [origin], exploitation: [exploitation], start: String(new Date().getUTCFullYear() - 1) };
  return Array.from({ length: many }, () => ({ episode, ...change }));
}

/** Has alerts come to be counted in a quarter of the made-up past, given by its place; null is the present one. */
async function quarter(
  place: number | null,
  alerts: readonly Partial<AlertContent>[],
  expected = alerts.length,
): Promise<void> {
  await stage.raise(stage.one, alerts);
  const counted = await stage.count();
  if (counted !== expected) throw new Error(`${counted} of ${alerts.length} alerts came to be counted`);
  if (place === null) return;
  await asOwner(
    stage.hub.database.url,
    `UPDATE picture_release SET released_on = (date_trunc('quarter', now()) - $1::int * interval '3 months' + interval '20 days')::date
     WHERE id = (SELECT max(id) FROM picture_release)`,
    [RISING.length - place + 1],
  );
}

async function signals(asked: Partial<SignalsQuestion> = {}, as = stage.rapporteur): Promise<SignalsAnswer> {
  const question: SignalsQuestion = {
    ...{ of: ['CORRIDOR'], against: 'OWN_PAST', time: 'COUNTED', period: 'QUARTER', at: null, past: 20 },
    ...{ seasonal: false, where: [], about: 'PERSON', oldest: 2, rate: 0.1, language: 'en' },
    ...asked,
  };
  return (await as.query<{ pictureSignals: SignalsAnswer }>(SIGNALS, { ...question })).pictureSignals;
}

const nameOf = ({ keys }: SignalSeriesAnswer) => keys.map(({ code }) => code).join(' ');
const numbersOf = ({ evidence }: SignalSeriesAnswer) => evidence.map(({ alerts }) => alerts.count);
const byName = ({ series }: SignalsAnswer) => Object.fromEntries(series.map((one) => [nameOf(one), one.outcome]));
const quarterBefore = (quarters: number) => {
  const now = new Date();
  const number = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3) - quarters;
  return `${Math.floor(number / 4)}-Q${(number % 4) + 1}`;
};
/** The month that many quarters before this one. */
const monthBefore = (quarters: number) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 3 * quarters, 1)).toISOString().slice(0, 7);
};

describe('structural signals', () => {
  it('name the corridor that rises, with its evidence, and not the one that goes on as it was', async () => {
    const answer = await signals();
    expect(answer).toMatchObject({ at: quarterBefore(1), since: quarterBefore(10), rate: 0.1, threshold: 11 });
    expect(answer.series.map(nameOf)).toEqual(['RO DE', 'AL NL']);
    const [rising, steady] = answer.series;
    expect(rising).toMatchObject({ of: 'CORRIDOR', outcome: 'RISES', reason: null, observed: { count: 41 } });
    expect(rising?.expected).toBeGreaterThan(13);
    expect(rising?.expected).toBeLessThan(19);
    expect(rising?.upperBound).toBeLessThan(41);
    expect(rising?.probability).toBeLessThan(answer.level ?? 0);
    expect(rising && numbersOf(rising)).toEqual(RISING);
    expect(rising?.evidence.at(-1)?.period).toBe(quarterBefore(1));
    expect(steady).toMatchObject({ outcome: 'DOES_NOT_RISE', observed: { count: 22 } });
    expect(steady && numbersOf(steady)).toEqual(STEADY);
  });

  it('are made of what is shown and nothing else: anybody finds the same in the numbers of the answer', async () => {
    for (const against of ['OWN_PAST', 'TOTAL'] as const) {
      const { series, rate, threshold, level } = await signals({ of: ['CORRIDOR', 'PURPOSE', 'MEANS'], against });
      const anew = findSignals(
        series.map(({ evidence }) => ({
          ...{ period: 'quarter', seasonal: false, threshold },
          counts: evidence.map(({ alerts }) => alerts.count),
          ...(against === 'TOTAL' ? { totals: evidence.map(({ total }) => total.count) } : {}),
        })),
        rate,
      );
      expect(series.length).toBeGreaterThan(3);
      expect(anew.level).toBe(level);
      for (const [at, one] of anew.judgements.entries())
        expect(series[at]).toMatchObject(
          one.outcome === 'not-judged'
            ? { reason: one.reason }
            : { expected: one.expected, upperBound: one.upperBound, probability: one.probability },
        );
    }
  });

  it('are read off the picture, number by number, where they go by episodes', async () => {
    const asked = { of: ['CORRIDOR'], time: 'EPISODE', period: 'YEAR' } as const;
    const { series, since } = await signals(asked);
    const shown = await stage.numbers({ by: ['ORIGIN', 'EXPLOITATION', 'YEAR'] });
    expect(since).toBeNull();
    expect(series.map((one) => [`${nameOf(one)} ${String(one.evidence.at(-1)?.period)}`, one.observed.count])).toEqual(
      Object.entries(shown).map(([name, count]) => [name, count]),
    );
    expect(series.every(({ reason }) => reason === 'TOO_LITTLE_PAST')).toBe(true);
  });

  it('are the same after an alert more that has no companions, and after one is withdrawn', async () => {
    const everything = () =>
      Promise.all([signals(), signals({ of: ['PURPOSE', 'MEANS', 'SECTOR', 'CONTROL'], against: 'TOTAL' })]);
    const before = await everything();
    const [raised = ''] = await stage.raise(stage.one, corridor('RO', 'DE', 1));
    expect(await stage.count()).toBe(0);
    expect(await everything()).toEqual(before);
    await stage.one.withdraw(raised, 'raised-in-error');
    await stage.count();
    expect(await everything()).toEqual(before);
  });

  it('call nothing a rise that grows with everything, when series are judged as shares of all', async () => {
    const where = [{ dimension: 'ORIGIN', anyOf: ['RO'] }];
    expect(byName(await signals({ of: ['PURPOSE'], where }))).toMatchObject({ 'purpose/sexual-exploitation': 'RISES' });
    const shares = await signals({ of: ['PURPOSE'], where, against: 'TOTAL' });
    expect(byName(shares)).toMatchObject({ 'purpose/sexual-exploitation': 'DOES_NOT_RISE' });
    expect(byName(await signals({ against: 'TOTAL' }))).toEqual({ 'RO DE': 'RISES', 'AL NL': 'DOES_NOT_RISE' });
  });

  it('judge an earlier period by what was before it, and no period that has not ended', async () => {
    const { at, series } = await signals({ at: monthBefore(2) });
    expect(at).toBe(quarterBefore(2));
    expect(series.map(numbersOf)).toEqual(expect.arrayContaining([RISING.slice(0, -1), STEADY.slice(0, -1)]));
    expect(series.every(({ outcome }) => outcome === 'DOES_NOT_RISE')).toBe(true);
    await expect(signals({ at: monthBefore(0) })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      path: ['at'],
    });
  });

  it('say why a series is not judged, and take old cases that are brought in for no rise', async () => {
    expect((await signals({ at: '2020-01' })).series).toEqual([]);
    const early = await signals({ at: monthBefore(6) });
    expect(early.series.map(({ reason }) => reason)).toEqual(['TOO_LITTLE_PAST', 'TOO_LITTLE_PAST']);
    const old = { origin: ['UA'], exploitation: ['PL'], start: '2012' };
    await quarter(RISING.length, corridor('UA', 'PL', 80, { episode: old }));
    const { series, bases } = await signals();
    expect(series.map(nameOf)).toEqual(['RO DE', 'AL NL']);
    expect(bases).toEqual([
      {
        of: 'CORRIDOR',
        withheld: { count: null, fewerThan: 11 },
        yearWithheld: { count: null, fewerThan: 11 },
        leftOut: { count: 80, fewerThan: null },
      },
    ]);
    const all = await signals({ oldest: 50 });
    expect(all.series.find((one) => nameOf(one) === 'UA PL')).toMatchObject({
      ...{ outcome: 'NOT_JUDGED', reason: 'TOO_MUCH_SUPPRESSED', observed: { count: 80 }, expected: null },
    });
  });

  it('are not looked for in what may be old because its year is not shown, which is told, but in what says no year', async () => {
    const before = await signals();
    const episodes = (years: readonly (string | undefined)[], origin: string) =>
      years.flatMap((start) =>
        corridor(origin, 'PL', 1, { episode: { origin: [origin], exploitation: ['PL'], start } }),
      );
    const twelve = Array.from({ length: 12 }, (_, at) => String(2001 + at));
    await quarter(RISING.length, episodes(twelve, 'VN'));
    await quarter(
      RISING.length,
      episodes(
        twelve.map(() => undefined),
        'GE',
      ),
    );
    const { series, bases } = await signals();
    const names = series.map(nameOf);
    expect(await stage.numbers({ by: ['ORIGIN', 'YEAR'] })).toMatchObject({ 'VN WITHHELD': 12, 'GE UNKNOWN': 12 });
    expect([names.includes('VN PL'), names.includes('GE PL')]).toEqual([false, true]);
    expect(series.find((one) => nameOf(one) === 'GE PL')).toMatchObject({ observed: { count: 12 } });
    expect(bases).toMatchObject([{ yearWithheld: { count: 12 }, leftOut: before.bases[0]?.leftOut }]);
    const totalsOf = (one: SignalsAnswer) => one.series[0]?.evidence.at(-1)?.total.count ?? 0;
    expect(totalsOf(await signals()) - totalsOf(before)).toBe(12);
    const byEpisodes = await signals({ time: 'EPISODE', period: 'YEAR' });
    expect(byEpisodes.bases).toMatchObject([{ yearWithheld: { count: null, fewerThan: 11 } }]);
  });

  it('are looked for in patterns apart from persons', async () => {
    const observed = { kind: 'pattern', person: undefined } as const;
    await quarter(RISING.length, corridor('BG', 'FR', 30, observed));
    expect(byName(await signals())).not.toHaveProperty('BG FR');
    expect(byName(await signals({ about: 'PATTERN' }))).toEqual({ 'BG FR': 'NOT_JUDGED' });
  });

  it('show nobody anything of alerts that do not address it', async () => {
    const handling = { purposes: ['monitoring'], audience: { kinds: ['liaison'] }, code: 'H0' } as const;
    await quarter(RISING.length, corridor('MD', 'IT', 30, { handling }));
    expect(byName(await signals())).not.toHaveProperty('MD IT');
    expect(byName(await signals({}, stage.other))).toHaveProperty('MD IT');
  });

  it('are the same of a release with an alert more that is like no other', async () => {
    const before = await signals();
    const odd = corridor('LY', 'SE', 1, { facts: { present: ['purpose/begging', 'sector/construction'] } });
    await quarter(RISING.length, [...corridor('SY', 'SE', 12), ...odd], 12);
    const { series, bases, level } = await signals();
    expect(series.filter((one) => nameOf(one) === 'SY SE')).toMatchObject([{ observed: { count: 12 } }]);
    const others = series.filter((one) => nameOf(one) !== 'SY SE');
    const judged = others.map(({ evidence, ...found }) => [found, evidence.map(({ alerts }) => alerts)]);
    expect(judged).toEqual(
      before.series.map(({ evidence, ...found }) => [found, evidence.map(({ alerts }) => alerts)]),
    );
    expect([bases, level]).toEqual([before.bases, before.level]);
  });

  it.each<[string, Partial<SignalsQuestion>, string, readonly string[]]>([
    ['no subject', { of: [] }, 'ARGUMENT_INVALID', ['of']],
    ['a subject twice', { of: ['MEANS', 'MEANS'] }, 'ARGUMENT_INVALID', ['of']],
    ['a rate of nothing', { rate: 0 }, 'ARGUMENT_INVALID', ['rate']],
    ['a rate above a half', { rate: 0.6 }, 'ARGUMENT_INVALID', ['rate']],
    ['too little past', { past: 7 }, 'ARGUMENT_INVALID', ['past']],
    ['too much past', { past: 61 }, 'ARGUMENT_INVALID', ['past']],
    ['an age below nothing', { oldest: -1 }, 'ARGUMENT_INVALID', ['oldest']],
    ['a year as a quarter', { at: '2025' }, 'ARGUMENT_INVALID', ['at']],
    ['a day', { at: '2025-01-02' }, 'ARGUMENT_INVALID', ['at']],
    ['a period in the future', { at: '2090-01' }, 'ARGUMENT_INVALID', ['at']],
    ['a wave of the year in years', { period: 'YEAR', seasonal: true }, 'ARGUMENT_INVALID', ['seasonal']],
    [
      'citizens of patterns',
      { of: ['PURPOSE', 'CITIZENSHIP_CORRIDOR'], about: 'PATTERN' },
      'ARGUMENT_INVALID',
      ['of', '1'],
    ],
    [
      'a concept that there is not',
      { where: [{ dimension: 'PURPOSE', anyOf: ['purpose/none-such'] }] },
      'UNKNOWN_CODE',
      ['where', '0', 'anyOf', '0'],
    ],
    [
      'a condition beside the core',
      { where: [{ dimension: 'SECTOR', anyOf: ['sector/construction'] }] },
      'NOT_COUNTED_TOGETHER',
      ['where', '0'],
    ],
  ])('refuse %s', async (_, question, code, path) => {
    await expect(signals(question)).rejects.toMatchObject({ code, path });
  });
});
