import type { Command } from 'commander';
import { VERDICT_SUMMARY, type VerdictCountAnswer, type VerdictSummaryAnswer } from '../documents/statistics.js';
import { addFilterOptions, readFilter, type FilterOptions } from './alert-filter.js';
import { example, list, oneOf, type Run } from './command.js';
import { shorten, verdictWord } from './judgement-text.js';
import { table } from './table.js';

const DIMENSIONS = ['exploitation', 'year'] as const;
const ASKS_SHOWN = 10;

interface SummaryOptions extends FilterOptions {
  readonly under: readonly string[];
  readonly by?: readonly string[];
  readonly on?: string;
}

/** `symbolon summary`: alerts counted by their verdicts under several laws. */
export function addSummary(program: Command, run: Run): void {
  const summary = program
    .command('summary')
    .description('alerts counted by their verdicts under several laws, for monitoring')
    .addOption(list('--under <laws>', 'laws or variants, at most 8').makeOptionMandatory())
    .addOption(list('--by <dimensions>', `break down by ${DIMENSIONS.join(', ')} (default: both), or none`))
    .option('--on <date>', 'as the laws stand on this date (default: today)');
  addFilterOptions(summary).action(
    run(async (session, options: SummaryOptions) => {
      const by = (options.by ?? DIMENSIONS)
        .filter((one) => one !== 'none')
        .map((one) => oneOf(DIMENSIONS, one, '--by').toUpperCase());
      const client = await session.connect('monitoring');
      const { verdictSummary } = await client.query<{ verdictSummary: VerdictSummaryAnswer }>(VERDICT_SUMMARY, {
        under: options.under,
        by,
        filter: readFilter(options) ?? null,
        onDate: options.on ?? null,
      });
      session.print.result(verdictSummary, summaryText);
    }),
  );
  example(summary, 'symbolon summary --under NL,BE,DE,GB,RO --as nl-baken/desk-1');
}

function summaryText({ alerts, totals, rows, changes, asks }: VerdictSummaryAnswer): string {
  const laws = totals.map(({ under }) => under);
  const columns = laws.flatMap((law) => [`${law} met`, 'not', 'und.']);
  const parts = [
    `${alerts} alerts`,
    '',
    table(
      ['law', 'met', 'not met', 'undetermined'],
      totals.map((one) => [one.under, one.met, one.notMet, one.undetermined]),
    ),
  ];
  if (rows.length > 0) {
    const cells = rows.map((row) => [
      row.exploitation ?? 'unknown',
      row.year === null ? 'unknown' : String(row.year),
      row.alerts,
      ...laws.flatMap((law) => counts(row.verdicts, law)),
    ]);
    parts.push(
      '',
      'By purpose of exploitation and year:',
      table(['exploitation', 'year', 'alerts', ...columns], cells),
    );
  }
  if (changes.length > 0) {
    const cells = changes.map((change) => [
      `${change.a} ${verdictWord(change.verdictA)}`,
      `${change.b} ${verdictWord(change.verdictB)}`,
      change.alerts,
      change.byElement.map(({ kind, alerts: count }) => `${kind.toLowerCase()} ${count}`).join(', '),
    ]);
    parts.push(
      '',
      'Verdicts that change from one law to another:',
      table(['from', 'to', 'alerts', 'by element'], cells),
    );
  }
  if (asks.length > 0) {
    const cells = asks
      .slice(0, ASKS_SHOWN)
      .map((ask) => [ask.under, ask.kind.toLowerCase(), ask.settles, ask.lackedBy, shorten(ask.anyOf)]);
    parts.push(
      '',
      'Which missing fact would settle most:',
      table(['law', 'element', 'settles', 'lacked by', 'any of'], cells),
    );
  }
  return parts.join('\n');
}

function counts(verdicts: readonly VerdictCountAnswer[], law: string): number[] {
  const found = verdicts.find(({ under }) => under === law);
  return [found?.met ?? 0, found?.notMet ?? 0, found?.undetermined ?? 0];
}
