import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseConceptFile } from '../../src/protocol/definition/index.js';
import { mapTerm, parseCrosswalk } from '../../src/protocol/crosswalk/index.js';

const CONCEPTS = 'schema/ontology/concepts';
const CROSSWALKS = 'schema/ontology/crosswalks';

const labels = new Map(
  readdirSync(CONCEPTS)
    .flatMap((name) => parseConceptFile(readFileSync(`${CONCEPTS}/${name}`, 'utf8'), name))
    .map(({ id, label }) => [id, label['en']]),
);
const crosswalks = new Map(
  readdirSync(CROSSWALKS).map((name) => [
    name.replace('.sssom.tsv', ''),
    parseCrosswalk(readFileSync(`${CROSSWALKS}/${name}`, 'utf8'), name),
  ]),
);

function crosswalk(target: string) {
  const found = crosswalks.get(target);
  if (!found) throw new Error(`no crosswalk ${target}`);
  return found;
}

function terms(target: string): string[] {
  return [...crosswalk(target).rowsByTerm.keys()].map((id) => id.slice(id.indexOf(':') + 1));
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

const under = (field: string, values: string): string[] => words(values).map((value) => `${field}/${value}`);
const prefixed = (prefix: string, values: string): string[] => words(values).map((value) => prefix + value);

/** HTCDS 2.0, Field Definitions.md, section Methods Of Control: 17 fields. CTDC 2017 has the same list. */
const METHODS_17 = `DebtBondage TakesEarnings RestrictsFinancialAccess Threats PsychologicalAbuse PhysicalAbuse SexualAbuse
  FalsePromises PsychoactiveSubstances RestrictsMovement RestrictsMedicalCare ExcessiveWorkingHours UsesChildren
  ThreatOfLawEnforcement WithholdsNecessities WithholdsDocuments Other`;

const PLATFORMS =
  'Facebook Instagram WhatsApp Telegram FacebookMessenger Viber SnapChat Line 4Sale WeChat QQ QZone TikTok Twitter Other';
const REFERRAL_REASONS = 'AdditionalServicesRequired MigrationOrChangeOfLocation Other';

/** HTCDS 2.0, Field Standards sheet: every value of every picklist that is not an ISO code list. */
const HTCDS_PICKLISTS = [
  ...under(
    'org_Type',
    `NGO LawEnforcement HealthServiceOrganisation CentralGovernmentOrganisation LocalGovernmentOrganisation
     ImmigrationService LegalService CorporateBusiness SchoolOrCollege`,
  ),
  ...under(
    'prs_Gender',
    'Feminine Masculine TransgenderFeminine TransgenderMasculine NonConforming NonSpecifiedUnknown',
  ),
  ...under('prs_MaritalStatus', 'Single Married Widowed Divorced Separated RegisteredPartnership'),
  ...under(
    'prs_HighestLevelOfEducation',
    `EarlyChildhoodEducation PrimaryEducation LowerSecondaryEducation UpperSecondaryEducation
     PostSecondaryNonTertiaryEducation ShortCycleTertiaryEducation BachelorsOrEquivalentLevel MastersOrEquivalentLevel
     DoctoralOrEquivalentLevel`,
  ),
  ...under('vic_TraffickingStatus', 'PossibleVictimOfTrafficking ActualVictimOfTrafficking NotAVictimOfTrafficking'),
  ...under(
    'vic_TraffickingStatusDecisionMakingOrg',
    'Police NGO CourtOrProsecution NonPoliceGovernmentalOrganization Other',
  ),
  ...under('vic_RelationshipToTrafficker', 'Familial Acquainted Unaquainted'),
  ...under('vic_RecruitmentWebsitesAndApps', PLATFORMS),
  ...under(
    'vic_MethodOfRecruitment',
    `AtAPlaceOfBusiness AtAnEducationalInstitution AtWork ThroughOnlineSocialNetworks ThroughAnOnlineAdvertisement
     ThroughATelevisionAdvert ThroughANewspaperAdvert ThroughFamilyOrFamilyEvents ThroughFriendsOrSocialEvents Other`,
  ),
  ...under(
    'vic_MethodsOfControl',
    `PhysicalThreats ThreatsLawEnforcement ThreatensChildrenFamily DebtBondage FalsePromises PhysicalAbuse SexualAbuse
     TakesEarnings RestrictsFinancialAccess RestrictsMedicalCare WithholdsNecessities PsychologicalAbuse
     PsychoactiveSubstance ExcessiveWorkingHours WithholdsDocuments Other`,
  ),
  ...under(
    'vic_TypeOfExploitation',
    `ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude ForcedMilitaryByNonStateActors OrganRemoval
     ForcedBegging ForcedAdoption Surrogacy Other`,
  ),
  ...under(
    'vic_ForcedLabourIndustry',
    `A_AgricultureForestryAndFishing B_MiningAndQuarrying C_Manufacturing D_ElectricityGasSteamAndAirConditioningSupply
     E_WaterSupplySewerageWasteManagement F_Construction G_WholesaleAndRetailTradeRepairOfMotorVehicles
     H_TransportationAndStorage I_AccommodationAndFoodServiceActivities J_InformationAndCommunication
     K_FinancialAndInsuranceActivities L_RealEstateActivities M_ProfessionalScientificAndTechnicalActivities
     N_AdministrativeAndSupportServiceActivities O_PublicAdministrationAndDefence P_Education
     Q_HumanHealthAndSocialWorkActivities R_ArtsEntertainmentAndRecreation S_OtherServiceActivities
     T_ActivitiesOfHouseholdsAsEmployers U_ActivitiesOfExtraterritorialOrganizations`,
  ),
  ...under('vic_TypeOfSexExploitation', 'Prostitution Pornography RemoteInteractiveServices PrivateSexualServices'),
  ...under('vic_ExploitationWebsitesAndApps', PLATFORMS),
  ...under(
    'vic_Vulnerabilities',
    `Addiction SocialGroup Discrimination Poverty DisabilityAndPhysicalHealth MentalHealth Migration Homelessness
     AbuseSocialMedia AbusePhysical Education WorkEnvironment`,
  ),
  ...under(
    'per_RoleInProcess',
    `TravellingPartner Transporter RecruiterOrIntermediary BrokerTravelAgent TransferredIndividual HarbouredIndividual
     SoldIndividual BoughtIndividual ReceivedIndividual ControlledIndividual Smuggler Abuser Kidnapper Exploiter Other`,
  ),
  ...under('cas_Status', 'Active FollowUp Closed ClosedReferred'),
  ...under('cas_ReasonForIncomingReferral', REFERRAL_REASONS),
  ...under('cas_ReasonForOutgoingReferral', REFERRAL_REASONS),
  ...under('hte_Type', 'Recruitment Transit Exploitation'),
  ...under(
    'spl_Type',
    `Education Financial Health LabourExploitationRehabilitation Legal Livelihood RightsBasedTraining
     SexualExploitationRehabilitation SocialCare`,
  ),
];

const BANDS = '0--8 9--17 18--20 21--23 24--26 27--29 30--38 39--47 48+';

/** CTDC data dictionary 2017, sheet Main: every variable, with the values of its lookups Datasource, Age category, Age range 2. */
const CTDC_2017 = [
  ...words('yearOfRegistration citizenship CountryOfExploitation'),
  ...under('Datasource', 'Case_management Hotline'),
  ...under('gender', 'Female Male'),
  ...under('ageBroad', BANDS),
  ...under('majorityStatus', 'Adult Minor Unknown'),
  ...under('majorityStatusAtExploit', 'Adult Minor Unknown'),
  ...under('MajorityEntry', BANDS),
  ...prefixed('meansOfControl', `${METHODS_17} NotSpecified Concatenated`),
  ...words(`isForcedLabour isSexualExploit isOtherExploit isSexAndLabour isForcedMarriage isForcedMilitary isOrganRemoval
    typeOfExploitConcatenated isAbduction RecruiterRelationship`),
  ...prefixed(
    'typeOfLabour',
    `Agriculture Aquafarming Begging Construction DomesticWork Hospitality IllicitActivities Manufacturing MiningOrDrilling
     Peddling Transportation Other NotSpecified Concatenated`,
  ),
  ...prefixed('typeOfSex', 'Prostitution Pornography RemoteInteractiveServices PrivateSexualServices Concatenated'),
  ...prefixed('recruiterRelation', 'IntimatePartner Friend Family Other Unknown'),
];

/** CTDC global victim-perpetrator synthetic data, dictionary of 1 December 2022: 16 variables. */
const CTDC_2022 = [
  ...words('yearRegister isForcedLabour isSexualExploit UN_COO_Region UN_COE_Region'),
  ...under('gender', 'Female Male'),
  ...under('majorityStatus', 'Adult Minor'),
  ...prefixed(
    'IP_',
    'Exploiter Gender ageBroad citizen_UNRegion RecruiterBroker TransactionProcess ControlAbuseKidnap',
  ),
  ...under('IP_Relation', 'FamilyIntimatePartner FriendAcquaintance StrangerUnknownOther'),
  ...under('IP_PayMoney', 'Yes No'),
];

/** CTDC Global Synthetic Data codebook, version 2 (February 2024), section 5: 27 variables. */
const CTDC_2024 = [
  ...words('yearOfRegistration citizenship CountryOfExploitation'),
  ...under('gender', 'Man Woman Trans/Transgender/NonConforming'),
  ...under('ageBroad', BANDS),
  ...under('traffickMonths', '0--12 13--24 25+'),
  ...words(`meansDebtBondageEarnings meansThreats meansAbusePsyPhySex meansFalsePromises meansDrugsAlcohol
    meansDenyBasicNeeds meansExcessiveWorkHours meansWithholdDocs isForcedLabour isSexualExploit isOtherExploit`),
  ...prefixed('typeOfLabour', 'Agriculture Construction DomesticWork Hospitality'),
  ...words('typeOfSexProstitution typeOfSexPornography'),
  ...prefixed('recruiterRelation', 'IntimatePartner Friend Family Other'),
];

/** UNODC SHERLOC, Database of Legislation, as shown on the entry of the Nigerian Trafficking in Persons Act. */
const SHERLOC = [
  'Trafficking in persons (adults)',
  'Trafficking in children (under 18 years)',
  ...['Transportation', 'Recruitment/Hiring', 'Transfer', 'Harbouring', 'Receipt', 'Buying/Purchasing/Selling'],
  ...['Participating as an accomplice', 'Organizing and directing other persons'],
  ...['Threat of the use of force or of other forms of coercion', 'Abduction', 'Fraud', 'Deception'],
  'Abuse of power or a position of vulnerability',
  'Giving or receiving payments or benefits to achieve the consent of a person having control over another person',
  'Exploitation of the prostitution of others or other forms of sexual exploitation',
  ...['Forced labour or services', 'Slavery or practices similar to slavery', 'Servitude', 'Removal of organs'],
];

/** ILO Indicators of Forced Labour, 2012: eleven. */
const ILO = [
  ...['Abuse of vulnerability', 'Deception', 'Restriction of movement', 'Isolation', 'Physical and sexual violence'],
  ...['Intimidation and threats', 'Retention of identity documents', 'Withholding of wages', 'Debt bondage'],
  ...['Abusive working and living conditions', 'Excessive overtime'],
];

/** CTDC codebook 2024, appendix II. */
const MERGED_IN_2024: Readonly<Record<string, string>> = {
  meansDebtBondageEarnings: 'DebtBondage TakesEarnings',
  meansThreats: 'Threats UsesChildren ThreatOfLawEnforcement',
  meansAbusePsyPhySex: 'PsychologicalAbuse PhysicalAbuse SexualAbuse',
  meansFalsePromises: 'FalsePromises',
  meansDrugsAlcohol: 'PsychoactiveSubstances',
  meansDenyBasicNeeds: 'RestrictsFinancialAccess RestrictsMovement RestrictsMedicalCare WithholdsNecessities',
  meansExcessiveWorkHours: 'ExcessiveWorkingHours',
  meansWithholdDocs: 'WithholdsDocuments',
};

describe('the crosswalks', () => {
  it.each([...crosswalks])(
    '%s relates only concepts that exist, under the label that they have',
    (_target, { rows }) => {
      const wrong = rows.filter(({ subjectId, subjectLabel }) =>
        subjectId === null ? subjectLabel !== '' : labels.get(subjectId) !== subjectLabel,
      );
      expect(wrong).toEqual([]);
    },
  );

  it.each([
    ['ctdc-2017', CTDC_2017],
    ['ctdc-2022', CTDC_2022],
    ['ctdc-2024', CTDC_2024],
  ])('%s has a row for every term of that edition and for no other', (target, list) => {
    expect(terms(target).sort()).toEqual([...list].sort());
  });

  it('htcds-2.0 has a row for every picklist value and every defined method of control, and for no other', () => {
    const own = terms('htcds-2.0').filter((term) => !term.startsWith('LabourSubdivisionTier'));
    expect(own.sort()).toEqual([...HTCDS_PICKLISTS, ...prefixed('MethodsOfControl', METHODS_17)].sort());
  });

  it('htcds-2.0 has a row for each of the 48 labour subdivisions of tiers 2 and 3', () => {
    const tiers = terms('htcds-2.0').map((term) => /^LabourSubdivisionTier([23])\//.exec(term)?.[1]);
    expect(tiers.filter((tier) => tier === '2')).toHaveLength(40);
    expect(tiers.filter((tier) => tier === '3')).toHaveLength(8);
  });

  it.each([
    ['sherloc', SHERLOC],
    ['ilo-indicators', ILO],
  ])('%s has a row for every term by its label, and for no other', (target, list) => {
    const given = [...crosswalk(target).rowsByTerm.values()].map((rows) => rows[0]?.objectLabel);
    expect(given.sort()).toEqual([...list].sort());
  });

  it('together lead every method of control to HTCDS and back', () => {
    const methods = [...labels.keys()].filter((id) => id.startsWith('control/'));
    const reached = words(METHODS_17).flatMap(
      (method) => mapTerm(crosswalk('htcds-2.0'), `htcds:MethodsOfControl${method}`)?.present ?? [],
    );
    expect(reached.sort()).toEqual(methods.sort());
  });

  it.each(words(METHODS_17))('give the method %s the same concept in HTCDS and in CTDC 2017', (method) => {
    expect(mapTerm(crosswalk('ctdc-2017'), `ctdc2017:meansOfControl${method}`)?.present).toEqual(
      mapTerm(crosswalk('htcds-2.0'), `htcds:MethodsOfControl${method}`)?.present,
    );
  });

  it.each(Object.entries(MERGED_IN_2024))('merge into %s of 2024 what appendix II merges', (flag, methods) => {
    const before = words(methods).flatMap(
      (method) => mapTerm(crosswalk('ctdc-2017'), `ctdc2017:meansOfControl${method}`)?.present ?? [],
    );
    const mapping = mapTerm(crosswalk('ctdc-2024'), `ctdc2024:${flag}`);
    expect(before.length > 1 ? mapping?.oneOf : [mapping?.present]).toEqual([before]);
  });

  it('let the open picklist value Other of HTCDS stand for what the picklist cannot say', () => {
    expect(mapTerm(crosswalk('htcds-2.0'), 'htcds:vic_MethodsOfControl/Other')?.oneOf).toEqual([
      ['control/other', 'control/restricts-movement', 'control/uses-children', 'control/threats'],
    ]);
  });
});
