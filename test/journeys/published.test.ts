import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../src/member/cli/run.js';
import { KeyStore } from '../../src/member/files/index.js';
import type { OfficerSeat } from '../../src/member/index.js';
import { TABLE_SETS } from '../../src/member/picture/table-sets.js';
import { generateSigningKey } from '../../src/protocol/index.js';
import { MOST_PUBLISHED_TABLES, type PublicationDocument } from '../../src/protocol/publication/index.js';
import { operate } from '../support/operator.js';
import { alike } from '../statistics/publication/publication-stage.js';
import { PictureStage } from '../statistics/picture/picture-stage.js';

let stage: PictureStage;
let folder = '';
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'symbolon-published-'));
  stage = await PictureStage.open();
  await stage.raise(stage.one, [...alike(12, '2015'), ...alike(30, '2016')]);
  await stage.raise(stage.other, [...alike(13, '2016', { person: { gender: 'person-gender/man' } })]);
  await stage.count();
  const store = KeyStore.open(file('rapporteur'));
  await store.saveHub({ hub: stage.hub.url, audience: stage.hub.identity.audience });
  await store.saveOfficerKey(stage.rapporteur.seat as OfficerSeat);
  const { jwk } = stage.hub.identity.signingKey;
  await writeFile(file('hub.jwk'), JSON.stringify(jwk));
  await writeFile(file('stranger.jwk'), JSON.stringify((await generateSigningKey()).jwk));
});
afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command at a place; that of the rapporteur has a key, any other one nothing. */
async function symbolon(place: string, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run(argv, {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: file(place) },
    interactive: false,
  });
  return { code, out, err };
}

const trusting = (key = 'hub.jwk'): string[] => ['--audience', stage.hub.identity.audience, '--key', file(key)];

describe('a rapporteur publishes, and somebody who is no member verifies', () => {
  it.each([...TABLE_SETS.values()].map(({ name, tables }) => [name, tables.length] as const))(
    'the set %s with its %i tables, from the command to the proof',
    async (set, tables) => {
      expect(tables).toBeLessThanOrEqual(MOST_PUBLISHED_TABLES);
      const saved = file(`${set}.json`);
      const title = `In the shape of ${set}`;
      const published = await symbolon(
        'rapporteur',
        ...['publish', 'picture', '--title', title, '--set', set, '--under', 'NL', '--from', '2015', '--save', saved],
      );
      expect(published).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`tables +${tables}`)) });
      const listed = await symbolon('anybody', 'publications', '--hub', stage.hub.url);
      expect(listed.out).toContain(title);
      const verified = await symbolon('anybody', 'verify', 'publication', saved, ...trusting());
      expect(verified).toMatchObject({ code: 0, out: expect.stringMatching(/^verifies +yes\n/) });
      expect(verified.out).toContain('This proves:');
      expect(verified.out).toContain('It does not prove:');
    },
  );

  it('tables of one’s own, fetched by whoever knows the hash', async () => {
    const published = await symbolon(
      'rapporteur',
      ...['publish', 'picture', '--title', 'By year', '--by', 'year', '--by', 'year,gender', '--json'],
    );
    const { publication } = JSON.parse(published.out) as { publication: { hash: string } };
    const got = await symbolon(
      'anybody',
      ...['publications', '--get', publication.hash, '--save', file('got.json'), '--hub', stage.hub.url],
    );
    expect(got.code).toBe(0);
    const { document } = JSON.parse(await readFile(file('got.json'), 'utf8')) as { document: PublicationDocument };
    expect(document.tables.map(({ request }) => request)).toEqual([{ by: ['YEAR'] }, { by: ['YEAR', 'GENDER'] }]);
    expect(document.tables[0]?.dataset.value).toEqual([12, 43]);
    const verified = await symbolon('anybody', 'verify', file('got.json'), ...trusting(), '--json');
    expect(JSON.parse(verified.out)).toMatchObject({ verifies: true, hash: publication.hash, tables: 2 });
  });

  it('and a correction stands in the list beside what it corrects', async () => {
    const publishing = async (...more: string[]): Promise<string> => {
      const argv = ['publish', 'picture', '--title', 'Corrected', '--by', 'year', ...more, '--json'];
      const { out } = await symbolon('rapporteur', ...argv);
      return (JSON.parse(out) as { publication: { hash: string } }).publication.hash;
    };
    const first = await publishing();
    const second = await publishing('--replaces', first);
    const { out } = await symbolon('anybody', 'publications', '--first', '2', '--hub', stage.hub.url);
    expect(out).toContain(`corrected by ${second}`);
    const again = await symbolon(
      'rapporteur',
      ...['publish', 'picture', '--title', 'Corrected', '--by', 'year', '--replaces', first],
    );
    expect(again).toMatchObject({ code: 15, err: expect.stringContaining('ALREADY_EXISTS') });
  });
});

