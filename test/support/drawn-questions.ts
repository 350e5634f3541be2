import fc from 'fast-check';
import type { GraphqlAlertFilter } from '../../src/alerts/graphql-filter.js';
import { AGE_BANDS, CODES, COUNTRIES, IDENTIFICATIONS, INSTANTS, KINDS, STARTS } from './worlds.js';

/** What a reader asks of a list of alerts, in the spelling of the SDL. */
export interface DrawnQuestion {
  readonly filter: GraphqlAlertFilter;
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST';
  /** How many a page. */
  readonly size: number;
  /** Between which two places of the list a further page is asked for. */
  readonly window: readonly [after: number, before: number];
}

/** Laws that part on the drawn cases, and a variant. */
export const LAWS = ['NL', 'BE', 'RO', 'GB', 'DE', 'NL-273f-1-1'] as const;

/** Broader and narrower ones, one that only follows from another scheme, and some that nothing in a drawn world has. */
export const CONCEPTS = [
  ...['purpose/sexual-exploitation', 'purpose/prostitution', 'purpose/slavery', 'purpose/debt-bondage'],
  ...['act/recruitment', 'act/exchange-of-control', 'act/harbouring', 'means/coercion', 'means/threat', 'means/fraud'],
  ...['movement/across-border', 'age/under-18', 'age/under-21'],
] as const;

/** A condition that most questions do not set. */
function seldom<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 11, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: values });
}

/** Now and then of no value at all. */
function anyOf<T>(values: readonly T[], most = values.length): fc.Arbitrary<T[]> {
  const drawn = fc.subarray([...values], { minLength: 1, maxLength: most });
  return fc.oneof({ weight: 15, arbitrary: drawn }, { weight: 1, arbitrary: fc.constant<T[]>([]) });
}

const conditions = {
  kinds: seldom(anyOf(KINDS.map((kind) => kind.toUpperCase()))),
  concepts: seldom(anyOf(CONCEPTS, 2)),
  origin: seldom(anyOf(COUNTRIES, 2)),
  transit: seldom(anyOf(COUNTRIES, 2)),
  exploitation: seldom(anyOf(COUNTRIES, 2)),
  receivedFrom: seldom(fc.constantFrom(...INSTANTS)),
  receivedBefore: seldom(fc.constantFrom(...INSTANTS)),
  startedFrom: seldom(fc.constantFrom(...STARTS)),
  startedBefore: seldom(fc.constantFrom(...STARTS)),
  ageBands: seldom(anyOf(AGE_BANDS)),
  identification: seldom(anyOf(IDENTIFICATIONS, 2)),
  senders: seldom(anyOf([...CODES, 'zz-nobody'], 3)),
  verdict: seldom(
    fc.record({
      under: fc.constantFrom(...LAWS),
      anyOf: anyOf(['MET', 'NOT_MET', 'UNDETERMINED'] as const, 2),
    }),
  ),
};

/** The conditions that a filter may set, by name. */
export const CONDITIONS = Object.keys(conditions);

const question: fc.Arbitrary<DrawnQuestion> = fc.record({
  filter: fc.record(conditions),
  order: fc.constantFrom('NEWEST_FIRST', 'OLDEST_FIRST'),
  size: fc.constantFrom(1, 1, 2, 3),
  window: fc.tuple(fc.nat(5), fc.nat(5)),
});

/** A question for each member of a world. */
export const questions: fc.Arbitrary<readonly DrawnQuestion[]> = fc.tuple(...CODES.map(() => question));
