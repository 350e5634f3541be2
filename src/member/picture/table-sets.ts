/** A table of a set: the picture by these dimensions. */
export interface SetTable {
  /** Of its files. */
  readonly name: string;
  readonly title: string;
  /** What the standard counts there; here it is alerts, and where there is a column persons at most so many persons. */
  readonly unit: 'victims' | 'events' | 'reporting entities';
  /** The breakdown of the standard that it mirrors, in words, and where it differs. */
  readonly mirrors: string;
  readonly by: readonly string[];
}

/** Tables in the shape of a standard, and what of it the picture does not have. */
export interface TableSet {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly tables: readonly SetTable[];
  readonly notAvailable: readonly { readonly what: string; readonly why: string }[];
}

const NO_OFFENDERS = 'Alerts are about victims; nothing is recorded about who exploited them.';
const NO_PERSONS = {
  what: 'persons beside what is not counted with the core',
  why: 'Where a table has no column persons, it counts alerts; several may be about one person.',
};
const COUNTRY = 'The reporting country of the standard is the country of exploitation here, which is another thing.';

/** Breakdowns as the reference metadata of crim_thb and Eurostat’s working papers on trafficking in human beings name them. */
const EUROSTAT: TableSet = {
  name: 'eurostat',
  title: 'In the shape of Eurostat’s tables on trafficking in human beings (crim_thb)',
  about: `Eurostat publishes persons that national authorities registered. ${COUNTRY} The codes are those of schema/picture/EXPORTS.md, not Eurostat’s.`,
  tables: [
    {
      ...{ name: 'victims-by-sex', title: 'Alerts by sex', unit: 'victims', by: ['YEAR', 'EXPLOITATION', 'GENDER'] },
      mirrors: 'registered victims by sex; gender as recorded stands for sex',
    },
    {
      ...{ name: 'victims-by-age', title: 'Alerts by age', unit: 'victims', by: ['YEAR', 'EXPLOITATION', 'AGE_BAND'] },
      mirrors: 'registered victims by age; minor and adult are concepts that count the narrower bands',
    },
    {
      ...{ name: 'victims-by-sex-and-age', title: 'Alerts by sex and age', unit: 'victims' },
      ...{
        by: ['YEAR', 'GENDER', 'AGE_BAND'],
        mirrors: 'registered victims by sex and age, of all countries together',
      },
    },
    {
      ...{ name: 'victims-by-citizenship', title: 'Alerts by citizenship', unit: 'victims' },
      by: ['YEAR', 'EXPLOITATION', 'CITIZENSHIP'],
      mirrors: 'victims by citizenship (reporting country, other EU country, non-EU country); here by country',
    },
    {
      ...{ name: 'victims-by-form', title: 'Alerts by form of exploitation', unit: 'victims' },
      by: ['YEAR', 'EXPLOITATION', 'PURPOSE'],
      mirrors: 'victims by form of exploitation (sexual, forced labour, other); here by each purpose',
    },
    {
      ...{ name: 'victims-by-form-and-sex', title: 'Alerts by form of exploitation and sex', unit: 'victims' },
      ...{
        by: ['YEAR', 'PURPOSE', 'GENDER'],
        mirrors: 'victims by form of exploitation and sex, of all countries together',
      },
    },
    {
      ...{ name: 'victims-by-identification', title: 'Alerts by identification status', unit: 'victims' },
      by: ['YEAR', 'EXPLOITATION', 'IDENTIFICATION'],
      mirrors: 'registered victims as identified or presumed',
    },
  ],
  notAvailable: [
    { what: 'suspected traffickers, by sex, citizenship and form of exploitation', why: NO_OFFENDERS },
    { what: 'prosecuted traffickers, by sex, citizenship and form of exploitation', why: NO_OFFENDERS },
    { what: 'convicted traffickers, by sex, citizenship and form of exploitation', why: NO_OFFENDERS },
    { what: 'rates per inhabitants', why: 'Identified cases are not prevalence, and populations are not known here.' },
    NO_PERSONS,
    {
      what: 'registering authority',
      why: 'An alert’s sender is of a kind (see the set ic-tip), which is no registry.',
    },
  ],
};

