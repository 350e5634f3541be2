import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';
import { type OfficerSeat } from '../../../src/member/index.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { generateSigningKey } from '../../../src/protocol/index.js';
import { FakeHub, type Asked } from '../fake-hub.js';
import { answer, BY_YEAR_AND_PURPOSE, number } from '../picture/answered-tables.js';

const { answer: answered } = BY_YEAR_AND_PURPOSE;
const ASKED = ['picture', '--by', 'year,purpose', '--under', 'NL', '--from', '2012', '--until', '2013'];

let home = '';
let hub: FakeHub;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'symbolon-picture-'));
  const seat: OfficerSeat = { member: 'nl-baken', officer: 'desk-1', role: 'analyst', key: await generateSigningKey() };
  hub = await FakeHub.start(seat, () => ({ picture: { ...answered, changes: [], asks: [] } }));
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
  const code = await run(argv, {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(home, 'keys') },
    interactive: false,
  });
  return { code, out, err };
}

const file = (name: string) => join(home, name);
const read = (name: string) => readFile(file(name), 'utf8');
/** Of each table an answer to what was asked, without rows. */
const answerAny = ({ variables }: Asked) => {
  const under = [variables['under']].flat().map(String);
  const none = { met: number(null), notMet: number(null), undetermined: number(null), withheld: number(null) };
  return { picture: answer({ verdicts: under.map((law) => ({ under: law, ...none })) }) };
};

