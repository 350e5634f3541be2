import type { Facet } from '../disclosure/counted-class.js';
import { isCountryCode, Refusal } from '../../protocol/index.js';
import type { OntologyService } from '../../ontology/index.js';
import { type PictureDimension, placeOf } from './dimension.js';
import { isRegion } from './regions.js';

const MOST_DIMENSIONS = 3;
const MOST_CONDITIONS = 5;
const MOST_CODES = 50;
const MOST_LAWS = 8;
const PERIOD = /^(19|20)\d\d(-(0[1-9]|1[0-2])|-Q[1-4])?$/;
const PLAIN = /^[a-z0-9/-]{1,80}$/;

/** A condition on what is counted. */
export interface PictureCondition {
  readonly dimension: PictureDimension;
  readonly anyOf: readonly string[];
  /** Whether what the alerts do not say is meant, too. */
  readonly unknown: boolean;
}

/** What is asked of the picture. */
export interface PictureRequest {
  readonly by: readonly PictureDimension[];
  readonly under: readonly string[];
  readonly where: readonly PictureCondition[];
  /** A year or a month, or null. */
  readonly from: string | null;
  readonly until: string | null;
  readonly scope: 'SHARED' | 'OWN';
  readonly about: 'PERSON' | 'PATTERN';
  /** Whether combinations of which nothing is shown are rows, too. */
  readonly fill: boolean;
  /** ISO 8601. */
  readonly onDate: string;
}

/** Checks a request as far as it can be without the data. Throws `Refusal`: ARGUMENT_INVALID, UNKNOWN_CODE, LAW_NOT_IN_FORCE, NOT_COUNTED_TOGETHER. */
export function assertAnswerable(request: PictureRequest, ontology: OntologyService, today: string): void {
  const { by, where, under, onDate } = request;
  if (by.length > MOST_DIMENSIONS || new Set(by).size < by.length)
    throw invalid(
      'The dimensions are too many, or one is there twice.',
      `Name at most ${MOST_DIMENSIONS} different ones.`,
      ['by'],
    );
  if (where.length > MOST_CONDITIONS)
    throw invalid('The conditions are too many.', `Name at most ${MOST_CONDITIONS}.`, ['where']);
  for (const [at, condition] of where.entries()) assertCondition(condition, ontology, ['where', String(at), 'anyOf']);
  assertPeriod(request, today);
  assertFitsPatterns(request);
  if (under.length > 0) ontology.assertLaws(under, 'under', MOST_LAWS);
  for (const [at, law] of under.entries())
    if (ontology.variantsOf(law, onDate).length === 0)
      throw new Refusal(
        'LAW_NOT_IN_FORCE',
        'No variant of this law that counts as trafficking is in force on the date.',
        'Name another date with onDate, or one of the law’s variants; the query laws says when each is in force.',
        ['under', String(at)],
      );
  if (request.scope === 'OWN' && facetsOf(request).includes('recurrence'))
    throw invalid('How episodes stand to each other is counted of all only.', 'See your own links, one by one.', [
      'by',
    ]);
  if (request.scope === 'SHARED' && facetsOf(request).length > 1)
    throw new Refusal(
      'NOT_COUNTED_TOGETHER',
      'These dimensions are not counted together: put together they would show few persons.',
      'Ask for one at a time of what stands beside the core (means with verdicts, control, sector, kind, sender, identification, protection, citizenship, transit, times), or of your own alerts only.',
      ['by'],
    );
}

/** A pattern is about no person, and would only be counted as unknown there. */
function assertFitsPatterns({ about, by, where }: PictureRequest): void {
  if (about === 'PERSON') return;
  for (const [argument, dimensions] of [
    ['by', by],
    ['where', where.map(({ dimension }) => dimension)],
  ] as const) {
    const at = dimensions.findIndex((dimension) => placeOf(dimension).describesPerson);
    if (at >= 0)
      throw invalid('Patterns are about no person.', 'Leave this dimension out, or ask about persons.', [
        argument,
        String(at),
      ]);
  }
}

/** What a request needs beside the core. */
export function facetsOf({ by, where, under }: PictureRequest): Facet[] {
  const asked = [...by, ...where.map(({ dimension }) => dimension)].flatMap((one) => placeOf(one).facet ?? []);
  return [...new Set<Facet>([...asked, ...(under.length > 0 ? (['law'] as const) : [])])];
}

function assertCondition(
  { dimension, anyOf, unknown }: PictureCondition,
  ontology: OntologyService,
  path: readonly string[],
): void {
  if ((anyOf.length === 0 && !unknown) || anyOf.length > MOST_CODES)
    throw invalid('The number of codes is out of range.', `Name 1 to ${MOST_CODES}, or what is unknown.`, path);
  const wrong = anyOf.findIndex((code) => !isCodeOf(dimension, code, ontology));
  if (wrong >= 0)
    throw new Refusal(
      'UNKNOWN_CODE',
      'There is no such code in this dimension.',
      'The schema says which codes it has.',
      [...path, String(wrong)],
    );
}

/** Whether a dimension has such a code. */
export function isCodeOf(dimension: PictureDimension, code: string, ontology: OntologyService): boolean {
  const { codes } = placeOf(dimension);
  switch (codes) {
    case 'country':
      return isCountryCode(code);
    case 'region':
      return isRegion(code);
    case 'period':
      return PERIOD.test(code);
    case 'plain':
      return PLAIN.test(code);
    default:
      return ontology.findConcept(code)?.scheme === codes.scheme;
  }
}

function assertPeriod({ from, until }: PictureRequest, today: string): void {
  for (const [argument, date] of [
    ['from', from],
    ['until', until],
  ] as const)
    if (date !== null && date.length > 7)
      throw invalid('A period is counted by year or month.', 'Name a year or a month.', [argument]);
  if (from !== null && until !== null && from.slice(0, until.length) > until.slice(0, from.length))
    throw invalid('The period ends before it begins.', 'Name an end that is not before the beginning.', ['until']);
  if (from !== null && from > today.slice(0, from.length))
    throw invalid('The period begins in the future.', 'Name a beginning that has been.', ['from']);
}

function invalid(message: string, remedy: string, path: readonly string[]): Refusal {
  return new Refusal('ARGUMENT_INVALID', message, remedy, path);
}
