import type { Command } from 'commander';
import { PICTURE, PICTURE_DIMENSIONS, type PictureAnswer, type PictureQuestion } from '../documents/picture.js';
import { MemberError } from '../member-error.js';
import { example, list, oneOf, type Run } from './command.js';
import { pictureText } from './picture-text.js';

interface PictureOptions {
  readonly by?: readonly string[];
  readonly under?: readonly string[];
  readonly where?: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly own?: true;
  readonly on?: string;
  readonly language: string;
  readonly all?: true;
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
      'count only these, such as exploitation=NL+BE; again for further conditions',
      (text: string, before: string[] | undefined) => [...(before ?? []), text],
    )
    .option('--from <period>', 'episodes that started in this year or month, or later')
    .option('--until <period>', 'episodes that started in this year or month, or earlier')
    .option('--own', 'only your own alerts, exactly')
    .option('--on <date>', 'as the laws stand on this date (default: today)')
    .option('--language <code>', 'language of the labels, such as nl', 'en')
    .option('--all', 'list also the rows of which nothing is shown');
  picture.action(
    run(async (session, options: PictureOptions) => {
      const question = readQuestion(options);
      const client = await session.connect('monitoring');
      const { picture: answer } = await client.query<{ picture: PictureAnswer }>(PICTURE, { ...question });
      session.print.result(answer, (shown) => pictureText(shown, options.by ?? [], options.all === true));
    }),
  );
  example(
    picture,
    'symbolon picture --by year,exploitation --as nl-baken/desk-1',
    'symbolon picture --by origin,exploitation --where purpose=purpose/sexual-exploitation --from 2023 --as nl-baken/desk-1',
    'symbolon picture --under NL,DE,BE,RO,BG --as nl-baken/desk-1',
  );
}

function readQuestion({
  by = [],
  under = [],
  where = [],
  from,
  until,
  own,
  on,
  language,
}: PictureOptions): PictureQuestion {
  return {
    by: by.map((one) => dimensionOf(one, '--by')),
    under,
    where: where.map(readCondition),
    from: from ?? null,
    until: until ?? null,
    scope: own ? 'OWN' : 'SHARED',
    onDate: on ?? null,
    language,
  };
}

function readCondition(text: string): { readonly dimension: string; readonly anyOf: readonly string[] } {
  const [dimension = '', codes = '', ...more] = text.split('=');
  if (codes === '' || more.length > 0)
    throw new MemberError('BAD_INPUT', '--where does not take that.', 'Write it as dimension=code+code.', ['--where']);
  return { dimension: dimensionOf(dimension, '--where'), anyOf: codes.split('+').map((code) => code.trim()) };
}

function dimensionOf(text: string, option: string): string {
  return oneOf(PICTURE_DIMENSIONS, text, option).toUpperCase().replaceAll('-', '_');
}
