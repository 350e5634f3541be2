import type { Command } from 'commander';
import { SIGNAL_SUBJECTS, SIGNALS, type SignalsAnswer, type SignalsQuestion } from '../documents/signals.js';
import { MemberError } from '../member-error.js';
import { NewFile } from '../files/new-file.js';
import { signalsCsv } from '../picture/signals-csv.js';
import { example, list, oneOf, type Run, wholeNumber } from './command.js';
import { PICTURE_ABOUT, readAbout, readCondition } from './picture-question.js';
import type { Session } from './session.js';
import { signalsText } from './signals-text.js';

interface SignalsOptions {
  readonly of?: readonly string[];
  readonly against: string;
  readonly time: string;
  readonly period: string;
  readonly at?: string;
  readonly past: string;
  readonly seasonal?: true;
  readonly where?: readonly string[];
  readonly about: string;
  readonly oldest: string;
  readonly rate: string;
  readonly language: string;
  readonly all?: true;
  readonly csv?: string;
}

const DEFAULT_SUBJECTS = ['corridor', 'purpose', 'means'];
const AGAINST = { 'own-past': 'OWN_PAST', total: 'TOTAL' } as const;
const TIMES = { counted: 'COUNTED', episode: 'EPISODE' } as const;
const PERIODS = { month: 'MONTH', quarter: 'QUARTER', year: 'YEAR' } as const;
const STANDARD_OUTPUT = '-';

/** `symbolon signals`: what rises against its own past. */
export function addSignals(program: Command, run: Run): void {
  const signals = program
    .command('signals')
    .description(
      'corridors, forms and means that rise against their own past, with the evidence, never about one person',
    )
    .addOption(
      list(
        '--of <subjects>',
        `series of ${SIGNAL_SUBJECTS.join(', ')}, all judged together (default: ${DEFAULT_SUBJECTS.join(', ')})`,
      ),
    )
    .option('--against <what>', 'their own past, or that of their shares of all: own-past, total', 'own-past')
    .option(
      '--time <which>',
      'alerts by when they were counted, or by when the episode started: counted, episode',
      'counted',
    )
    .option('--period <length>', 'month, quarter, year', 'quarter')
    .option('--at <date>', 'the month or year in which the period under question lies (default: the last that is over)')
    .option('--past <periods>', 'judge by at most so many periods, 8 to 60', '20')
    .option('--seasonal', 'the series swing through the year: say so beforehand, not after looking')
    .option(
      '--where <dimension=codes>',
      'look only in these, such as exploitation=NL+BE; again for further conditions',
      (text: string, before: string[] | undefined) => [...(before ?? []), text],
    )
    .option(
      '--about <what>',
      `alerts about a person each, or patterns, which are about none: ${PICTURE_ABOUT.join(', ')}`,
      'person',
    )
    .option(
      '--oldest <years>',
      'with --time counted: leave out episodes that started more than so many years before',
      '2',
    )
    .option('--rate <share>', 'which share of the signals may be false in the mean, at most 0.5', '0.1')
    .option('--language <code>', 'language of the labels, such as nl', 'en')
    .option('--all', 'list all that does not rise, and all that was not judged')
    .option('--csv <file>', 'every series, period by period, into a new file; - prints it');
  signals.action(run((session, options: SignalsOptions) => askSignals(session, options)));
  example(
    signals,
    'symbolon signals --as nl-baken/desk-1',
    'symbolon signals --of exploitation,purpose --against total --as nl-baken/desk-1',
    'symbolon signals --of citizenship-corridor --time episode --period year --at 2018 --as nl-baken/desk-1',
    'symbolon signals --about pattern --of means,control --csv patterns.csv --as nl-baken/desk-1',
  );
}

async function askSignals(session: Session, options: SignalsOptions): Promise<void> {
  const question = readSignals(options);
  const { csv } = options;
  if (csv === STANDARD_OUTPUT && session.print.json)
    throw new MemberError('BAD_INPUT', 'Only one thing can go to the standard output.', 'Leave out --json.', ['--csv']);
  const file = csv === undefined || csv === STANDARD_OUTPUT ? null : await NewFile.create(csv, '--csv');
  let answer: SignalsAnswer;
  try {
    const client = await session.connect('monitoring');
    answer = (await client.query<{ pictureSignals: SignalsAnswer }>(SIGNALS, { ...question })).pictureSignals;
    await file?.append(signalsCsv(question, answer));
    await file?.finish();
  } catch (error) {
    await file?.discard();
    throw error;
  }
  if (csv === STANDARD_OUTPUT) session.print.output.out(signalsCsv(question, answer));
  else session.print.result(answer, (found) => signalsText(found, question, options.all === true));
  if (file) session.print.note(`Written to ${file.path}.`);
}

function readSignals(options: SignalsOptions): SignalsQuestion {
  const { where = [], at, seasonal, language } = options;
  return {
    of: (options.of ?? DEFAULT_SUBJECTS).map((one) =>
      oneOf(SIGNAL_SUBJECTS, one, '--of').toUpperCase().replaceAll('-', '_'),
    ),
    against: chosen(AGAINST, options.against, '--against'),
    time: chosen(TIMES, options.time, '--time'),
    period: chosen(PERIODS, options.period, '--period'),
    at: at ?? null,
    past: wholeNumber(options.past, '--past', 8, 60),
    seasonal: seasonal === true,
    where: where.map((text) => readCondition(text)),
    about: readAbout(options.about),
    oldest: wholeNumber(options.oldest, '--oldest', 0, 50),
    rate: shareOf(options.rate),
    language,
  };
}

function chosen<T>(known: Readonly<Record<string, T>>, text: string, option: string): T {
  const found = known[oneOf(Object.keys(known), text, option)];
  if (found === undefined) throw new Error('a choice without a value');
  return found;
}

function shareOf(text: string): number {
  const share = /^[0-9]*\.?[0-9]+$/.test(text) ? Number(text) : NaN;
  if (share > 0 && share <= 0.5) return share;
  throw new MemberError('BAD_INPUT', '--rate does not take that.', 'It takes a share above 0 and at most 0.5.', [
    '--rate',
  ]);
}