describe('whoever verifies offline', () => {
  it('is told that a document was changed, that another key signed, and that the proof leads nowhere', async () => {
    const saved = file('plain.json');
    await symbolon('rapporteur', 'publish', 'picture', '--title', 'Plain', '--by', 'year', '--save', saved);
    const text = await readFile(saved, 'utf8');
    const verify = async (change: (text: string) => string, key?: string) => {
      const changed = file('changed.json');
      await writeFile(changed, change(text));
      return symbolon('anybody', 'verify', 'publication', changed, ...trusting(key));
    };
    expect(await verify((same) => same)).toMatchObject({ code: 0 });
    expect(await verify((same) => JSON.stringify(JSON.parse(same), null, 2))).toMatchObject({ code: 0 });
    const document = await verify((one) => one.replace('"value":[12,43]', '"value":[12,44]'));
    expect(document).toMatchObject({ code: 7, err: expect.stringContaining('WRONG_ENTRY') });
    const foreign = await verify((same) => same, 'stranger.jwk');
    expect(foreign).toMatchObject({ code: 7, err: expect.stringContaining('BAD_SIGNATURE') });
    const proof = await verify((one) =>
      one.replace(/"path":\["./, (found) => `${found.slice(0, -1)}${found.endsWith('A') ? 'B' : 'A'}`),
    );
    expect(proof).toMatchObject({ code: 8, err: expect.stringContaining('NOT_INCLUDED') });
  });

  it('persons with noise: looks how wide it would be, publishes within the budget, and is refused beyond it', async () => {
    const saved = file('noisy.json');
    const table = ['--by', 'year,exploitation', '--from', '2015', '--until', '2017', '--codes', 'exploitation=NL+DE'];
    const noisy = (rho: string, ...more: string[]) =>
      symbolon('rapporteur', 'publish', 'picture', '--title', 'Persons', ...table, '--private', rho, ...more);
    const unset = await noisy('0.01');
    expect(unset).toMatchObject({ code: 16, err: expect.stringContaining('PRIVACY_NOT_BUDGETED') });
    const { database, folder: keys, url } = stage.hub;
    const set = await operate({ folder: keys, url }, database.url, ['disclosure', '--budget', '0.015']);
    expect(set.output).toContain('may cost rho 0.015 in all');
    const preview = await noisy('0.01', '--preview');
    expect(preview.out).toMatch(/year, exploitation +12 +1 +14 in 95 of 100 cells/);
    expect(preview.out).toContain('rho 0.015 is left of 0.015');
    const published = await noisy('0.01', '--save', saved);
    expect(published).toMatchObject({ code: 0, out: expect.stringContaining('rho 0.01 of the privacy budget') });
    const verified = await symbolon('anybody', 'verify', 'publication', saved, ...trusting());
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('off by up to 14 in 95 of 100 cells') });
    const dear = await noisy('0.01');
    expect(dear).toMatchObject({ code: 16, err: expect.stringContaining('which is rho 0.005') });
  });

  it('has the head of a publication to compare with what others saw', async () => {
    const saved = file('head.json');
    await symbolon('rapporteur', 'publish', 'picture', '--title', 'Head', '--by', 'year', '--save', saved);
    const looked = await symbolon('rapporteur', 'witness', '--against', saved);
    expect(looked).toMatchObject({ code: 0, out: expect.stringContaining(`one history with`) });
  });

  it('is told what it gave wrongly', async () => {
    await writeFile(file('no.json'), '{"format":"symbolon-published/1"}');
    for (const [argv, code] of [
      [['verify', 'publication', file('none.json'), ...trusting()], 2],
      [['verify', 'publication', file('hub.jwk'), ...trusting()], 7],
      [['verify', 'publication', file('no.json'), ...trusting()], 7],
      [['verify', 'alert', file('no.json'), ...trusting()], 2],
      [['verify', 'publication', file('no.json')], 2],
      [['publications', '--get', 'A'.repeat(43), '--hub', stage.hub.url], 2],
      [['publications', '--get', 'A'.repeat(43), '--save', file('x.json'), '--hub', stage.hub.url], 15],
      [['publications', '--get', '../oauth', '--save', file('x.json'), '--hub', stage.hub.url], 2],
    ] as const)
      expect([argv, (await symbolon('anybody', ...argv)).code]).toEqual([argv, code]);
  });
});

it.each([
  ['no table', ['--title', 'None']],
  ['tables and a set', ['--title', 'Both', '--by', 'year', '--set', 'eurostat']],
  ['no such dimension', ['--title', 'Other', '--by', 'shoe-size']],
  ['no such set', ['--title', 'Other', '--set', 'shoes']],
  ['too many tables', ['--title', 'Many', ...Array.from({ length: 17 }, () => ['--by', 'year']).flat()]],
  [
    'a condition beside the core with a set',
    ['--title', 'Set', '--set', 'ic-tip', '--where', 'control=control/debt-bondage'],
  ],
])('publishing %s is refused before anything is signed', async (_, argv) => {
  expect(await symbolon('rapporteur', 'publish', 'picture', ...argv)).toMatchObject({
    code: 2,
    err: expect.stringContaining('BAD_INPUT'),
  });
});
