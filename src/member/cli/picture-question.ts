import { PICTURE_DIMENSIONS, type PictureQuestion } from '../documents/picture.js';
import { MemberError } from '../member-error.js';
import { oneOf } from './command.js';

/** The options of `symbolon picture` that say what is asked. */
export interface QuestionOptions {
  readonly by?: readonly string[];
  readonly under?: readonly string[];
  readonly where?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly own?: true;
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
    onDate: on ?? null,
    language,
  };
}

/** Reads `dimension=code+code` of an option. Throws `MemberError` BAD_INPUT. */
export function readCondition(
  text: string,
  option = '--where',
): { readonly dimension: string; readonly anyOf: readonly string[] } {
  const [dimension = '', codes = '', ...more] = text.split('=');
  if (codes === '' || more.length > 0)
    throw new MemberError('BAD_INPUT', `${option} does not take that.`, 'Write it as dimension=code+code.', [option]);
  return { dimension: dimensionOf(dimension, option), anyOf: codes.split('+').map((code) => code.trim()) };
}

function dimensionOf(text: string, option: string): string {
  return oneOf(PICTURE_DIMENSIONS, text, option).toUpperCase().replaceAll('-', '_');
}