describe('symbolon picture into files', () => {
  it('writes each format into a new file for its owner alone, and prints the table as without', async () => {
    const plain = await symbolon(...ASKED);
    const ran = await symbolon(
      ...[...ASKED, '--csv', file('a.csv'), '--json-stat', file('a.json'), '--sdmx', file('a.sdmx.csv')],
    );
    expect(ran).toMatchObject({ code: 0, out: plain.out, err: expect.stringContaining(file('a.csv-metadata.json')) });
    expect(await read('a.csv')).toContain(
      '2012,2012,known,purpose/forced-labour,forced labour,known,30,28,<11,15,<11,15,<11',
    );
    expect(JSON.parse(await read('a.csv-metadata.json'))).toMatchObject({ url: 'a.csv' });
    expect(JSON.parse(await read('a.json'))).toMatchObject({ class: 'dataset', id: ['year', 'purpose', 'measure'] });
    expect(await read('a.sdmx.csv')).toMatch(/^STRUCTURE,STRUCTURE_ID,ACTION,FREQ,/);
    expect((await stat(file('a.csv'))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['--csv', /^# Title: /],
    ['--json-stat', /^\{"version":"2\.0"/],
    ['--sdmx', /^STRUCTURE,/],
  ])('prints %s alone when its file is -', async (option, start) => {
    const ran = await symbolon(...ASKED, option, '-');
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(start), err: '' });
    expect(ran.out).not.toContain('────');
  });

  it('asks for what is too small only where it is listed: with --all, in files, and for programs', async () => {
    const filled: unknown[] = [];
    for (const options of [[], ['--top', '3'], ['--all'], ['--csv', '-'], ['--sdmx', file('e.csv')], ['--json']]) {
      expect((await symbolon(...ASKED, ...options)).code).toBe(0);
      filled.push(hub.asked.at(-1)?.variables['fill']);
    }
    expect(filled).toEqual([false, false, true, true, true, true]);
    const [few, all] = [await symbolon(...ASKED), await symbolon(...ASKED, '--all')];
    expect([few.out.match(/forced labour/g)?.length, few.out.match(/\(unknown\)/g)?.length]).toEqual([2, 1]);
    expect(all.out).toMatch(/2012 +\(unknown\) +fewer than 11/);
    for (const { out } of [few, all]) expect(out).toContain('every other combination: fewer than 11');
  });

  it('answers with --json as without files', async () => {
    const plain = await symbolon(...ASKED, '--json');
    expect(await symbolon(...ASKED, '--json', '--sdmx', file('b.sdmx.csv'))).toEqual(plain);
    expect(JSON.parse(plain.out)).toMatchObject({ others: { count: null, fewerThan: 11 }, changes: [] });
  });

  it('writes over nothing, asks nothing then, and leaves nothing half written', async () => {
    await writeFile(file('mine.json'), 'mine');
    const ran = await symbolon(...ASKED, '--csv', file('c.csv'), '--json-stat', file('mine.json'));
    expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--json-stat') });
    expect(await read('mine.json')).toBe('mine');
    expect((await readdir(home)).sort()).toEqual(['keys', 'mine.json']);
    expect(hub.asked).toEqual([]);
  });

  it('leaves no file when the hub’s answer is not understood', async () => {
    hub.answer = () => ({ picture: { ...answered, verdicts: [], changes: [], asks: [] } });
    expect((await symbolon(...ASKED, '--csv', file('d.csv'))).err).toContain('NOT_UNDERSTOOD');
    expect(await readdir(home)).toEqual(['keys']);
  });

  it.each([
    [['--csv', '-', '--sdmx', '-'], '--sdmx'],
    [['--csv', '-', '--json'], '--csv'],
    [['--csv', '/no/such/folder/a.csv'], '--csv'],
    [['--out', 'folder'], '--out'],
    [['--format', 'csv'], '--format'],
    [['--about', 'people'], '--about'],
  ])('refuses %j', async (options, where) => {
    const { code, out, err } = await symbolon(...ASKED, ...options);
    expect(code).toBe(2);
    expect(out + err).toContain(where);
    expect(hub.asked).toEqual([]);
  });
});

describe('symbolon picture --about', () => {
  it('asks about patterns, and says so in the table and in the file', async () => {
    const ran = await symbolon(...ASKED, '--about', 'pattern', '--csv', file('patterns.csv'));
    expect(hub.asked.map(({ variables }) => variables['about'])).toEqual(['PATTERN']);
    expect(ran.out).toMatch(/^120 patterns, as counted/);
    expect(ran.out).toContain('groups of at least 11 patterns');
    expect(await read('patterns.csv')).toMatch(/^# Title: Patterns by year/);
  });

  it('asks about persons otherwise, and names the patterns that are not among them', async () => {
    hub.answer = () => ({ picture: { ...answered, patterns: number(23), changes: [], asks: [] } });
    const { out } = await symbolon(...ASKED);
    expect(hub.asked.map(({ variables }) => variables['about'])).toEqual(['PERSON']);
    expect(out).toContain('23 patterns are not among them (--about pattern)');
  });
});

describe('symbolon picture --set', () => {
  it.each([
    ['eurostat', 'csv', 'victims-by-citizenship.csv'],
    ['ic-tip', 'sdmx', 'events-by-means.sdmx.csv'],
    ['ic-tip', 'json-stat', 'reporting-entities.json'],
  ])('writes the tables of %s as %s, with an index that has their hashes', async (set, format, one) => {
    hub.answer = answerAny;
    const ran = await symbolon('picture', '--set', set, '--under', 'NL', '--format', format, '--out', file('set'));
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining(one), err: '' });
    const index: { tables: { files: { file: string; sha256: string }[] }[] } = JSON.parse(await read('set/index.json'));
    const files = index.tables.flatMap((table) => table.files);
    expect(files.map((each) => each.file)).toContain(one);
    expect((await readdir(file('set'))).sort()).toEqual([...files.map((each) => each.file), 'index.json'].sort());
    for (const each of files)
      expect(
        createHash('sha256')
          .update(await read(`set/${each.file}`))
          .digest('hex'),
      ).toBe(each.sha256);
    expect(hub.asked).toHaveLength(index.tables.length);
    expect(hub.asked.every(({ query }) => !query.includes('changes'))).toBe(true);
  });

  it('passes on what goes with every table', async () => {
    hub.answer = answerAny;
    const options = [
      '--from',
      '2015',
      '--where',
      'exploitation=NL+BE',
      '--where',
      'gender=unknown',
      '--language',
      'nl',
      '--on',
      '2020-01-01',
    ];
    expect((await symbolon('picture', '--set', 'eurostat', ...options, '--out', file('set'), '--json')).code).toBe(0);
    const where = [
      { dimension: 'EXPLOITATION', anyOf: ['NL', 'BE'], unknown: false },
      { dimension: 'GENDER', anyOf: [], unknown: true },
    ];
    for (const { variables } of hub.asked)
      expect(variables).toMatchObject({ from: '2015', where, language: 'nl', onDate: '2020-01-01', scope: 'SHARED' });
  });

  it('leaves no folder when a table is not answered', async () => {
    hub.answer = (asked) => (hub.asked.length < 3 ? answerAny(asked) : { picture: { ...answer(), alerts: {} } });
    expect((await symbolon('picture', '--set', 'ic-tip', '--out', file('set'))).code).not.toBe(0);
    expect(await readdir(home)).toEqual(['keys']);
  });

  it.each([
    [[], '--out'],
    [['--out', 'x', '--under', 'NL,BE'], '--under'],
    [['--out', 'x', '--by', 'year'], '--by'],
    [['--out', 'x', '--own'], '--own'],
    [['--out', 'x', '--about', 'pattern'], '--about'],
    [['--out', 'x', '--csv', '-'], '--csv'],
    [['--out', 'x', '--format', 'xlsx'], '--format'],
    [['--out', 'x', '--where', 'sector=sector/construction'], '--where'],
    [['--out', tmpdir()], 'out'],
  ])('refuses %j', async (options, where) => {
    const { code, err } = await symbolon('picture', '--set', 'eurostat', ...options);
    expect([code, err]).toEqual([2, expect.stringContaining(where)]);
    expect(hub.asked).toEqual([]);
  });

  it('refuses a set that there is not, and names those that there are', async () => {
    const { code, err } = await symbolon('picture', '--set', 'glotip', '--out', 'x');
    expect([code, err]).toEqual([2, expect.stringContaining('eurostat, ic-tip')]);
  });
});
