/** What a dimension of the picture is, for whoever reads an exported table. */
export interface DimensionWords {
  /** As a title has it. */
  readonly title: string;
  /** What statistical formats ask of it. */
  readonly role: 'time' | 'geo' | 'other';
  /** Whose codes it has. */
  readonly codes: string;
}

const ISO = 'ISO 3166-1 alpha-2';
const M49 = 'UN M49';
const time = (title: string): DimensionWords => ({ title, role: 'time', codes: 'ISO 8601' });
const country = (title: string): DimensionWords => ({ title, role: 'geo', codes: ISO });
const region = (title: string): DimensionWords => ({ title, role: 'geo', codes: M49 });
const concepts = (title: string, scheme: string): DimensionWords => ({
  title,
  role: 'other',
  codes: `Symbolon ontology, scheme ${scheme}`,
});
const own = (title: string): DimensionWords => ({ title, role: 'other', codes: 'Symbolon protocol' });

const WORDS: ReadonlyMap<string, DimensionWords> = new Map([
  ['MONTH', time('month in which the episode started')],
  ['QUARTER', time('quarter in which the episode started')],
  ['YEAR', time('year in which the episode started')],
  ['ORIGIN', country('country of origin')],
  ['ORIGIN_REGION', region('region of origin')],
  ['EXPLOITATION', country('country of exploitation')],
  ['EXPLOITATION_REGION', region('region of exploitation')],
  ['PURPOSE', concepts('purpose of exploitation', 'purpose')],
  ['GENDER', concepts('gender', 'person-gender')],
  ['AGE_BAND', concepts('age band', 'person-age-band')],
  ['MEANS', concepts('means', 'means')],
  ['CONTROL', concepts('method of control', 'control')],
  ['SECTOR', concepts('sector', 'sector')],
  ['KIND', own('kind of alert')],
  ['SENDER_KIND', own('kind of the reporting organisation')],
  ['IDENTIFICATION', concepts('identification status', 'identification')],
  ['PROTECTION', concepts('protection regime', 'protection')],
  ['CITIZENSHIP', country('citizenship')],
  ['CITIZENSHIP_REGION', region('region of citizenship')],
  ['TRANSIT', country('country of transit')],
  ['TRANSIT_REGION', region('region of transit')],
  ['TIME_TO_FLAG', own('time from the return to the alert')],
  ['TIME_TO_RETRAFFICKING', own('time from the exit of one episode to the beginning of the next')],
]);

/** What a dimension is, by its name in the schema (`AGE_BAND`). */
export function wordsOf(dimension: string): DimensionWords {
  return WORDS.get(dimension) ?? own(dimension.toLowerCase().replaceAll('_', ' '));
}

/** A dimension as columns and cubes name it: `age_band`. */
export function columnOf(dimension: string): string {
  return dimension.toLowerCase();
}
