import { type AskedTable, MOST_PUBLISHED_TABLES } from '../../protocol/publication/index.js';
import type { PictureQuestion } from '../documents/picture.js';
import { MemberError } from '../member-error.js';
import { isOfTheCore, questionOf } from '../picture/set-questions.js';
import { TABLE_SETS } from '../picture/table-sets.js';
import { oneOf } from './command.js';
import { readQuestion } from './picture-question.js';

/** The options of `symbolon publish picture` that say what is published. */
export interface RequestOptions {
  /** Dimensions of each table, with commas between them. */
  readonly by?: readonly string[];
  readonly set?: string;
  readonly under?: readonly string[];
  readonly where?: readonly string[];
  readonly from?: string;
  readonly until?: string;
}

/** The tables that the options ask for. Throws `MemberError` BAD_INPUT. */
export function readTables({ by = [], set, ...rest }: RequestOptions): readonly AskedTable[] {
  if ((set === undefined) === (by.length === 0))
    throw refused('Which tables is not said.', 'Name them with --by, once for each, or a set with --set.', '--by');
  const asked = readQuestion({ ...rest, language: 'en' });
  if (asked.where.some(({ unknown }) => unknown))
    throw refused(
      'A publication has conditions on codes alone.',
      'Name codes; break down by the dimension to show what is unknown.',
      '--where',
    );
  const tables =
    set === undefined
      ? by.map((dimensions) => asTable({ ...asked, by: readQuestion({ by: split(dimensions), language: 'en' }).by }))
      : tablesOfSet(set, asked);
  if (tables.length <= MOST_PUBLISHED_TABLES) return tables;
  throw refused('The tables are too many.', `Name at most ${MOST_PUBLISHED_TABLES}.`, '--by');
}

function tablesOfSet(name: string, asked: PictureQuestion): readonly AskedTable[] {
  const set = TABLE_SETS.get(oneOf([...TABLE_SETS.keys()], name, '--set'));
  if (asked.where.some(({ dimension }) => !isOfTheCore(dimension)))
    throw refused(
      'Some of the tables are not counted together with this condition.',
      'Name a condition on time, origin, exploitation, purpose, gender or age band.',
      '--where',
    );
  return (set?.tables ?? []).map((one) => asTable(questionOf(one, asked)));
}

/** What restricts nothing is left out of the statement. */
function asTable({ by, under, where, from, until }: PictureQuestion): AskedTable {
  return {
    ...(by.length > 0 ? { by } : {}),
    ...(under.length > 0 ? { under } : {}),
    ...(where.length > 0 ? { where: where.map(({ dimension, anyOf }) => ({ dimension, anyOf })) } : {}),
    ...(from === null ? {} : { from }),
    ...(until === null ? {} : { until }),
  };
}

function split(dimensions: string): readonly string[] {
  return dimensions
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function refused(message: string, remedy: string, option: string): MemberError {
  return new MemberError('BAD_INPUT', message, remedy, [option]);
}
