import { type OntologyService, today } from '../../ontology/index.js';
import { Refusal } from '../../protocol/index.js';
import { type PictureDimension, placeOf } from '../picture/dimension.js';
import { assertAnswerable, type PictureRequest } from '../picture/picture-request.js';
import { periodOf, type SignalPeriod } from './period.js';

/** By what the series of each subject are told apart. */
const SUBJECTS = {
  CORRIDOR: ['ORIGIN', 'EXPLOITATION'],
  CITIZENSHIP_CORRIDOR: ['CITIZENSHIP', 'EXPLOITATION'],
  EXPLOITATION: ['EXPLOITATION'],
  PURPOSE: ['PURPOSE'],
  MEANS: ['MEANS'],
  CONTROL: ['CONTROL'],
  SECTOR: ['SECTOR'],
} as const satisfies Readonly<Record<string, readonly PictureDimension[]>>;

/** Of what series are made. */
export type SignalSubject = keyof typeof SUBJECTS;

/** What is asked of the signals. */
export interface SignalRequest {
  readonly of: readonly SignalSubject[];
  readonly against: 'OWN_PAST' | 'TOTAL';
  readonly time: 'COUNTED' | 'EPISODE';
  readonly period: SignalPeriod;
  /** A year or a month, or null. */
  readonly at: string | null;
  readonly past: number;
  readonly seasonal: boolean;
  readonly where: PictureRequest['where'];
  readonly about: PictureRequest['about'];
  readonly oldest: number;
  readonly rate: number;
}

const PAST = { least: 8, most: 60 };
const OLDEST = { least: 0, most: 50 };
const MOST_FALSE = 0.5;

/** The table of the picture from which the series of a subject are read: by its dimensions and, for the age of alerts or their period, by time. */
export function tableOf(subject: SignalSubject, { where, about, time, period }: SignalRequest): PictureRequest {
  return {
    by: [...SUBJECTS[subject], time === 'EPISODE' ? period : 'YEAR'],
    ...{ where, about, under: [], from: null, until: null, scope: 'SHARED', fill: false, onDate: today() },
  };
}

/** By what the series of a subject are told apart. */
export function dimensionsOf(subject: SignalSubject): readonly PictureDimension[] {
  return SUBJECTS[subject];
}

/** Checks a request, and gives the number of the period under question. `day` is today, ISO 8601. Throws `Refusal`: ARGUMENT_INVALID, UNKNOWN_CODE, NOT_COUNTED_TOGETHER. */
export function periodUnderQuestion(request: SignalRequest, ontology: OntologyService, day: string): number {
  const { of, past, oldest, rate } = request;
  if (of.length === 0 || new Set(of).size < of.length)
    throw invalid('The subjects are none, or one is there twice.', 'Name at least one, and each once.', 'of');
  assertWithin(past, PAST, 'past');
  assertWithin(oldest, OLDEST, 'oldest');
  if (!(rate > 0 && rate <= MOST_FALSE))
    throw invalid('The rate of false signals is out of range.', `Name one above 0 and at most ${MOST_FALSE}.`, 'rate');
  if (request.seasonal && request.period === 'YEAR')
    throw invalid('Years have no wave of the year.', 'Ask by quarters or months, or without a wave.', 'seasonal');
  assertConditions(request);
  for (const [at, subject] of of.entries()) {
    if (request.about === 'PATTERN' && dimensionsOf(subject).some((one) => placeOf(one).describesPerson))
      throw invalid('Patterns are about no person.', 'Leave this subject out, or ask about persons.', 'of', String(at));
    assertAnswerable(tableOf(subject, request), ontology, day);
  }
  return periodAt(request, day);
}

function periodAt({ at, period }: SignalRequest, day: string): number {
  const current = periodOf(day, period);
  if (at === null) return current - 1;
  if (at.length > 7 || (at.length < 7 && period !== 'YEAR'))
    throw invalid('This is no period of that length.', 'Name a month, or for years a year.', 'at');
  if (periodOf(at, period) >= current)
    throw invalid('The period is not over, and would be judged as if it were.', 'Name one that is over.', 'at');
  return periodOf(at, period);
}

/** Conditions beside the core would not be counted together with every subject. */
function assertConditions({ where }: SignalRequest): void {
  const at = where.findIndex(({ dimension }) => placeOf(dimension).core === undefined);
  if (at >= 0)
    throw new Refusal(
      'NOT_COUNTED_TOGETHER',
      'This condition is not counted together with what signals are looked for in.',
      'Name conditions on time, origin, exploitation, purpose, gender or age band.',
      ['where', String(at)],
    );
}

function assertWithin(value: number, { least, most }: typeof PAST, argument: string): void {
  if (value < least || value > most)
    throw invalid('The number is out of range.', `Name one from ${least} to ${most}.`, argument);
}

function invalid(message: string, remedy: string, ...path: readonly string[]): Refusal {
  return new Refusal('ARGUMENT_INVALID', message, remedy, path);
}
