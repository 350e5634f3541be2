import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';
import type { SignalsAnswer, SignalSeriesAnswer } from '../../../src/member/documents/signals.js';
import { type OfficerSeat } from '../../../src/member/index.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { generateSigningKey } from '../../../src/protocol/index.js';
import { FakeHub } from '../fake-hub.js';
import { key, number } from '../picture/answered-tables.js';

const PAST = [18, 22, null, 19, 90, 20, 17, 21];
const quarter = (place: number) => `${2024 + Math.floor((place + 2) / 4)}-Q${((place + 2) % 4) + 1}`;

function series(numbers: readonly (number | null)[], more: Partial<SignalSeriesAnswer> = {}): SignalSeriesAnswer {
  return {
    ...{ of: 'CORRIDOR', keys: [key('ORIGIN', 'RO', 'Romania'), key('EXPLOITATION', 'DE', 'Germany')], reason: null },
    ...{ outcome: 'RISES', expected: 20.6, upperBound: 36.2, probability: 0.000_42, dispersion: 1.25, periodsUsed: 7 },
    observed: number(numbers.at(-1) ?? null),
    evidence: numbers.map((count, at) => ({
      ...{
        period: quarter(at),
        alerts: number(count),
        total: number(400 + at),
        isLeftOut: count === 90,
        releaseDays: null,
      },
    })),
    ...more,
  };
}

const NOT_JUDGED = { expected: null, upperBound: null, probability: null, dispersion: null, periodsUsed: null };
const ANSWER: SignalsAnswer = {
  ...{ asOf: '2026-11-30T16:30:02.405Z', threshold: 11, rounding: 1, at: '2026-Q3', since: '2024-Q3' },
  ...{ latest: '2026-Q3', rate: 0.1, level: 0.0125, source: 'Symbolon.', caveat: 'No more than a reason to look.' },
  series: [
    series([...PAST, 48]),
    series([...PAST.slice(0, 4), 20, 20, 20, 20, 22], {
      ...{ of: 'PURPOSE', keys: [key('PURPOSE', 'purpose/begging', 'begging')], outcome: 'DOES_NOT_RISE' },
      ...{ probability: 0.31, expected: 19.8, upperBound: 37 },
    }),
    series([null, null, null, null, null, null, null, null, 75], {
      ...{ keys: [key('ORIGIN', 'UA', 'Ukraine'), key('EXPLOITATION', 'PL', 'Poland')], outcome: 'NOT_JUDGED' },
      ...{ reason: 'TOO_MUCH_SUPPRESSED', ...NOT_JUDGED },
    }),
    series([...PAST, null], {
      ...{ keys: [key('ORIGIN', 'MD', '=Moldova'), key('EXPLOITATION', 'IT', 'Italy')], outcome: 'NOT_JUDGED' },
      ...{ reason: 'OBSERVED_SUPPRESSED', ...NOT_JUDGED },
    }),
  ],
  bases: [{ of: 'CORRIDOR', withheld: number(40), yearWithheld: number(25), leftOut: number(null) }],
};

let home = '';
let hub: FakeHub;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'symbolon-signals-'));
  const seat: OfficerSeat = { member: 'nl-baken', officer: 'desk-1', role: 'analyst', key: await generateSigningKey() };
  hub = await FakeHub.start(seat, () => ({ pictureSignals: ANSWER }));
  const store = KeyStore.open(join(home, 'keys'));
  await store.saveHub({ hub: hub.url, audience: 'https://hub.example' });
  await store.saveOfficerKey(seat);
});
afterEach(async () => {
  await hub.stop();
  await rm(home, { recursive: true, force: true });
});

async function symbolon(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run(['signals', ...argv], {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(home, 'keys') },
    interactive: false,
  });
  return { code, out, err };
}

const file = (name: string) => join(home, name);

