import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PictureCounter } from '../../../src/statistics/index.js';
import type { PictureAnswer, PictureQuestion } from '../../../src/member/documents/picture.js';
import type { AlertContent } from '../../../src/protocol/index.js';
import { asOwner } from '../../support/database.js';
import { suggestLink } from '../../support/suggestion.js';
import { PictureStage } from './picture-stage.js';

const THRESHOLD = 11;

let stage: PictureStage;
beforeAll(async () => {
  stage = await PictureStage.open();
});
afterAll(() => stage.close());

/** Alerts that are alike, of a year of their own, so that tests do not count each other's. */
function alike(many: number, year: string, change: Partial<AlertContent> = {}): Partial<AlertContent>[] {
  const episode = { origin: ['AL'], exploitation: ['NL'], start: year, ...change.episode };
  return Array.from({ length: many }, () => ({ ...change, episode }));
}

const inYear = (year: string) => ({ from: year, until: year });

describe('the picture', () => {
  it('shows nothing of fewer persons than the threshold, and says so', async () => {
    await stage.raise(stage.one, alike(10, '2001'));
    await stage.count();
    expect(await stage.picture(inYear('2001'))).toMatchObject({
      threshold: THRESHOLD,
      alerts: { count: null, fewerThan: THRESHOLD },
      persons: { count: null, fewerThan: THRESHOLD },
    });
    expect(await stage.numbers({ by: ['YEAR'] })).toEqual({});
  });

  it('counts exactly what is alike often enough, by all that it is', async () => {
    await stage.raise(stage.one, [
      ...alike(14, '2002'),
      ...alike(12, '2002', { person: { gender: 'person-gender/man' } }),
      ...alike(11, '2003', { facts: { present: ['act/transport', 'purpose/begging'] } }),
    ]);
    expect(await stage.count()).toBe(37);
    expect(await stage.numbers({ by: ['YEAR'] })).toEqual({ '2002': 26, '2003': 11 });
    expect(await stage.numbers({ by: ['YEAR', 'GENDER'], ...inYear('2002') })).toEqual({
      '2002 person-gender/man': 12,
      '2002 person-gender/woman': 14,
    });
    expect(await stage.numbers({ by: ['ORIGIN', 'EXPLOITATION'], ...inYear('2002') })).toEqual({ 'AL NL': 26 });
    expect(await stage.numbers({ by: ['EXPLOITATION_REGION'], ...inYear('2003') })).toEqual({ '150': 11, '155': 11 });
    expect(await stage.numbers({ by: ['PURPOSE'], ...inYear('2003') })).toMatchObject({ 'purpose/begging': 11 });
    expect(await stage.numbers({ by: ['CITIZENSHIP'], ...inYear('2002') })).toEqual({ AL: 14, UNKNOWN: 12 });
    expect(
      await stage.numbers({
        by: ['YEAR'],
        where: [{ dimension: 'GENDER', anyOf: ['person-gender/man'], unknown: false }],
      }),
    ).toEqual({ '2002': 12 });
  });

  it('counts what the alerts do not say when it is asked for, and never what is withheld', async () => {
    const [woman, man] = ['woman', 'man'].map((gender) => ({ person: { gender: `person-gender/${gender}` } }));
    await stage.raise(stage.one, [...alike(12, '2014', { person: {} }), ...alike(13, '2014', woman)]);
    // So few of each that of all of them the gender is withheld.
    await stage.raise(stage.one, [...alike(6, '2015', { person: {} }), ...alike(6, '2015', man)]);
    await stage.count();
    const of = (year: string, anyOf: readonly string[], unknown: boolean) =>
      stage.numbers({ by: ['GENDER'], where: [{ dimension: 'GENDER', anyOf, unknown }], ...inYear(year) });
    expect(await of('2014', [], true)).toEqual({ UNKNOWN: 12 });
    expect(await of('2014', ['person-gender/woman'], true)).toEqual({ 'person-gender/woman': 13, UNKNOWN: 12 });
    expect(await of('2014', ['person-gender/woman'], false)).toEqual({ 'person-gender/woman': 13 });
    expect(await stage.numbers({ by: ['GENDER'], ...inYear('2015') })).toEqual({ WITHHELD: 12 });
    expect(await of('2015', ['person-gender/man'], true)).toEqual({});
  });

  it('lists what is too small as rows or not, as it is asked', async () => {
    const document = `query ($fill: Boolean!) { picture(by: [GENDER], from: "2014", until: "2014", fill: $fill) {
      rows { keys { code state } alerts { count } } others { count fewerThan } } }`;
    const asked = async (fill: boolean) => {
      type Rows = Pick<PictureAnswer, 'rows' | 'others'>;
      const { picture } = await stage.rapporteur.query<{ picture: Rows }>(document, { fill });
      return picture;
    };
    const [filled, bare] = [await asked(true), await asked(false)];
    expect(filled.others).toBeNull();
    expect(filled.rows.some(({ alerts }) => alerts.count === null)).toBe(true);
    expect(bare).toEqual({
      rows: filled.rows.filter(({ alerts }) => alerts.count !== null),
      others: { count: null, fewerThan: THRESHOLD },
    });
  });

  it('judges under each law as the engine does, and says by which element they differ', async () => {
    await stage.raise(
      stage.one,
      alike(13, '2004', { facts: { present: ['act/recruitment', 'purpose/sexual-exploitation'] } }),
    );
    await stage.count();
    const picture = await stage.picture({ under: ['NL', 'BE'], ...inYear('2004') });
    const small = { count: null, fewerThan: THRESHOLD };
    expect(picture.verdicts).toEqual([
      { under: 'NL', met: small, notMet: small, undetermined: { count: 13, fewerThan: null }, withheld: small },
      { under: 'BE', met: { count: 13, fewerThan: null }, notMet: small, undetermined: small, withheld: small },
    ]);
    expect(picture.changes).toMatchObject([
      {
        a: 'NL',
        b: 'BE',
        verdictA: 'UNDETERMINED',
        verdictB: 'MET',
        alerts: { count: 13 },
        byElement: [{ kind: 'MEANS' }],
      },
    ]);
    expect(picture.asks[0]).toMatchObject({ under: 'NL', kind: 'MEANS', settles: { count: 13 } });
  });

  it('says the same of pieces that were judged beforehand as of those that are judged when asked for, on any day', async () => {
    const asked = { by: ['YEAR', 'PURPOSE'], under: ['NL', 'DE', 'BE', 'RO', 'BG', 'INT-PALERMO'] };
    for (const onDate of [null, '2020-06-01']) {
      const before = await stage.picture({ ...asked, onDate });
      expect(before.verdicts.some(({ undetermined }) => undetermined.count !== null)).toBe(true);
      while ((await stage.hub.app.get(PictureCounter).judge()) > 0);
      expect(await stage.picture({ ...asked, onDate })).toEqual(before);
    }
  });

  it('tells nobody who asks before and after that a single alert came, or went', async () => {
    const everything = async () => {
      const { asOf, ...numbers } = await stage.picture({ by: ['YEAR', 'GENDER'], under: ['NL'] });
      return [asOf, numbers];
    };
    const before = await everything();
    const [raised = ''] = await stage.raise(stage.one, alike(1, '2002'));
    expect(await stage.count()).toBe(0);
    expect(await everything()).toEqual(before);
    await stage.one.withdraw(raised, 'raised-in-error');
    await stage.count();
    expect(await everything()).toEqual(before);
  });

  it('lets no member find out what others raised by raising the rest of a number itself', async () => {
    await stage.raise(stage.other, alike(3, '2005'));
    await stage.raise(stage.one, alike(10, '2005'));
    await stage.count();
    expect(await stage.numbers({ by: ['YEAR'], ...inYear('2005') })).toEqual({});
    await stage.raise(stage.one, alike(20, '2005'));
    await stage.count();
    expect(await stage.numbers({ by: ['YEAR'], ...inYear('2005') })).toEqual({ '2005': 30 });
  });

  it('counts nothing against a consent, and nothing that does not address the asker for monitoring', async () => {
    const legalBasis = { ground: 'consent', consentScope: ['alert'] } as const;
    const handling = { purposes: ['protection', 'monitoring'], audience: { kinds: ['ngo'] }, code: 'H0' } as const;
    await stage.raise(stage.one, [...alike(12, '2006', { legalBasis }), ...alike(12, '2007', { handling })]);
    await stage.raise(stage.one, alike(12, '2008', { legalBasis: { ...legalBasis, consentScope: ['statistics'] } }));
    await stage.count();
    const asked = { by: ['YEAR'], from: '2006', until: '2008' };
    expect(await stage.numbers(asked)).toEqual({ '2008': 12 });
  });

  it('counts one’s own alerts exactly, by any dimensions together', async () => {
    await stage.raise(
      stage.one,
      alike(2, '2009', { facts: { present: ['control/debt-bondage', 'sector/construction'] } }),
    );
    const asked = { by: ['CONTROL', 'SECTOR'], ...inYear('2009'), scope: 'OWN' as const };
    const { rows, threshold } = await stage.picture(asked, stage.one);
    expect(threshold).toBe(1);
    const row = rows.find(
      ({ keys }) => keys[0]?.code === 'control/debt-bondage' && keys[1]?.code === 'sector/construction',
    );
    expect(row?.alerts).toEqual({ count: 2, fewerThan: null });
    expect((await stage.picture({ ...asked }, stage.rapporteur)).alerts).toEqual({ count: 0, fewerThan: null });
  });

  it('says how many were withdrawn since, when they are many enough', async () => {
    const raised = await stage.raise(stage.one, alike(40, '2010'));
    await stage.count();
    const withdraw = async (ids: readonly string[]) => {
      for (const id of ids) await stage.one.withdraw(id, 'not-a-victim');
      await stage.count();
      const { alerts, withdrawn } = await stage.picture(inYear('2010'));
      return [alerts.count, withdrawn?.count];
    };
    expect(await withdraw(raised.slice(0, 10))).toEqual([40, null]);
    expect(await withdraw(raised.slice(10, 21))).toEqual([40, 21]);
    // What is left would be few.
    expect(await withdraw(raised.slice(21, 35))).toEqual([40, 21]);
  });

  it('counts persons, not alerts, as far as confirmed links tell, and never a link', async () => {
    const earlier = await stage.raise(stage.one, alike(30, '2011'));
    const later = await stage.raise(stage.other, alike(30, '2012'));
    await stage.count();
    const link = async (pairs: readonly number[]) => {
      for (const at of pairs) {
        const id = await suggestLink(stage.hub.database.url, [
          ['ro-liaison', earlier[at] ?? ''],
          ['be-liaison', later[at] ?? ''],
        ]);
        await asOwner(
          stage.hub.database.url,
          "UPDATE link SET state = 'confirmed', recurrence = 'retrafficking' WHERE id = $1",
          [id.slice('link:'.length)],
        );
      }
      await stage.count();
      const { alerts, persons } = await stage.picture({ from: '2011', until: '2012' });
      return [alerts.count, persons?.count];
    };
    expect(await link([0, 1, 2])).toEqual([60, 60]);
    expect(await link([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])).toEqual([60, 44]);
    const told = async (question: Partial<PictureQuestion>) => {
      const { rows, persons } = await stage.picture({ from: '2011', until: '2012', ...question });
      return [persons, ...rows.map((row) => row.persons)].every((one) => one !== null);
    };
    // By means only what was counted first is parted, so that nobody could say whose persons they are.
    const force = [{ dimension: 'MEANS', anyOf: ['means/force'], unknown: false }];
    for (const question of [{ by: ['MEANS'] }, { by: ['CONTROL'] }, { where: force }, { scope: 'OWN' as const }])
      expect(await told(question)).toBe(false);
    for (const question of [{ by: ['YEAR'] }, { by: ['YEAR'], under: ['NL'] }]) expect(await told(question)).toBe(true);
    expect(await stage.numbers({ by: ['RECURRENCE', 'YEAR'], from: '2011', until: '2012' })).toEqual({
      'retrafficking 2012': 16,
    });
  });

  it('counts persons and patterns apart, and says beside the one how many there are of the other', async () => {
    const observed = { kind: 'pattern', person: undefined } as const;
    await stage.raise(stage.one, [...alike(15, '1994'), ...alike(12, '1994', observed)]);
    await stage.raise(stage.one, alike(11, '1995', { ...observed, facts: { present: ['means/deception'] } }));
    expect(await stage.count()).toBe(38);
    const both = { from: '1994', until: '1995' };
    const persons = await stage.picture({ ...both, by: ['YEAR'] });
    const patterns = await stage.picture({ ...both, by: ['YEAR'], about: 'PATTERN' });
    expect(persons).toMatchObject({ alerts: { count: 15 }, persons: { count: 15 }, patterns: { count: 23 } });
    expect(patterns).toMatchObject({
      alerts: { count: 23 },
      persons: null,
      patterns: null,
      withdrawn: { count: null },
    });
    expect([persons, patterns].map(({ rows }) => rows.map(({ alerts }) => alerts.count))).toEqual([[15], [12, 11]]);
    expect(patterns.caveat).toMatch(/about no person/);
    expect(await stage.numbers({ ...both, by: ['MEANS', 'YEAR'], about: 'PATTERN' })).toMatchObject({
      'means/deception 1994': 12,
      'means/deception 1995': 11,
    });
    expect(await stage.numbers({ ...both, by: ['KIND'] })).toEqual({ case: 15 });
    const { verdicts } = await stage.picture({ ...both, under: ['BE'], about: 'PATTERN' });
    expect(verdicts).toMatchObject([{ met: { count: 12 }, undetermined: { count: 11 } }]);
    const own = await stage.picture({ ...both, scope: 'OWN', about: 'PATTERN' }, stage.one);
    expect(own).toMatchObject({ alerts: { count: 23 }, persons: null });
  });

  it('is the same whoever counts, and however often', async () => {
    await stage.raise(stage.one, alike(25, '2013'));
    await stage.count();
    const counter = stage.hub.app.get(PictureCounter);
    const later = new Date(Date.now() + 30 * 3_600_000);
    expect(
      (await Promise.all([counter.count(later), counter.count(later), counter.count(later)])).reduce((a, b) => a + b),
    ).toBe(0);
    expect(await stage.numbers({ by: ['YEAR'], ...inYear('2013') })).toEqual({ '2013': 25 });
    // Each alert stands in one piece of the core and in one of each facet, and each piece counts those that stand in it.
    const wrong = await asOwner(
      stage.hub.database.url,
      `SELECT p.id FROM picture_piece p LEFT JOIN (
         SELECT piece, count(*)::int AS alerts FROM picture_counted c JOIN picture_class k ON k.id = c.class_id, unnest(k.pieces) piece GROUP BY piece
       ) m ON m.piece = p.id WHERE p.register = 'counted' AND p.alerts IS DISTINCT FROM m.alerts`,
    );
    expect(wrong).toEqual([]);
  });

  it('says nothing of what was withdrawn where some were erased since, so that none could be known to be among the others', async () => {
    const raised = await stage.raise(stage.one, alike(14, '1996'));
    await stage.count();
    const erased = raised.slice(0, 3).map((id) => id.replace(/^alert:/, ''));
    await asOwner(stage.hub.database.url, `DELETE FROM picture_counted WHERE alert_id = ANY ('{${erased.join(',')}}')`);
    for (const id of raised.slice(3)) await stage.one.withdraw(id, 'raised-in-error');
    await stage.count();
    expect(await stage.picture(inYear('1996'))).toMatchObject({ alerts: { count: 14 }, withdrawn: { count: null } });
    const others = await stage.raise(stage.one, alike(14, '1997'));
    await stage.count();
    for (const id of others) await stage.one.withdraw(id, 'raised-in-error');
    await stage.count();
    expect(await stage.picture(inYear('1997'))).toMatchObject({ alerts: { count: 14 }, withdrawn: { count: 14 } });
  });

  it('gives as many tables in one document as are answered at once, and no more', async () => {
    const numbers = 'met { count } notMet { count } undetermined { count } withheld { count }';
    const rows = `rows { keys { code label } alerts { count } persons { count } withdrawn { count } verdicts { ${numbers} } }`;
    const ask = (tables: number) =>
      stage.rapporteur.query<object>(
        `{ ${Array.from({ length: tables }, (_, at) => `t${at}: picture(by: [YEAR], under: ["NL"]) { ${rows} }`).join(' ')} }`,
        {},
      );
    expect(Object.keys(await ask(10))).toHaveLength(10);
    await expect(ask(11)).rejects.toMatchObject({ message: expect.stringContaining('TOO_COSTLY') });
  });

  it.each<[string, Partial<PictureQuestion>, string]>([
    ['four dimensions', { by: ['YEAR', 'ORIGIN', 'EXPLOITATION', 'GENDER'] }, 'ARGUMENT_INVALID'],
    ['the same dimension twice', { by: ['YEAR', 'YEAR'] }, 'ARGUMENT_INVALID'],
    ['a period that ends before it begins', { from: '2020', until: '2019' }, 'ARGUMENT_INVALID'],
    ['a period in the future', { from: '2090' }, 'ARGUMENT_INVALID'],
    ['a period by days', { from: '2020-01-02' }, 'ARGUMENT_INVALID'],
    [
      'a condition that nothing meets',
      { where: [{ dimension: 'GENDER', anyOf: [], unknown: false }] },
      'ARGUMENT_INVALID',
    ],
    ['a law that there is not', { under: ['QQ'] }, 'UNKNOWN_CODE'],
    ['a law before it was law', { under: ['BE'], onDate: '1900-01-01' }, 'LAW_NOT_IN_FORCE'],
    [
      'a concept that there is not',
      { where: [{ dimension: 'PURPOSE', anyOf: ['purpose/none-such'], unknown: true }] },
      'UNKNOWN_CODE',
    ],
    [
      'a concept of another scheme',
      { where: [{ dimension: 'PURPOSE', anyOf: ['means/force'], unknown: false }] },
      'UNKNOWN_CODE',
    ],
    ['a dimension of persons for patterns', { by: ['YEAR', 'AGE_BAND'], about: 'PATTERN' }, 'ARGUMENT_INVALID'],
    [
      'a condition on persons for patterns',
      { where: [{ dimension: 'GENDER', anyOf: ['person-gender/man'] }], about: 'PATTERN' },
      'ARGUMENT_INVALID',
    ],
    ['dimensions that are not counted together', { by: ['CONTROL', 'SECTOR'] }, 'NOT_COUNTED_TOGETHER'],
    ['verdicts by what they are not counted with', { by: ['SECTOR'], under: ['NL'] }, 'NOT_COUNTED_TOGETHER'],
  ])('refuses %s', async (_, question, code) => {
    await expect(stage.picture(question)).rejects.toMatchObject({ code });
  });
});
