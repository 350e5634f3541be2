import { describe, expect, it } from '@jest/globals';
import { ctdcMapper } from '../../../src/member/import/ctdc-mapper.js';
import { LossTally, type Loss } from '../../../src/member/import/loss-tally.js';
import { isFaults, type ProxyOptions, type RowContent, type RowFault } from '../../../src/member/import/row-mapping.js';

const PROXIES: ProxyOptions = { exploitationCountryIs: 'exploitation', ageIs: 'registration', yearIs: 'episode-start' };
// Headers are facts of the editions; every row below is made up.
const K_ANON = [
  'yearOfRegistration',
  'gender',
  'ageBroad',
  'citizenship',
  'isForcedLabour',
  'isSexualExploit',
  'CountryOfExploitation',
];
const K_ANON_MEANS = [
  ...K_ANON,
  'meansOfControlThreats',
  'recruiterRelationFriend',
  'isOtherExploit',
  'isForcedMarriage',
  'typeOfExploitConcatenated',
];
const PERPETRATOR = [
  'yearRegister',
  'gender',
  'majorityStatus',
  'isForcedLabour',
  'isSexualExploit',
  'UN_COO_Region',
  'UN_COE_Region',
  'IP_Relation',
  'IP_TransactionProcess',
  'IP_PayMoney',
];
const SYNTHETIC = [
  'yearOfRegistration',
  'gender',
  'ageBroad',
  'citizenship',
  'CountryOfExploitation',
  'traffickMonths',
  'meansThreats',
  'meansFalsePromises',
  'isForcedLabour',
  'isSexualExploit',
  'recruiterRelationFamily',
];

function read(
  header: string[],
  cells: Record<string, string>,
  proxies: Partial<ProxyOptions> = {},
): { said: RowContent | readonly RowFault[]; losses: readonly Loss[] } {
  const losses = new LossTally();
  const mapper = ctdcMapper(header, { ...PROXIES, ...proxies });
  const said = mapper.map({ line: 7, cells: header.map((column) => cells[column] ?? '') }, losses);
  return { said, losses: losses.list() };
}

function content(header: string[], cells: Record<string, string>, proxies: Partial<ProxyOptions> = {}): RowContent {
  const { said } = read(header, cells, proxies);
  if (isFaults(said)) throw new Error(JSON.stringify(said));
  return said;
}

