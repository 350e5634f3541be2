import { Option, type Command } from 'commander';
import { PICTURE, PICTURE_DIMENSIONS, type PictureAnswer } from '../documents/picture.js';
import { MemberError } from '../member-error.js';
import { TABLE_FORMATS } from '../picture/table-formats.js';
import { TABLE_SETS } from '../picture/table-sets.js';
import { example, list, type Run, wholeNumber } from './command.js';
import { PictureFiles } from './picture-files.js';
import { PICTURE_ABOUT, readQuestion } from './picture-question.js';
import { type SetOptions, writeSet } from './picture-set.js';
import { pictureText } from './picture-text.js';
import type { Session } from './session.js';

interface PictureOptions extends SetOptions {
  readonly all?: true;
  readonly top?: string;
}

/** `symbolon picture`: statistics of the alerts, safe to publish. */
export function addPicture(program: Command, run: Run): void {
  const picture = program
    .command('picture')
    .description('statistics of the alerts by form, corridor and time, under any law, safe to publish')
    .addOption(list('--by <dimensions>', `break down by ${PICTURE_DIMENSIONS.join(', ')}`))
    .addOption(list('--under <laws>', 'how the alerts come out under laws or variants, at most 8'))
    .option(
      '--where <dimension=codes>',
      'count only these, such as exploitation=NL+BE or gender=unknown; again for further conditions',
      (text: string, before: string[] | undefined) => [...(before ?? []), text],
    )
    .option('--from <period>', 'episodes that started in this year or month, or later')
    .option('--until <period>', 'episodes that started in this year or month, or earlier')
    .option('--own', 'only your own alerts, exactly and by any dimensions together; not for publication')
    .option(
      '--about <what>',
      `count alerts about a person each, or patterns, which are about none: ${PICTURE_ABOUT.join(', ')}`,
      'person',
    )
    .option('--on <date>', 'as the laws stand on this date (default: today)')
    .option('--language <code>', 'language of the labels, such as nl', 'en')
    .option('--all', 'list also the rows of which nothing is shown, up to 2000')
    .option('--top <n>', 'list only so many rows, the largest first')
    .option('--csv <file>', 'into a new file as CSV, with FILE-metadata.json beside it; - prints it')
    .option('--json-stat <file>', 'into a new file as JSON-stat 2.0; - prints it')
    .option('--sdmx <file>', 'into a new file as SDMX-CSV 2.0; - prints it')
    .option('--set <name>', `a fixed list of tables instead: ${[...TABLE_SETS.keys()].join(', ')}`)
    .option('--out <folder>', 'with --set: a new folder for the tables and their index.json')
    .addOption(new Option('--format <format>', `with --set: ${TABLE_FORMATS.join(', ')} (default: csv)`));
  picture.action(
    run(async (session, options: PictureOptions) => {
      if (options.set !== undefined) return writeSet(session, options);
      for (const option of ['out', 'format'] as const)
        if (options[option] !== undefined)
          throw new MemberError('BAD_INPUT', `--${option} is for a set.`, 'Name the set with --set.', [`--${option}`]);
      return askOnce(session, options);
    }),
  );
  example(
    picture,
    'symbolon picture --by year,exploitation --as nl-baken/desk-1',
    'symbolon picture --by origin,exploitation --where purpose=purpose/sexual-exploitation --from 2023 --as nl-baken/desk-1',
    'symbolon picture --under NL,DE,BE,RO,BG --as nl-baken/desk-1',
    'symbolon picture --own --by purpose,year --under NL,BE --as nl-baken/desk-1',
    'symbolon picture --about pattern --by means,exploitation --as nl-baken/desk-1',
    'symbolon picture --by year,purpose --under NL --csv picture.csv --sdmx picture.sdmx.csv --as nl-baken/desk-1',
    'symbolon picture --by year,exploitation --json-stat - --as nl-baken/desk-1 > picture.json',
    'symbolon picture --set eurostat --under NL --from 2015 --out crim-thb --as nl-baken/desk-1',
  );
}

async function askOnce(session: Session, options: PictureOptions): Promise<void> {
  const question = readQuestion(options);
  const top = options.top === undefined ? null : wholeNumber(options.top, '--top', 1, 100_000);
  const files = PictureFiles.read(options, session.print.json);
  // A table on the terminal leaves out what is too small, and the hub need not list it.
  const fill = options.all === true || session.print.json || files.isAny;
  const { answer, printed, paths } = await files.write(question, async () => {
    const client = await session.connect('monitoring');
    const { picture } = await client.query<{ picture: PictureAnswer }>(PICTURE, { ...question, fill });
    return picture;
  });
  if (printed === null)
    session.print.result(answer, (shown) => pictureText(shown, question, { all: options.all === true, top }));
  else session.print.output.out(printed);
  if (paths.length > 0) session.print.note(`Written to ${paths.join(', ')}.`);
}
