import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SIGNALS, type SignalsAnswer } from '../../../src/member/documents/signals.js';
import { findSignals } from '../../../src/statistics/signals/index.js';
import { asOwner } from '../../support/database.js';
import { PictureStage } from '../picture/picture-stage.js';

const EVERY_DAYS = 28;
const STEP = EVERY_DAYS * 86_400_000;
/** Made up: what comes for each release, steadily. */
const COME = [20, 22, 19, 21, 20, 23, 18, 21, 20, 22, 19, 20, 21];

const monthOf = (day: number) => new Date(day * STEP).toISOString().slice(0, 7);

/** The days of release that are the last of the latest month with two, as many as anything comes for, by their numbers since 1970. */
function daysOfRelease(): readonly number[] {
  let last = Math.floor(Date.now() / STEP);
  while (monthOf(last) === new Date().toISOString().slice(0, 7) || monthOf(last) !== monthOf(last - 1)) last--;
  return COME.map((_, at) => last - COME.length + 1 + at);
}

let stage: PictureStage;
const days = daysOfRelease();
beforeAll(async () => {
  stage = await PictureStage.open({ PICTURE_EVERY_DAYS: String(EVERY_DAYS) });
  const episode = { origin: ['RO'], exploitation: ['DE'], start: String(new Date().getUTCFullYear() - 1) };
  for (const [at, many] of COME.entries()) {
    await stage.raise(
      stage.one,
      Array.from({ length: many }, () => ({ episode })),
    );
    const counted = await stage.count((at + 1) * EVERY_DAYS * 24);
    if (counted !== many) throw new Error(`${counted} of ${many} alerts came to be counted`);
    await asOwner(
      stage.hub.database.url,
      'UPDATE picture_release SET released_on = $1::date WHERE id = (SELECT max(id) FROM picture_release)',
      [new Date((days[at] ?? 0) * STEP).toISOString().slice(0, 10)],
    );
  }
}, 120_000);
afterAll(() => stage.close());

async function signals(asked: Readonly<Record<string, unknown>> = {}): Promise<SignalsAnswer> {
  const question = {
    ...{ of: ['CORRIDOR'], against: 'OWN_PAST', time: 'COUNTED', period: 'MONTH', at: monthOf(days.at(-1) ?? 0) },
    ...{ past: 60, seasonal: false, where: [], about: 'PERSON', oldest: 2, rate: 0.1, language: 'en' },
    ...asked,
  };
  return (await stage.rapporteur.query<{ pictureSignals: SignalsAnswer }>(SIGNALS, question)).pictureSignals;
}

describe('signals of alerts that are released on fixed days', () => {
  it('find no rise in a month that has two of them, and give the days by which anybody finds the same', async () => {
    const { series, threshold, rate } = await signals();
    const [one] = series;
    if (!one) throw new Error('nothing is shown');
    expect(one).toMatchObject({ outcome: 'DOES_NOT_RISE', observed: { count: 41 } });
    const months = days.map(monthOf);
    expect(one.evidence.map(({ period, releaseDays }) => [period, releaseDays])).toEqual(
      [...new Set(months)].slice(1).map((month) => [month, months.filter((other) => other === month).length]),
    );
    expect(one.evidence.at(-1)?.releaseDays).toBe(2);

    const counts = one.evidence.map(({ alerts }) => alerts.count);
    const numbers = { period: 'month', seasonal: false, threshold, counts } as const;
    const releaseDays = one.evidence.map((point) => point.releaseDays ?? 0);
    const [anew] = findSignals([{ ...numbers, releaseDays }], rate).judgements;
    expect(anew).toMatchObject({ expected: one.expected, upperBound: one.upperBound, probability: one.probability });
    expect(findSignals([numbers], rate).judgements).toMatchObject([{ outcome: 'rises' }]);
  });

  it('have no days by episodes, and take none for shares', async () => {
    const [byEpisode] = (await signals({ time: 'EPISODE', period: 'YEAR', at: null })).series;
    expect(byEpisode?.evidence.map(({ releaseDays }) => releaseDays)).toEqual([null]);
    const [share] = (await signals({ against: 'TOTAL' })).series;
    expect(share).toMatchObject({ outcome: 'DOES_NOT_RISE', expected: expect.closeTo(41, 6) });
  });
});