describe('a row of a CTDC edition', () => {
  it('is read by the edition that its header shows', () => {
    expect(ctdcMapper(K_ANON, PROXIES).format).toContain('k-anonymised');
    expect(ctdcMapper(PERPETRATOR, PROXIES).format).toContain('December 2022');
    expect(ctdcMapper(SYNTHETIC, PROXIES).format).toContain('February 2024');
    expect(() => ctdcMapper(['name', 'age'], PROXIES)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('says what its columns say', () => {
    const cells = {
      yearOfRegistration: '2014',
      gender: 'Female',
      ageBroad: '9--17',
      citizenship: 'MD',
      isSexualExploit: '1.0',
      CountryOfExploitation: 'RU',
    };
    expect(content(K_ANON, cells)).toEqual({
      person: {
        ageBand: 'person-age-band/9-17',
        ageAsOf: 'registration',
        gender: 'person-gender/woman',
        citizenships: ['MD'],
      },
      episode: { exploitation: ['RU'], start: '2014' },
      facts: { present: ['purpose/sexual-exploitation'] },
    });
  });

  it.each(['', '-99', '-99.0', 'NULL', 'NaN', 'NA', '.', 'Unknown'])(
    'reads %j as missing wherever it stands but in a country',
    (missing) => {
      const cells = Object.fromEntries(
        K_ANON.filter((name) => !/citizenship|Country|year/.test(name)).map((name) => [name, missing]),
      );
      expect(content(K_ANON, cells)).toEqual({ person: {}, episode: {}, facts: {} });
    },
  );

  it.each(['0', '00', '', '-99', 'NULL'])('reads %j as an unknown country', (missing) => {
    expect(content(K_ANON, { citizenship: missing, CountryOfExploitation: missing })).toEqual({
      person: {},
      episode: {},
      facts: {},
    });
  });

  it('takes 0 for a recorded no where the edition has a value of its own for missing, and only there', () => {
    for (const zero of ['0', '0.0']) {
      expect(content(K_ANON, { isSexualExploit: zero }).facts).toEqual({ absent: ['purpose/sexual-exploitation'] });
    }
    expect(content(SYNTHETIC, { isSexualExploit: '0', meansFalsePromises: '0' }).facts).toEqual({});
    expect(content(PERPETRATOR, { isSexualExploit: '0' }).facts).toEqual({});
    expect(content(SYNTHETIC, { isSexualExploit: '' }).facts).toEqual({});
  });

  it('denies no more by a 0 than the relation of the crosswalk allows', () => {
    // Theirs leaves sexual services out of forced labour: its 0 leaves ours open.
    expect(content(K_ANON, { isForcedLabour: '0' }).facts).toEqual({});
    expect(content(K_ANON_MEANS, { meansOfControlThreats: '0' }).facts).toEqual({ absent: ['control/threats'] });
    // Not recruited by a friend is not "not recruited".
    expect(content(K_ANON_MEANS, { recruiterRelationFriend: '0' }).facts).toEqual({});
  });

  it('refuses a row whose flags contradict each other', () => {
    const { said } = read(K_ANON_MEANS, { isForcedMarriage: '1', isOtherExploit: '0' });
    expect(said).toEqual([expect.objectContaining({ line: 7, code: 'CONTRADICTORY_FACTS' })]);
  });

  it('reads Namibia in alpha-2, and NA as missing in alpha-3', () => {
    expect(content(K_ANON, { citizenship: 'NA', CountryOfExploitation: 'NA' })).toMatchObject({
      person: { citizenships: ['NA'] },
      episode: { exploitation: ['NA'] },
    });
    expect(content(SYNTHETIC, { citizenship: 'NAM', CountryOfExploitation: 'NA' })).toEqual({
      person: { citizenships: ['NA'] },
      episode: {},
      facts: {},
    });
  });

  it('reads alpha-2 and alpha-3, codes that were renamed, and reports countries that are no more', () => {
    expect(content(SYNTHETIC, { citizenship: 'ROU', CountryOfExploitation: 'NLD' })).toMatchObject({
      person: { citizenships: ['RO'] },
      episode: { exploitation: ['NL'] },
    });
    expect(content(K_ANON, { citizenship: 'ZR' }).person).toEqual({ citizenships: ['CD'] });
    expect(read(K_ANON, { citizenship: 'AN' }).losses).toEqual([
      expect.objectContaining({ column: 'citizenship', rows: 1 }),
    ]);
  });

  it('reads Female and Woman alike, and reports a gender that is coarser than ours', () => {
    expect(content(K_ANON, { gender: 'Male' }).person).toEqual({ gender: 'person-gender/man' });
    expect(content(SYNTHETIC, { gender: 'Man' }).person).toEqual({ gender: 'person-gender/man' });
    const trans = read(SYNTHETIC, { gender: 'Trans/Transgender/NonConforming' });
    expect(trans.said).toEqual({ person: {}, episode: {}, facts: {} });
    expect(trans.losses).toEqual([expect.objectContaining({ column: 'gender' })]);
  });

  it.each(['9--17', '09--17', '9-17', '9–17', '9—17', '09 -- 17'])('reads the age band %j', (band) => {
    expect(content(K_ANON, { ageBroad: band }).person).toEqual({
      ageBand: 'person-age-band/9-17',
      ageAsOf: 'registration',
    });
  });

  it('gives the age as that at registration unless told that it was that of the exploitation', () => {
    const adult = { ageBand: 'person-age-band/48-plus' };
    expect(content(K_ANON, { ageBroad: '48+' }).person).toEqual({ ...adult, ageAsOf: 'registration' });
    expect(content(K_ANON, { ageBroad: '48+' }, { ageIs: 'exploitation' }).person).toEqual({
      ...adult,
      ageAsOf: 'exploitation',
    });
    expect(content(PERPETRATOR, { majorityStatus: 'Minor' }).person).toEqual({
      ageBand: 'person-age-band/minor',
      ageAsOf: 'registration',
    });
  });

  it('reads values that are joined by a semicolon one by one', () => {
    const { losses } = read(PERPETRATOR, {
      IP_Relation: 'FriendAcquaintance;StrangerUnknownOther',
      IP_PayMoney: 'No;Yes',
    });
    expect(losses.map(({ column }) => column).sort()).toEqual([
      'IP_PayMoney',
      'IP_PayMoney',
      'IP_Relation',
      'IP_Relation',
    ]);
    expect(content(K_ANON, { citizenship: 'RO;BG' }).person).toEqual({ citizenships: ['RO', 'BG'] });
  });

  it('reports regions as a loss and lets the row through', () => {
    const { said, losses } = read(PERPETRATOR, { UN_COO_Region: 'Asia', UN_COE_Region: 'Europe', isForcedLabour: '1' });
    expect(said).toEqual({ person: {}, episode: {}, facts: { present: ['purpose/forced-labour'] } });
    expect(losses.map(({ column, why }) => [column, why])).toEqual([
      ['UN_COE_Region', 'a region is no country'],
      ['UN_COO_Region', 'a region is no country'],
    ]);
  });

  it('reports a range of years as a loss, and takes a single year', () => {
    expect(read(PERPETRATOR, { yearRegister: '2014-2018' })).toMatchObject({
      said: { episode: {} },
      losses: [{ column: 'yearRegister', rows: 1 }],
    });
    expect(content(PERPETRATOR, { yearRegister: '2019' }).episode).toEqual({ start: '2019' });
    expect(content(K_ANON, { yearOfRegistration: '2014.0' }).episode).toEqual({ start: '2014' });
    expect(content(K_ANON, { yearOfRegistration: '2014' }, { yearIs: 'registration' }).episode).toEqual({});
  });

  it('leaves the country of exploitation out when it is that of first identification', () => {
    const { said, losses } = read(
      K_ANON,
      { CountryOfExploitation: 'UA' },
      { exploitationCountryIs: 'first-identification' },
    );
    expect(said).toMatchObject({ episode: {} });
    expect(losses).toHaveLength(1);
  });

  it('says one of several where the edition merged several into one', () => {
    expect(content(SYNTHETIC, { meansThreats: '1' }).facts).toEqual({
      oneOf: [['control/threats', 'control/uses-children', 'control/threat-of-law-enforcement']],
    });
  });

  it('asserts no act and no means that the file does not state', () => {
    expect(content(K_ANON, { isForcedLabour: '1', isSexualExploit: '1' }).facts).toEqual({
      present: ['purpose/forced-labour', 'purpose/sexual-exploitation'],
    });
  });

  it('counts a column that the edition does not have, and does not read it', () => {
    const { said, losses } = read([...K_ANON, 'note'], { note: 'private words' });
    expect(said).toEqual({ person: {}, episode: {}, facts: {} });
    expect(losses).toEqual([{ column: 'note', term: null, why: 'a column that this edition does not have', rows: 1 }]);
    expect(JSON.stringify(losses)).not.toContain('private');
  });

  it.each([
    ['gender', 'Zoltan K.'],
    ['ageBroad', '17-Sep'],
    ['citizenship', 'QQ'],
    ['CountryOfExploitation', 'Netherlands'],
    ['yearOfRegistration', '1874'],
    ['isForcedLabour', '2'],
  ])('refuses a %s that the standard does not list, by line and column, and does not repeat it', (column, value) => {
    const { said, losses } = read(K_ANON, { [column]: value });
    expect(said).toEqual([expect.objectContaining({ line: 7, column, code: 'UNKNOWN_VALUE' })]);
    expect(JSON.stringify([said, losses])).not.toContain(value);
  });
});