describe('symbolon signals', () => {
  it('says each rise in a sentence with its past, and what was not judged and why', async () => {
    const { code, out } = await symbolon();
    expect(code).toBe(0);
    expect(out).toContain('1 of 2 series rises in 2026-Q3 (alerts by when they were counted)');
    expect(out).toContain(
      'Corridor Romania → Germany: 48 in 2026-Q3, 21 expected, at most 36 by its own past\n' +
        '  past      18  22  <11  19  90*  20  17  21   (2024-Q3 to 2026-Q2)\n' +
        '  * an outbreak of the past, left out\n' +
        '  by chance 0.042 %, by 7 periods',
    );
    expect(out).toMatch(/Purpose begging +22 +20 +36 +31 %/);
    expect(out).toContain(
      '1: of more than half of the past nothing is shown: new, or small\n     Corridor Ukraine → Poland',
    );
    expect(out).toContain('1: nothing is shown of the period under question\n\n');
    expect(out).toContain('40 alerts of 2026-Q3 are of a corridor not shown');
    expect(out).toContain('25 alerts of 2026-Q3 may be old, as no year is shown, and are not counted, for corridor');
    expect(out).not.toContain('days of release');
    expect(out).toContain('No more than a reason to look.');
    expect((await symbolon('--all')).out).toContain('Corridor =Moldova → Italy: 18  22  <11');
  });

  it('asks for all in one question what the options say', async () => {
    await symbolon();
    await symbolon(
      ...[
        '--of',
        'means,exploitation',
        '--against',
        'total',
        '--time',
        'episode',
        '--period',
        'month',
        '--at',
        '2026-05',
      ],
      ...['--past', '36', '--seasonal', '--where', 'exploitation=NL+BE', '--about', 'pattern', '--oldest', '5'],
      ...['--rate', '0.05', '--language', 'nl'],
    );
    expect(hub.asked.map(({ variables }) => variables)).toEqual([
      {
        ...{ of: ['CORRIDOR', 'PURPOSE', 'MEANS'], against: 'OWN_PAST', time: 'COUNTED', period: 'QUARTER', at: null },
        ...{ past: 20, seasonal: false, where: [], about: 'PERSON', oldest: 2, rate: 0.1, language: 'en' },
      },
      {
        ...{
          of: ['MEANS', 'EXPLOITATION'],
          against: 'TOTAL',
          time: 'EPISODE',
          period: 'MONTH',
          at: '2026-05',
          past: 36,
        },
        where: [{ dimension: 'EXPLOITATION', anyOf: ['NL', 'BE'], unknown: false }],
        ...{ seasonal: true, about: 'PATTERN', oldest: 5, rate: 0.05, language: 'nl' },
      },
    ]);
  });

  it('says that nothing is counted, and that nothing could be judged', async () => {
    hub.answer = () => ({ pictureSignals: { ...ANSWER, asOf: null, series: [], level: null, since: null } });
    expect((await symbolon()).out).toMatch(/^Nothing is counted yet\./);
    hub.answer = () => ({ pictureSignals: { ...ANSWER, series: [], level: null, since: null, latest: '2018' } });
    const { out } = await symbolon();
    expect(out).toMatch(/^Nothing could be judged for 2026-Q3/);
    expect(out).toContain('the last period with numbers is 2018 (--at)');
  });

  it('writes every series period by period as CSV, with nothing that a spreadsheet takes for a formula', async () => {
    const { code, err } = await symbolon('--csv', file('signals.csv'));
    expect([code, err]).toEqual([0, expect.stringContaining(file('signals.csv'))]);
    const lines = (await readFile(file('signals.csv'), 'utf8')).split('\r\n');
    expect(lines[0]).toBe('# Title: Structural signals in 2026-Q3: corridor, purpose, means');
    expect(lines).toContain(
      'corridor,RO DE,Romania → Germany,rises,,20.6,36.2,0.00042,1.25,7,2025-Q1,<11,402,false,'.replace(
        '2025-Q1',
        quarter(2),
      ),
    );
    expect(lines).toContain(
      `corridor,RO DE,Romania → Germany,rises,,20.6,36.2,0.00042,1.25,7,${quarter(4)},90,404,true,`,
    );
    expect(lines.filter((line) => line.startsWith("corridor,MD IT,'=Moldova → Italy,not_judged"))).toHaveLength(9);
    expect(lines.filter((line) => /^[a-z]/.test(line))).toHaveLength(1 + 4 * 9);
    expect((await symbolon('--csv', '-')).out).toBe(lines.join('\r\n'));
  });

  it('says how many days of release each period has, where alerts are released on such', async () => {
    const [first] = ANSWER.series;
    const evidence = first?.evidence.map((point, at) => ({ ...point, releaseDays: at === 8 ? 14 : 13 })) ?? [];
    hub.answer = () => ({ pictureSignals: { ...ANSWER, series: [{ ...first, evidence }] } });
    expect((await symbolon()).out).toContain('  released  13  13  13  13  13  13  13  13  14   days of release');
    const { out } = await symbolon('--csv', '-');
    expect(out).toContain('# Judged: by their own past, for each day of release\r\n');
    expect(out).toContain(`,${quarter(8)},48,408,false,14\r\n`);
  });

  it('answers with --json as the hub does', async () => {
    expect(JSON.parse((await symbolon('--json')).out)).toEqual(ANSWER);
  });

  it('writes over nothing, and leaves nothing when the hub does not answer', async () => {
    await writeFile(file('mine.csv'), 'mine');
    expect(await symbolon('--csv', file('mine.csv'))).toMatchObject({ code: 2, err: expect.stringContaining('--csv') });
    expect(hub.asked).toEqual([]);
    hub.answer = () => ({ status: 500, body: {} });
    expect((await symbolon('--csv', file('new.csv'))).code).not.toBe(0);
    expect((await readdir(home)).sort()).toEqual(['keys', 'mine.csv']);
  });

  it.each([
    [['--of', 'gender'], '--of'],
    [['--against', 'others'], '--against'],
    [['--time', 'arrival'], '--time'],
    [['--period', 'week'], '--period'],
    [['--past', '7'], '--past'],
    [['--oldest', '51'], '--oldest'],
    [['--rate', '0.6'], '--rate'],
    [['--rate', '10%'], '--rate'],
    [['--about', 'people'], '--about'],
    [['--where', 'exploitation'], '--where'],
    [['--csv', '-', '--json'], '--csv'],
  ])('refuses %j', async (options, where) => {
    const { code, out, err } = await symbolon(...options);
    expect([code, out + err]).toEqual([2, expect.stringContaining(where)]);
    expect(hub.asked).toEqual([]);
  });
});
