import type { PictureConditionInput } from '../../protocol/picture/index.js';
import { PICTURE_DIMENSIONS, type PictureQuestion } from '../documents/picture.js';
import { MemberError } from '../member-error.js';
import { oneOf } from './command.js';

/** No code of any dimension. */
const UNKNOWN = 'unknown';

/** What the counted alerts may be about, as the command line spells it. */
export const PICTURE_ABOUT = ['person', 'pattern'] as const;

/** The options of `symbolon picture` that say what is asked. */
export interface QuestionOptions {
  readonly by?: readonly string[];
  readonly under?: readonly string[];
  readonly where?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly own?: true;
  readonly about?: string;
  readonly on?: string;
  readonly language: string;
}

/** What the options ask. Throws `MemberError` BAD_INPUT. */
export function readQuestion({
  by = [],
  under = [],
  where = [],
  from,
  until,
  own,
  about = 'person',
  on,
  language,
}: QuestionOptions): PictureQuestion {
  return {
    by: by.map((one) => dimensionOf(one, '--by')),
    under,
    where: where.map((one) => readCondition(one)),
    from: from ?? null,
    until: until ?? null,
    scope: own ? 'OWN' : 'SHARED',
    about: readAbout(about),
    onDate: on ?? null,
    language,
  };
}

/** What the alerts are about. Throws `MemberError` BAD_INPUT. */
export function readAbout(text: string): 'PERSON' | 'PATTERN' {
  return oneOf(PICTURE_ABOUT, text, '--about') === 'pattern' ? 'PATTERN' : 'PERSON';
}

/** Reads `gender=person-gender/man+unknown` of an option. Throws `MemberError` BAD_INPUT. */
export function readCondition(text: string, option = '--where'): PictureConditionInput {
  const [dimension = '', given = '', ...more] = text.split('=');
  if (given === '' || more.length > 0)
    throw new MemberError(
      'BAD_INPUT',
      `${option} does not take that.`,
      `Write it as dimension=code+code; ${UNKNOWN} is what the alerts do not say.`,
      [option],
    );
  const codes = given.split('+').map((code) => code.trim());
  return {
    dimension: dimensionOf(dimension, option),
    anyOf: codes.filter((code) => code !== UNKNOWN),
    unknown: codes.includes(UNKNOWN),
  };
}

function dimensionOf(text: string, option: string): string {
  return oneOf(PICTURE_DIMENSIONS, text, option).toUpperCase().replaceAll('-', '_');
}
