import type {
  PictureAnswer,
  PictureCountAnswer,
  PictureQuestion,
  PictureRowAnswer,
  PictureVerdictsAnswer,
} from '../documents/picture.js';
import { shorten, verdictWord } from './judgement-text.js';
import { table } from './table.js';

const ASKS_SHOWN = 10;

/** A number as it is read. */
export function numberText({ count, fewerThan }: PictureCountAnswer): string | number {
  return count ?? `fewer than ${String(fewerThan ?? 1)}`;
}

/** Which rows are listed. */
export interface Listing {
  /** Those of which nothing is shown, too. */
  readonly all: boolean;
  /** So many of the largest, those first; all in their order when null. */
  readonly top: number | null;
}

/** The picture for the terminal. Rows without a number are told together unless `all`. */
export function pictureText(picture: PictureAnswer, question: PictureQuestion, listing: Listing): string {
  const by = question.by.map((dimension) => dimension.toLowerCase().replaceAll('_', '-'));
  const things = question.about === 'PATTERN' ? 'patterns' : 'persons';
  const { threshold, rounding, verdicts, changes, asks, breaks, onDate, source, caveat } = picture;
  return [
    headline(picture, question),
    ...(verdicts.length > 0 ? [verdictsText(verdicts, onDate)] : []),
    ...(by.length > 0 ? [rowsText(picture, by, listing)] : []),
    ...(changes.length > 0 ? [changesText(changes)] : []),
    ...(asks.length > 0 ? [asksText(asks)] : []),
    ...(breaks.length > 0 ? [breaksText(breaks)] : []),
    [
      `Source: ${source}`,
      ...(threshold > 1
        ? [
            `Every number is a sum of groups of at least ${threshold} ${things} that are counted together or not at all; what is withheld may belong to any row.`,
          ]
        : []),
      ...(rounding > 1 ? [`Numbers are rounded to multiples of ${rounding}.`] : []),
      caveat,
    ].join('\n'),
  ].join('\n\n');
}

function headline({ alerts, persons, withdrawn, patterns, asOf }: PictureAnswer, question: PictureQuestion): string {
  const things = question.about === 'PATTERN' ? 'patterns' : 'alerts';
  const about =
    question.about === 'PATTERN' || persons?.count == null ? '' : ` about at most ${String(persons.count)} persons`;
  const since = withdrawn?.count == null ? '' : `; ${String(withdrawn.count)} were withdrawn since`;
  const besides =
    patterns?.count == null ? '' : `\n${String(patterns.count)} patterns are not among them (--about pattern)`;
  return `${String(numberText(alerts))} ${things}${about}${asOf === null ? ', none counted yet' : `, as counted on ${asOf}`}${since}${besides}`;
}

function verdictsText(verdicts: readonly PictureVerdictsAnswer[], onDate: string): string {
  const rows = verdicts.map((one) => [one.under, ...verdictNumbers(one)]);
  return `As the laws stand on ${onDate}:\n${table(['law', 'met', 'not met', 'undetermined', 'withheld'], rows)}`;
}

function rowsText({ rows, others }: PictureAnswer, by: readonly string[], { all, top }: Listing): string {
  const laws = rows[0]?.verdicts.map(({ under }) => under) ?? [];
  const header = [...by, 'alerts', ...laws.flatMap((law) => [`${law} met`, 'not', 'und.', 'withheld'])];
  const isListed = ({ alerts }: PictureRowAnswer) => all || (alerts.count ?? 0) > 0;
  const shown = rows.filter(isListed);
  const listed = top === null ? shown : largest(shown, top);
  const left = rows.find((row) => !isListed(row))?.alerts ?? others;
  return [
    table(header, listed.map(rowCells)),
    ...(listed.length < shown.length ? [`${String(shown.length - listed.length)} more rows with smaller numbers`] : []),
    ...(left ? [`every other combination: ${String(numberText(left))}`] : []),
  ].join('\n');
}

function largest(rows: readonly PictureRowAnswer[], most: number): PictureRowAnswer[] {
  return [...rows].sort((a, b) => (b.alerts.count ?? 0) - (a.alerts.count ?? 0)).slice(0, most);
}

function rowCells({ keys, alerts, verdicts }: PictureRowAnswer): (string | number)[] {
  return [
    ...keys.map(({ state, label }) => (state === 'KNOWN' ? label : `(${label})`)),
    numberText(alerts),
    ...verdicts.flatMap(verdictNumbers),
  ];
}

function verdictNumbers({ met, notMet, undetermined, withheld }: PictureVerdictsAnswer): (string | number)[] {
  return [met, notMet, undetermined, withheld].map((one) => one.count ?? `< ${String(one.fewerThan ?? 1)}`);
}

function changesText(changes: PictureAnswer['changes']): string {
  const rows = changes.map((change) => [
    `${change.a} ${verdictWord(change.verdictA)}`,
    `${change.b} ${verdictWord(change.verdictB)}`,
    numberText(change.alerts),
    change.byElement.map(({ kind, alerts }) => `${kind.toLowerCase()} ${String(numberText(alerts))}`).join(', '),
  ]);
  return `Verdicts that change from one law to another:\n${table(['from', 'to', 'alerts', 'by element'], rows)}`;
}

function asksText(asks: PictureAnswer['asks']): string {
  const rows = asks
    .slice(0, ASKS_SHOWN)
    .map((ask) => [
      ask.under,
      ask.kind.toLowerCase(),
      numberText(ask.settles),
      numberText(ask.lackedBy),
      shorten(ask.anyOf),
    ]);
  return `Which missing fact would settle most:\n${table(['law', 'element', 'settles', 'lacked by', 'any of'], rows)}`;
}

function breaksText(breaks: PictureAnswer['breaks']): string {
  const rows = breaks.map(({ under, on, began, ended }) => [
    under,
    on,
    began.join(', ') || null,
    ended.join(', ') || null,
  ]);
  return `The law changed within the period; numbers before and after came about under different law:\n${table(['law', 'on', 'began', 'ended'], rows)}`;
}
