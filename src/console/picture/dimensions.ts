/** By what can be broken down beside map, corridors and years, as the schema spells it. */
export const BREAKDOWNS = [
  ...(['PURPOSE', 'GENDER', 'AGE_BAND', 'MEANS', 'CONTROL', 'SECTOR', 'KIND', 'SENDER_KIND'] as const),
  ...(['IDENTIFICATION', 'PROTECTION', 'ORIGIN_REGION', 'EXPLOITATION_REGION', 'CITIZENSHIP_REGION'] as const),
  ...(['TRANSIT', 'TRANSIT_REGION', 'RECURRENCE', 'TIME_TO_FLAG', 'TIME_TO_RETRAFFICKING'] as const),
] as const;

/** All dimensions of the picture. */
export const DIMENSIONS = [
  ...(['YEAR', 'QUARTER', 'MONTH', 'EXPLOITATION', 'ORIGIN', 'CITIZENSHIP'] as const),
  ...BREAKDOWNS,
] as const;

const OF_PERSONS: ReadonlySet<string> = new Set([
  ...['GENDER', 'AGE_BAND', 'CITIZENSHIP', 'CITIZENSHIP_REGION', 'IDENTIFICATION', 'PROTECTION'],
  ...['RECURRENCE', 'TIME_TO_FLAG', 'TIME_TO_RETRAFFICKING'],
]);

/** Whether a dimension describes a person, so that patterns do not have it. */
export function isOfPersons(dimension: string): boolean {
  return OF_PERSONS.has(dimension);
}