/** The units of the classification are public; its codes are not known to us. */
const IC_TIP: TableSet = {
  name: 'ic-tip',
  title: 'By the units of the International Classification for Administrative Data on Trafficking in Persons (IC-TIP)',
  about:
    'IC-TIP was endorsed by the UN Statistical Commission in 2025 (its working draft was called ICS-TIP). Its codes are not public to us and none is invented: ictip is null in each table, a slot to be filled.',
  tables: [
    {
      ...{ name: 'victims-by-sex', title: 'Alerts by sex', unit: 'victims', by: ['YEAR', 'GENDER'] },
      mirrors: 'victims by sex; gender as recorded stands for it',
    },
    {
      ...{ name: 'victims-by-age', title: 'Alerts by age', unit: 'victims', by: ['YEAR', 'AGE_BAND'] },
      mirrors: 'victims by age',
    },
    {
      ...{
        name: 'victims-by-sex-and-age',
        title: 'Alerts by sex and age',
        unit: 'victims',
        by: ['GENDER', 'AGE_BAND'],
      },
      mirrors: 'victims by sex and age, of all years together',
    },
    {
      ...{
        name: 'victims-by-citizenship',
        title: 'Alerts by citizenship',
        unit: 'victims',
        by: ['YEAR', 'CITIZENSHIP'],
      },
      mirrors: 'victims by citizenship',
    },
    {
      ...{ name: 'victims-by-form', title: 'Alerts by form of exploitation', unit: 'victims', by: ['YEAR', 'PURPOSE'] },
      mirrors: 'victims by form of exploitation',
    },
    {
      ...{ name: 'victims-by-identification', title: 'Alerts by identification status', unit: 'victims' },
      ...{ by: ['YEAR', 'IDENTIFICATION'], mirrors: 'victims by identification status' },
    },
    {
      ...{ name: 'events-by-exploitation', title: 'Alerts by country of exploitation', unit: 'events' },
      ...{ by: ['YEAR', 'EXPLOITATION'], mirrors: 'events by place of exploitation; one alert is about one episode' },
    },
    {
      ...{ name: 'events-by-origin', title: 'Alerts by country of origin', unit: 'events', by: ['YEAR', 'ORIGIN'] },
      mirrors: 'events by place of origin',
    },
    {
      ...{ name: 'events-by-transit', title: 'Alerts by country of transit', unit: 'events', by: ['YEAR', 'TRANSIT'] },
      mirrors: 'events by place of transit',
    },
    {
      ...{ name: 'events-by-route', title: 'Alerts by country of origin and of exploitation', unit: 'events' },
      ...{ by: ['ORIGIN', 'EXPLOITATION'], mirrors: 'events by route, of all years together' },
    },
    {
      ...{ name: 'events-by-means', title: 'Alerts by means', unit: 'events', by: ['YEAR', 'MEANS'] },
      mirrors: 'events by means',
    },
    {
      ...{ name: 'events-by-control', title: 'Alerts by method of control', unit: 'events', by: ['YEAR', 'CONTROL'] },
      mirrors: 'events by method of control',
    },
    {
      ...{ name: 'events-by-sector', title: 'Alerts by sector', unit: 'events', by: ['YEAR', 'SECTOR'] },
      mirrors: 'events by sector of the exploitation',
    },
    {
      ...{
        name: 'reporting-entities',
        title: 'Alerts by kind of the reporting organisation',
        unit: 'reporting entities',
      },
      ...{
        by: ['YEAR', 'SENDER_KIND'],
        mirrors: 'reporting entities by kind; the number is of alerts, not of organisations',
      },
    },
  ],
  notAvailable: [
    { what: 'perpetrators, by any characteristic', why: NO_OFFENDERS },
    { what: 'criminal proceedings', why: NO_OFFENDERS },
    NO_PERSONS,
  ],
};

/** The sets by their names. */
export const TABLE_SETS: ReadonlyMap<string, TableSet> = new Map([EUROSTAT, IC_TIP].map((set) => [set.name, set]));
