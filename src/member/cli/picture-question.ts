import { PICTURE_DIMENSIONS, type PictureQuestion } from '../documents/picture.js';
import { MemberError } from '../member-error.js';
import { oneOf } from './command.js';

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
    where: where.map(readCondition),
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

/** A condition, as `exploitation=NL+BE`. Throws `MemberError` BAD_INPUT. */
export function readCondition(text: string): { readonly dimension: string; readonly anyOf: readonly string[] } {
  const [dimension = '', codes = '', ...more] = text.split('=');
  if (codes === '' || more.length > 0)
    throw new MemberError('BAD_INPUT', '--where does not take that.', 'Write it as dimension=code+code.', ['--where']);
  return { dimension: dimensionOf(dimension, '--where'), anyOf: codes.split('+').map((code) => code.trim()) };
}

function dimensionOf(text: string, option: string): string {
  return oneOf(PICTURE_DIMENSIONS, text, option).toUpperCase().replaceAll('-', '_');
}
