import { PICTURE_TABLE, type PictureTableAnswer } from '../documents/picture.js';
import { MemberError } from '../member-error.js';
import { assertNewFolder, writeNewFolder } from '../files/new-folder.js';
import { type AnsweredTable, setIndex, type SetIndex } from '../picture/set-index.js';
import { isOfTheCore, questionOf } from '../picture/set-questions.js';
import { fileNameOf, filesOf, TABLE_FORMATS } from '../picture/table-formats.js';
import { TABLE_SETS } from '../picture/table-sets.js';
import { oneOf } from './command.js';
import type { FileOptions } from './picture-files.js';
import { type QuestionOptions, readQuestion } from './picture-question.js';
import { startProgress } from './progress.js';
import type { Session } from './session.js';
import { table } from './table.js';

/** The options of `symbolon picture --set`. */
export interface SetOptions extends QuestionOptions, FileOptions {
  readonly set?: string;
  readonly out?: string;
  readonly format?: string;
}

const INDEX = 'index.json';
const NAMES = [...TABLE_SETS.keys()];

/** Asks the tables of a set one by one, and writes them with their index into a new folder, all or none. */
export async function writeSet(session: Session, options: SetOptions): Promise<void> {
  const set = TABLE_SETS.get(oneOf(NAMES, options.set ?? '', '--set'));
  const format = oneOf(TABLE_FORMATS, options.format ?? 'csv', '--format');
  const folder = options.out;
  if (!set || folder === undefined) throw refused('A set has many files.', 'Name a new folder with --out.', '--out');
  assertFitsSets(options);
  const asked = readQuestion(options);
  if (asked.under.length > 1) throw refused('A set is judged under one law.', 'Name one with --under.', '--under');
  if (asked.where.some(({ dimension }) => !isOfTheCore(dimension)))
    throw refused(
      'Some of the tables are not counted together with this condition.',
      'Name a condition on time, origin, exploitation, purpose, gender or age band.',
      '--where',
    );
  await assertNewFolder(folder);
  const client = await session.connect('monitoring');
  const progress = startProgress(session, set.tables.length, 'tables');
  const answered: AnsweredTable[] = [];
  try {
    for (const one of set.tables) {
      const question = questionOf(one, asked);
      const { picture } = await client.query<{ picture: PictureTableAnswer }>(PICTURE_TABLE, { ...question });
      const files = filesOf(format, fileNameOf(one.name, format), question, picture);
      answered.push({ table: one, question, answer: picture, files });
      progress.update(answered.length);
    }
  } finally {
    progress.stop();
  }
  const index = setIndex(set, asked.under[0] ?? null, answered);
  await writeNewFolder(folder, bytesOf(answered, index));
  session.print.result({ folder, ...index }, () => indexText(folder, index));
}

function bytesOf(answered: readonly AnsweredTable[], index: SetIndex): ReadonlyMap<string, Uint8Array> {
  const texts = answered.flatMap(({ files }) => files.map(({ name, text }) => [name, text] as const));
  const all = [...texts, [INDEX, `${JSON.stringify(index, null, 2)}\n`] as const];
  return new Map(all.map(([name, text]) => [name, Buffer.from(text)]));
}

function assertFitsSets({ by, own, about, csv, jsonStat, sdmx }: SetOptions): void {
  const option = [
    ...(by === undefined ? [] : ['--by']),
    ...(about === 'pattern' ? ['--about'] : []),
    ...(own === undefined ? [] : ['--own']),
    ...(csv === undefined ? [] : ['--csv']),
    ...(jsonStat === undefined ? [] : ['--json-stat']),
    ...(sdmx === undefined ? [] : ['--sdmx']),
  ][0];
  if (option !== undefined)
    throw refused(
      `${option} does not go with a set, whose tables are fixed and shared.`,
      'Leave it out; --format says of which format the files are.',
      option,
    );
}

function indexText(folder: string, { title, tables, notAvailable, caveat }: SetIndex): string {
  const rows = tables.map((one) => [one.files[0]?.file ?? null, one.title, one.rows, one.rowsTooSmall]);
  return [
    title,
    table(['file', 'what it is', 'rows', 'too small'], rows),
    `Not available: ${notAvailable.map(({ what }) => what).join('; ')}.`,
    `Written to ${folder}; ${INDEX} says what each table is and has the SHA-256 of each file.`,
    caveat ?? '',
  ].join('\n\n');
}

function refused(message: string, remedy: string, option: string): MemberError {
  return new MemberError('BAD_INPUT', message, remedy, [option]);
}
