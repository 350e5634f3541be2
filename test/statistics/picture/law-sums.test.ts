import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PictureCounter } from '../../../src/statistics/index.js';
import type { PictureQuestion } from '../../../src/member/documents/picture.js';
import type { AlertContent } from '../../../src/protocol/index.js';
import { asOwner } from '../../support/database.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { PictureStage } from './picture-stage.js';

const SUMS = 'SELECT * FROM picture_sum ORDER BY audience_id, left_out, picture_sum::text';

const PURPOSES = [['purpose/sexual-exploitation'], ['purpose/begging', 'purpose/forced-labour'], ['purpose/slavery']];
const MEANS = [[], ['means/deception'], ['means/coercion', 'means/deception']];

/** Tables for which sums are kept, and some for which none are. */
const ASKED: readonly Partial<PictureQuestion>[] = [
  { under: ['NL'] },
  { by: ['YEAR', 'EXPLOITATION'], under: ['NL'] },
  { by: ['ORIGIN', 'EXPLOITATION_REGION'], under: ['BE', 'NL', 'DE'] },
  { by: ['PURPOSE', 'GENDER'], under: ['RO'], from: '2011' },
  { by: ['QUARTER', 'PURPOSE'], under: ['BG'] },
  { by: ['YEAR', 'MEANS'], under: ['NL'] },
  { by: ['GENDER'], under: ['NL'], where: [{ dimension: 'MEANS', anyOf: ['means/coercion'] }] },
  { by: ['ORIGIN', 'EXPLOITATION', 'PURPOSE'], under: ['NL'], until: '2011-06' },
];

let stage: PictureStage;
beforeAll(async () => {
  stage = await PictureStage.open();
});
afterAll(() => stage.close());

const random = randomNumbers(11);
function oneOf<T>(choices: readonly T[]): T {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

function drawn(): Partial<AlertContent> {
  const year = oneOf(['2010', '2011', '2012']);
  return {
    person: oneOf([{ gender: 'person-gender/woman' }, { gender: 'person-gender/man' }, {}]),
    episode: {
      origin: [oneOf(['AL', 'RO', 'NG'])],
      exploitation: oneOf([['NL'], ['BE'], ['NL', 'DE']]),
      start: oneOf([year, `${year}-03`]),
    },
    facts: { present: ['act/recruitment', ...oneOf(PURPOSES), ...oneOf(MEANS)] },
  };
}

async function release(): Promise<void> {
  const senders = [stage.one, stage.other];
  for (const sender of senders)
    await stage.raise(
      sender,
      Array.from({ length: 300 }, () => drawn()),
    );
  expect(await stage.count()).toBeGreaterThan(300);
}

async function judge(): Promise<void> {
  while ((await stage.hub.app.get(PictureCounter).judge()) > 0);
}

const owner = <Row extends object>(sql: string) => asOwner<Row>(stage.hub.database.url, sql);

describe('the sums of pieces that show verdicts', () => {
  it('are the same, whether they grew with each release or were made of all pieces at once', async () => {
    await owner('UPDATE picture_summed SET judged_by = NULL');
    await release();
    expect(await owner(SUMS)).toEqual([]);
    await judge();
    expect((await owner(SUMS)).length).toBeGreaterThan(100);
    await release();
    await release();
    const grown = await owner(SUMS);
    await owner('UPDATE picture_summed SET judged_by = NULL');
    await judge();
    expect(await owner(SUMS)).toEqual(grown);
    const [summed] = await owner<{ alerts: number }>(
      `SELECT sum(alerts)::int AS alerts FROM picture_sum GROUP BY left_out`,
    );
    const [kept] = await owner<{ alerts: number }>(
      `SELECT sum(alerts)::int AS alerts FROM picture_piece WHERE facet = 'law'`,
    );
    expect(summed).toEqual(kept);
  });

  it.each(ASKED)('say in %j what the pieces say', async (asked) => {
    await judge();
    const bySums = await stage.picture(asked);
    await owner('UPDATE picture_summed SET judged_by = NULL');
    expect(await stage.picture(asked)).toEqual(bySums);
    expect(bySums.verdicts.every(({ met }) => met.count !== null)).toBe(true);
  });

  it('are left alone while they are of other laws, and made anew then', async () => {
    await owner("UPDATE picture_summed SET judged_by = '\\x00'");
    const asked = { by: ['YEAR'], under: ['NL'] };
    const before = await stage.picture(asked);
    await release();
    const after = await stage.picture(asked);
    expect(after.alerts.count).toBeGreaterThan(before.alerts.count ?? 0);
    await judge();
    expect(await stage.picture(asked)).toEqual(after);
  });
});
