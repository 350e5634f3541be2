import { describe, expect, it } from '@jest/globals';
import { htcdsMapper } from '../../../src/member/import/htcds-mapper.js';
import { LossTally, type Loss } from '../../../src/member/import/loss-tally.js';
import { isFaults, type RowContent, type RowFault } from '../../../src/member/import/row-mapping.js';

function read(cells: Readonly<Record<string, string>>): {
  said: RowContent | readonly RowFault[];
  losses: readonly Loss[];
} {
  const header = Object.keys(cells);
  const losses = new LossTally();
  const said = htcdsMapper(header).map({ line: 3, cells: Object.values(cells) }, losses);
  return { said, losses: losses.list() };
}

function content(cells: Readonly<Record<string, string>>): RowContent {
  const { said } = read(cells);
  if (isFaults(said)) throw new Error(JSON.stringify(said));
  return said;
}

describe('a row of an HTCDS sheet', () => {
  it('says what its columns say, found by field name or by label', () => {
    const facts = { present: ['control/debt-bondage', 'control/false-promises', 'purpose/forced-labour'] };
    const person = {
      ageBand: 'person-age-band/24-26',
      ageAsOf: 'exploitation',
      gender: 'person-gender/woman',
      citizenships: ['RO', 'BG'],
    };
    const byName = {
      prs_Gender: 'Feminine',
      prs_Citizenship: 'RO;BGR',
      vic_AgeWhenTrafficked: '25',
      vic_MethodsOfControl: 'DebtBondage;FalsePromises',
      vic_TypeOfExploitation: 'ForcedLabour',
    };
    const byLabel = {
      Gender: 'Feminine',
      Citizenship: 'RO;BG',
      'Age when Trafficked': '25',
      'Methods of Control': 'Debt bondage; False promises',
      'Type of Exploitation': 'Forced labour',
    };
    const bare = {
      Gender: 'feminine',
      Citizenship: 'RO;BG',
      AgeWhenTrafficked: '25',
      MethodsOfControl: 'DebtBondage;FalsePromises',
      TypeOfExploitation: 'Forced Labour',
    };
    for (const cells of [byName, byLabel, bare]) expect(content(cells)).toEqual({ person, episode: {}, facts });
  });

  it('reads both lists of methods of control, which contradict each other, to the same concepts', () => {
    const flags = content({
      MethodsOfControlThreatOfLawEnforcement: 'TRUE',
      MethodsOfControlPsychoactiveSubstances: '1',
      MethodsOfControlRestrictsMovement: 'Yes',
    });
    const picklist = content({ vic_MethodsOfControl: 'ThreatsLawEnforcement;PsychoactiveSubstance' });
    expect(flags.facts.present).toEqual([
      'control/threat-of-law-enforcement',
      'control/psychoactive-substances',
      'control/restricts-movement',
    ]);
    expect(picklist.facts.present).toEqual(['control/threat-of-law-enforcement', 'control/psychoactive-substances']);
  });

  it('does not take an untouched box for a no', () => {
    expect(content({ MethodsOfControlThreats: 'FALSE', MethodsOfControlDebtBondage: '0' }).facts).toEqual({});
  });

  it('reads a value whose label holds a semicolon itself', () => {
    const industry = 'Wholesale and retail trade; repair of motor vehicles and motorcycles';
    const code = content({ vic_ForcedLabourIndustry: 'G_WholesaleAndRetailTradeRepairOfMotorVehicles' });
    expect(content({ 'Forced Labour Industry': industry })).toEqual(code);
    expect(code.facts.present).toContain('sector/trade-and-vehicle-repair');
  });

  it('reads the status with the kind of body that decided', () => {
    const cells = {
      vic_TraffickingStatus: 'Actual victim of trafficking',
      vic_TraffickingStatusDecisionMakingOrg: 'Court or prosecution',
    };
    expect(content(cells).identification).toEqual({
      status: 'identification/identified',
      decidedBy: 'court-or-prosecution',
    });
  });

  it('asserts the age limits that a known age is under', () => {
    expect(content({ vic_AgeWhenTrafficked: '13' })).toMatchObject({
      person: { ageBand: 'person-age-band/9-17' },
      facts: { present: ['age/under-14', 'age/under-16'] },
    });
  });

  it('reads a trafficking event by its type', () => {
    const event = (type: string): RowContent =>
      content({ vic_TypeOfExploitation: 'ForcedLabour', hte_Country: 'AL', hte_Type: type, hte_Date: '2024-03-11' });
    expect(event('Recruitment').episode).toEqual({ origin: ['AL'] });
    expect(event('Transit').episode).toEqual({ transit: ['AL'] });
    expect(event('Exploitation').episode).toEqual({ exploitation: ['AL'], start: '2024-03' });
  });

  it('does not read who the person is, and says in how many rows that was left out', () => {
    const cells = {
      vic_TypeOfExploitation: 'ForcedLabour',
      prs_FirstName: 'Mira',
      'Second Name': 'K.',
      prs_Birthdate: '2001-02-03',
      cco_CaseComment: 'She said',
    };
    const { said, losses } = read(cells);
    expect(JSON.stringify([said, losses])).not.toMatch(/Mira|2001|She said/);
    expect(losses.map(({ column }) => column).sort()).toEqual([
      'Second Name',
      'cco_CaseComment',
      'prs_Birthdate',
      'prs_FirstName',
    ]);
  });

  it.each([
    ['prs_Gender', 'Mira'],
    ['vic_MethodsOfControl', 'DebtBondage;Charm'],
    ['vic_AgeWhenTrafficked', 'young'],
    ['prs_Citizenship', 'Albanian'],
    ['MethodsOfControlThreats', 'perhaps'],
  ])('refuses a %s that the standard does not list and does not repeat it', (column, value) => {
    const { said } = read({ vic_TypeOfExploitation: 'ForcedLabour', [column]: value });
    expect(said).toEqual([expect.objectContaining({ line: 3, column, code: 'UNKNOWN_VALUE' })]);
    expect(JSON.stringify(said)).not.toMatch(/Mira|Charm|young|Albanian|perhaps/);
  });

  it('is no row of a sheet that is not HTCDS', () => {
    expect(() => htcdsMapper(['id', 'colour'])).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});
