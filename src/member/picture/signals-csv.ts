import { csvComment, csvLine } from '../csv-cell.js';
import type { SignalSeriesAnswer, SignalsAnswer, SignalsQuestion } from '../documents/signals.js';
import { countText } from '../../protocol/picture/index.js';

const COLUMNS = [
  ...['of', 'codes', 'labels', 'outcome', 'reason', 'expected', 'upper_bound', 'probability', 'dispersion'],
  ...['periods_used', 'period', 'alerts', 'total', 'left_out', 'release_days'],
];

/**
 * Signals as CSV (RFC 4180, UTF-8), a line for each series and period, under lines that begin with `#` and say what it is. With the numbers of the periods anybody can judge anew. A number that
 * is too small is `<11`. Nothing in it is a formula to a spreadsheet.
 */
export function signalsCsv(question: SignalsQuestion, answer: SignalsAnswer): string {
  return [
    ...statementsOf(question, answer).map(([name, value]) => csvComment(name, value)),
    csvLine(COLUMNS),
    ...answer.series.flatMap(linesOf),
  ].join('');
}

function linesOf(series: SignalSeriesAnswer): string[] {
  const found = [
    series.of.toLowerCase(),
    series.keys.map(({ code }) => code ?? '').join(' '),
    series.keys.map(({ label }) => label).join(' → '),
    series.outcome.toLowerCase(),
    series.reason?.toLowerCase() ?? '',
    ...[series.expected, series.upperBound, series.probability, series.dispersion, series.periodsUsed].map((number) =>
      number === null ? '' : String(number),
    ),
  ];
  return series.evidence.map(({ period, alerts, total, isLeftOut, releaseDays }) =>
    csvLine([...found, period, countText(alerts), countText(total), String(isLeftOut), String(releaseDays ?? '')]),
  );
}

function statementsOf(question: SignalsQuestion, answer: SignalsAnswer): (readonly [string, string])[] {
  const { asOf, at, rate, level, threshold, rounding, source, caveat } = answer;
  return [
    ['Title', `Structural signals in ${at}: ${question.of.join(', ').toLowerCase()}`],
    ['Source', source],
    ['As of', asOf ?? 'nothing is counted yet'],
    [
      'Periods',
      question.time === 'EPISODE'
        ? 'an alert belongs to the period in which its episode started'
        : `an alert belongs to the period in which it came to be counted; left out are those whose episode is shown to have started more than ${question.oldest} calendar years before, and those of which no year is shown`,
    ],
    ['Judged', judgedBy(question, answer)],
    ['Wave of the year', question.seasonal ? 'declared' : 'none'],
    [
      'False signals',
      `at most ${rate} of the signals in the mean${level === null ? '' : `; a series is one up to a probability of ${level}`}`,
    ],
    [
      'Suppression',
      `every number is a sum of groups of at least ${threshold} ${question.about === 'PATTERN' ? 'patterns' : 'persons'}; a smaller one is written as <${threshold}, and taken in the middle of what it may be`,
    ],
    ['Rounding', rounding > 1 ? `numbers are rounded to multiples of ${rounding}` : 'none'],
    ['Caveat', caveat],
  ];
}

function judgedBy({ against }: SignalsQuestion, { series }: SignalsAnswer): string {
  if (against === 'TOTAL') return 'as shares of all, by their own past';
  const isByDays = series.some(({ evidence }) => evidence.some(({ releaseDays }) => releaseDays !== null));
  return isByDays ? 'by their own past, for each day of release' : 'by their own past';
}
