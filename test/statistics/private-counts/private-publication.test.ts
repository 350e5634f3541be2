import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Principal } from '../../../src/graphql/index.js';
import type { ActingSeat } from '../../../src/member/index.js';
import { sendPublicationAsked, signPublicationAsked } from '../../../src/member/publish-picture.js';
import type { AlertContent, Json } from '../../../src/protocol/index.js';
import { epsilonOf } from '../../../src/protocol/privacy/index.js';
import { verifyPublication } from '../../../src/protocol/publication/index.js';
import { verifyNoise } from '../../../src/protocol/publication/verify-noise.js';
import { PublicationService } from '../../../src/statistics/publication/publication.service.js';
import { publishAtCost } from '../../support/costly-publication.js';
import { asOwner } from '../../support/database.js';
import { testHub } from '../../support/hub.js';
import { logOf } from '../publication/publication-stage.js';
import { askedOf, LARGEST_BUDGET, PrivateStage } from './private-stage.js';

let stage: PrivateStage;
beforeAll(async () => {
  stage = await PrivateStage.open();
});
afterAll(() => stage.close());

/** An alert of a year of its own, so that tests do not count each other's. */
function ofYear(year: string, change: Partial<AlertContent> = {}): Partial<AlertContent> {
  return { ...change, episode: { origin: ['AL'], exploitation: ['NL'], start: year, ...change.episode } };
}

/** The officer as the hub knows it, for asking a node that has another address than the hub. */
async function principalOf({ member, officer, role, key }: ActingSeat): Promise<Principal> {
  const { memberKind, country, mandate } = {
    memberKind: 'rapporteur',
    country: 'NL',
    mandate: ['monitoring'],
  } as const;
  const expiresAt = new Date(Date.now() + 60_000);
  return { member, memberKind, country, mandate, officer, kid: key.kid, role, purpose: 'monitoring', expiresAt };
}

const inYear = (year: string) => ({ from: year, until: year });
const purposes = (...present: string[]) => ({ facts: { present: ['act/recruitment', ...present] } });

describe('publications with noise', () => {
  it('are refused as long as no budget is set, before anything is counted', async () => {
    await expect(stage.publish([{ by: ['GENDER'] }])).rejects.toMatchObject({
      code: 'PRIVACY_NOT_BUDGETED',
      path: ['statement', 'events', 'https://w3id.org/symbolon/events/publication-asked', 'method', 'name'],
      remedy: expect.stringContaining('disclosure --budget'),
    });
    await stage.budget(LARGEST_BUDGET);
  });

  it('count persons of alerts in force that may be published, and no others', async () => {
    const { picture } = stage;
    const handling = { purposes: ['protection', 'monitoring'], audience: { everyone: true }, code: 'H0' } as const;
    const consent = { ground: 'consent', consentScope: ['alert'] } as const;
    const [, gone = ''] = await picture.raise(picture.one, [
      ofYear('2001'),
      ofYear('2001'),
      ofYear('2001', { handling: { ...handling, audience: { kinds: ['rapporteur'] } } }),
      ofYear('2001', { handling: { ...handling, code: 'H2' } }),
      ofYear('2001', { legalBasis: consent }),
      ofYear('2001', { legalBasis: { ...consent, consentScope: ['alert', 'statistics'] } }),
      ofYear('2001', { kind: 'pattern', person: undefined }),
    ]);
    expect(await stage.counted({ by: ['YEAR'], ...inYear('2001') })).toEqual({ '2001': 3 });
    await picture.one.withdraw(gone, 'raised-in-error');
    expect(await stage.counted({ by: ['YEAR'], ...inYear('2001') })).toEqual({ '2001': 2 });
  });

  it('count a person of several linked alerts once, as far as the bound says', async () => {
    const { picture } = stage;
    const [first = '', alone = ''] = await picture.raise(picture.one, [ofYear('2002'), ofYear('2002')]);
    const [second = ''] = await picture.raise(picture.other, [ofYear('2003')]);
    const table = { by: ['YEAR'], from: '2002', until: '2003' };
    expect(await stage.counted(table)).toEqual({ '2002': 2, '2003': 1 });
    await stage.join(first, second);
    const once = await stage.counted(table);
    expect(once['2002'] ?? 0).toBeGreaterThanOrEqual(1);
    expect(Object.values(once).reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(await stage.counted(table)).toEqual(once); // the same lot each time
    expect(await stage.counted(table, { combinations: 2 })).toEqual({ '2002': 2, '2003': 1 });
    expect(alone).not.toBe('');
  });

  it('count each purpose with those above it, and the verdict as a further dimension', async () => {
    const { picture } = stage;
    await picture.raise(picture.one, [
      ofYear('2004', purposes('purpose/pornography')),
      ofYear('2004', purposes('purpose/begging')),
      ofYear('2004', purposes('purpose/organ-removal')),
    ]);
    const codes = [{ dimension: 'PURPOSE', anyOf: ['purpose/pornography', 'purpose/sexual-exploitation'] }];
    const table = { by: ['PURPOSE'], under: ['BE'], ...inYear('2004') };
    expect(await stage.counted(table, { codes })).toEqual({
      'purpose/pornography MET': 1,
      'purpose/sexual-exploitation MET': 1,
      'OTHER MET': 2,
    });
  });

  it('break down by any dimensions together, with unknown and other where there can be', async () => {
    const { picture } = stage;
    await picture.raise(picture.one, [
      ofYear('2005', { episode: { exploitation: ['NL'], start: '2005' } }),
      ofYear('2005', { episode: { exploitation: ['FR'], start: '2005' }, person: {} }),
      ofYear('2005', { episode: { exploitation: [], start: '2005-03' } }),
    ]);
    const codes = [{ dimension: 'EXPLOITATION', anyOf: ['NL', 'DE'] }];
    const table = { by: ['EXPLOITATION', 'CITIZENSHIP_REGION', 'SENDER_KIND'], ...inYear('2005') };
    const region = [{ dimension: 'CITIZENSHIP_REGION', anyOf: ['150'] }];
    expect(await stage.counted(table, { codes: [...codes, ...region] })).toEqual({
      'NL 150 liaison': 1,
      'OTHER UNKNOWN liaison': 1,
      'UNKNOWN 150 liaison': 1,
    });
  });

  it.each([
    ['countries that are not declared', { by: ['ORIGIN'] }, {}, 'ARGUMENT_INVALID'],
    ['periods that are not declared', { by: ['YEAR'] }, {}, 'ARGUMENT_INVALID'],
    ['two laws', { under: ['NL', 'BE'] }, {}, 'ARGUMENT_INVALID'],
    ['how episodes stand to each other', { by: ['RECURRENCE'] }, {}, 'ARGUMENT_INVALID'],
    ['a condition on that', { where: [{ dimension: 'RECURRENCE', anyOf: ['x'] }] }, {}, 'ARGUMENT_INVALID'],
    [
      'more cells than are published',
      { by: ['MONTH', 'PURPOSE', 'GENDER'], from: '1950', until: '2020' },
      {},
      'ARGUMENT_INVALID',
    ],
    [
      'a code that there is not',
      { by: ['ORIGIN'] },
      { codes: [{ dimension: 'ORIGIN', anyOf: ['XX'] }] },
      'UNKNOWN_CODE',
    ],
    [
      'codes of a dimension that no table has',
      {},
      { codes: [{ dimension: 'ORIGIN', anyOf: ['NL'] }] },
      'ARGUMENT_INVALID',
    ],
    ['more combinations than may be', {}, { combinations: 21 }, 'SCHEMA_INVALID'],
    ['a cost of nothing', {}, { rhoMicro: 0 }, 'SCHEMA_INVALID'],
  ])('are refused for %s', async (_, table, method, code) => {
    const before = await stage.spent();
    await expect(stage.publish([table], method)).rejects.toMatchObject({ code, remedy: expect.stringMatching(/./) });
    expect(await stage.spent()).toBe(before);
  });

  it('have the same cells whoever is counted, and as many numbers', async () => {
    const { picture } = stage;
    const table = { by: ['YEAR', 'GENDER'], under: ['NL'], from: '2006', until: '2008' };
    const [without] = await stage.datasets(await stage.publish([table], { rhoMicro: 1_000 }));
    const [hers = ''] = await picture.raise(picture.one, [ofYear('2007')]);
    const [withHer] = await stage.datasets(await stage.publish([table], { rhoMicro: 1_000 }));
    for (const part of ['label', 'note', 'id', 'size', 'role', 'dimension', 'extension'] as const)
      expect(withHer?.[part]).toEqual(without?.[part]);
    expect(withHer?.value).toHaveLength(without?.value.length ?? NaN);
    expect(withHer?.value).toHaveLength((withHer?.size ?? []).reduce((product, one) => product * one, 1));
    await picture.one.withdraw(hers, 'raised-in-error');
  });

  it('state what they cost, how wide the noise is and what is promised, all whole numbers', async () => {
    const hash = await stage.publish([{ by: ['GENDER'] }, {}], { rhoMicro: 20_001, combinations: 2 });
    const { document } = await stage.fetched(hash);
    expect(document.rule.method).toEqual({ name: 'differential-privacy', rhoMicro: 20_001, combinations: 2 });
    expect(document.rule.figures).toEqual({
      rhoMicro: 20_001,
      combinationsPerPerson: 2,
      epsilonMilli: expect.any(Number),
    });
    expect(document.counts).toContain('persons');
    const [byGender, whole] = await stage.datasets(hash);
    // σ² = 2 / (2 · 0.01) = 100
    expect(byGender?.extension.noise).toEqual({
      ...{ rhoMicro: 10_000, combinationsPerPerson: 2, cellsPerPerson: 2, halfWidth95: 20 },
      ...{ variance: { numerator: 100, denominator: 1 }, epsilonMilli: expect.any(Number), delta: '1e-9' },
    });
    expect(whole?.value).toHaveLength(1);
    expect(byGender?.note).toContainEqual(expect.stringContaining('off by up to 20 in 95 of 100 cells'));
    const { publications } = await stage.picture.rapporteur.query<{
      publications: { edges: { node: { hash: string; method: string; rhoMicro: number | null } }[] };
    }>('{ publications(first: 1) { edges { node { hash method rhoMicro } } } }');
    expect(publications.edges).toEqual([{ node: { hash, method: 'DIFFERENTIAL_PRIVACY', rhoMicro: 20_001 } }]);
  });
});

describe('whoever verifies a publication with noise', () => {
  const table = { by: ['YEAR', 'EXPLOITATION'], under: ['NL'], from: '2019', until: '2021' };
  const codes = [{ dimension: 'EXPLOITATION', anyOf: ['NL', 'DE'] }];

  it('needs nothing but the key of the hub, and computes again what is stated', async () => {
    const hash = await stage.publish([table, {}], { rhoMicro: 20_000, codes });
    const { fields } = await stage.fetched(hash);
    const proven = await verifyPublication(fields, logOf(stage.picture));
    expect(proven).toMatchObject({ hash, tables: 2, noise: { rhoMicro: 20_000 } });
    expect(proven.noise?.tables).toEqual([
      { cells: 36, halfWidth95: 14 },
      { cells: 1, halfWidth95: 14 },
    ]);
  });

  it('finds the document in the form that the schema gives', async () => {
    const { fields } = await stage.fetched(await stage.publish([table], { rhoMicro: 10_000, codes }));
    const schema = JSON.parse(readFileSync('schema/publication/publication.schema.json', 'utf8')) as object;
    const fits = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
    expect([fits(fields), fits.errors]).toEqual([true, null]);
  });

  it('finds what does not follow from cost, bounds and domain, though the hub had signed it', async () => {
    const { document } = await stage.fetched(await stage.publish([table], { rhoMicro: 10_000, codes }));
    const text = JSON.stringify(document);
    const changed = (from: string, to: string): Json => {
      const other = text.replace(from, to);
      expect(other).not.toBe(text);
      return JSON.parse(other) as Json;
    };
    expect(verifyNoise(JSON.parse(text) as Json)).toMatchObject({ rhoMicro: 10_000 });
    for (const document of [
      changed('"halfWidth95":14', '"halfWidth95":13'),
      changed('"numerator":50', '"numerator":49'),
      changed('"cellsPerPerson":1', '"cellsPerPerson":2'),
      changed('"combinationsPerPerson":1', '"combinationsPerPerson":2'),
      changed('"value":[', '"value":[0,'),
      changed('"value":[', '"value":[0.5,'),
      changed('"index":["NL","DE",', '"index":["DE","NL",'),
      changed('"rhoMicro":10000', '"rhoMicro":9999'),
      changed('"noise":{', '"noises":{'),
      changed('"method":{', '"methods":{'),
    ])
      expect(() => verifyNoise(document)).toThrow(expect.objectContaining({ code: 'WRONG_ENTRY' }));
  });
});

describe('the budget', () => {
  const left = async (): Promise<number> => {
    const asked = '{ privacyBudget { rhoMicro spent left } }';
    const { privacyBudget } = await stage.picture.rapporteur.query<{
      privacyBudget: { rhoMicro: number; spent: number; left: number };
    }>(asked);
    expect(privacyBudget.spent).toBe(await stage.spent());
    expect(privacyBudget.left).toBe(privacyBudget.rhoMicro - privacyBudget.spent);
    return privacyBudget.left;
  };

  it('is spent once for the same statement, which is answered with the same publication', async () => {
    const { rapporteur } = stage.picture;
    const statement = await signPublicationAsked(askedOf([{ by: ['GENDER'] }], { rhoMicro: 1_000 }), rapporteur);
    const before = await left();
    const answers = [
      ...(await Promise.all([1, 2].map(() => sendPublicationAsked(rapporteur, statement)))),
      await sendPublicationAsked(rapporteur, statement),
    ];
    expect(new Set(answers.map(({ publication }) => publication.hash)).size).toBe(1);
    expect(answers.map(({ repeated }) => repeated).sort()).toEqual([false, true, true]);
    expect(await left()).toBe(before - 1_000);
  });

  it('is not spent by what did not come to be, and the statement can be sent again', async () => {
    const { rapporteur } = stage.picture;
    const statement = await signPublicationAsked(askedOf([{ by: ['GENDER'] }], { rhoMicro: 1_000 }), rapporteur);
    const before = await left();
    await asOwner(
      stage.url,
      `CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crashed'; END $$;
       CREATE CONSTRAINT TRIGGER crash AFTER INSERT ON publication DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash()`,
    );
    await expect(sendPublicationAsked(rapporteur, statement)).rejects.toMatchObject({ code: 'HUB_FAILED' });
    await asOwner(stage.url, 'DROP TRIGGER crash ON publication; DROP FUNCTION crash()');
    expect(await left()).toBe(before);
    expect((await sendPublicationAsked(rapporteur, statement)).repeated).toBe(false);
    expect(await left()).toBe(before - 1_000);
  });

  it('is never overspent by two nodes at once, and who comes too late is told what is left', async () => {
    const { hub, rapporteur } = stage.picture;
    const second = await testHub({
      ...{ database: hub.database, folder: hub.folder, url: hub.url },
      environment: { PICTURE_QUIET_SECONDS: '80000' },
    });
    await stage.budget((await stage.spent()) + 2_500);
    const statements = await Promise.all(
      [1, 2, 3, 4].map(() => signPublicationAsked(askedOf([{ by: ['GENDER'] }], { rhoMicro: 1_000 }), rapporteur)),
    );
    const sender = await principalOf(rapporteur.seat);
    const nodes = [hub, second].map(({ app }) => app.get(PublicationService));
    const outcomes = await Promise.allSettled(
      statements.flatMap((statement, at) => nodes[at % 2]?.publish(sender, statement) ?? []),
    );
    await second.stop();
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toHaveLength(2);
    for (const one of refused)
      expect(one).toMatchObject({ code: 'PRIVACY_BUDGET_EXCEEDED', message: expect.stringContaining('rho 0.0005') });
    expect(await left()).toBe(500);
  });

  it('is held by the database itself, however many write at once', async () => {
    await stage.budget((await stage.spent()) + 3_000);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => publishAtCost(stage.url, 1_000)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await stage.spent()).toBeLessThanOrEqual(LARGEST_BUDGET);
    expect(await left()).toBe(0);
  });
});

describe('the preview of noise', () => {
  it('says how wide it would be, from what is declared alone, and costs nothing', async () => {
    const asked = `{ previewNoise(
      tables: [{ by: [YEAR, EXPLOITATION], under: ["NL"], from: "2015", until: "2024" }, { by: [AGE_BAND] }], rhoMicro: 20000,
      codes: [{ dimension: EXPLOITATION, anyOf: ["NL", "BE", "DE"] }]) { epsilon delta tables { cells cellsPerPerson halfWidth95 } } }`;
    const before = await stage.spent();
    const { previewNoise } = await stage.picture.rapporteur.query<{
      previewNoise: {
        epsilon: number;
        delta: number;
        tables: { cells: number; cellsPerPerson: number; halfWidth95: number }[];
      };
    }>(asked);
    // 10 years, 3 countries with unknown and other, 3 verdicts; σ² = 1 / (2 · 0.01) = 50
    expect(previewNoise.tables[0]).toEqual({ cells: 150, cellsPerPerson: 1, halfWidth95: 14 });
    expect(previewNoise.delta).toBe(1e-9);
    expect(previewNoise.epsilon).toBe(epsilonOf(20_000, 1e-9));
    expect(await stage.spent()).toBe(before);
  });
});
