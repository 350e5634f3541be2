import type { PictureQuestion, PictureTableAnswer } from './picture-table.js';
import { wordsOf } from './dimension-words.js';
import type { ExportedTable } from './exported-table.js';
import { countText, type Measure, measureWords } from './measures.js';

/** What every exported table says about itself, in English. */
export interface TableStatements {
  readonly title: string;
  readonly source: string;
  /** When alerts came to be counted last, ISO 8601; null when none is. */
  readonly asOf: string | null;
  /** Of which time the episodes are. */
  readonly period: string;
  /** The laws, and the date on which they are law. */
  readonly law: string;
  /** What the number of persons is, or that there is none. */
  readonly persons: string;
  /** When a law changed within the period; empty when none did. */
  readonly breaks: readonly string[];
  readonly suppression: string;
  readonly rounding: string;
  /** All that is counted, for rows do not add up to it. */
  readonly total: string;
  readonly addition: string;
  /** What stands for combinations that are not among the rows; null when all are. */
  readonly unlisted: string | null;
  /** That identified cases are not prevalence. */
  readonly caveat: string;
}

/** How a format writes a number that is too small, as a predicate: `is written as <11`. */
type SmallNumbers = (answer: PictureTableAnswer) => string;

/** What a table says about itself in a format. */
export function statementsOf(
  { question, answer, measures, total }: ExportedTable,
  smallNumber: SmallNumbers,
): TableStatements {
  const { asOf, rounding, breaks, others, source, caveat } = answer;
  return {
    title: titleOf(question),
    source,
    asOf,
    period: periodOf(question),
    law:
      question.under.length === 0
        ? 'none: alerts are counted as recorded, and judged under no law'
        : `${question.under.join(', ')}, as law stands on ${answer.onDate}, for episodes of any date`,
    persons: personsOf(measures),
    breaks: breaks.map(
      ({ under, on, began, ended }) =>
        `${on}: ${under} changed (${[changed('began', began), changed('ended', ended)].filter((part) => part !== '').join('; ')}); what happened before and after came about under different law`,
    ),
    suppression: suppressionOf(question, answer, smallNumber),
    rounding: rounding > 1 ? `numbers are rounded to multiples of ${rounding}` : 'none',
    total: measures.map((measure, at) => `${textAt(total.counts, at)} ${measureWords(measure)}`).join(', '),
    addition:
      'rows need not add up: what counts in several of them (two purposes, or a broader concept and its narrower ones) is in each',
    unlisted: others === null ? null : `${countText(others)} for every combination of codes that is not listed`,
    caveat,
  };
}

/** The statements as names and values, in the order in which files show them. */
export function listStatements(statements: TableStatements): (readonly [string, string])[] {
  const {
    title,
    source,
    asOf,
    period,
    law,
    persons,
    breaks,
    suppression,
    rounding,
    total,
    addition,
    unlisted,
    caveat,
  } = statements;
  return [
    ['Title', title],
    ['Source', source],
    ['As of', asOf ?? 'nothing is counted yet'],
    ['Period', period],
    ['Law', law],
    ['Persons', persons],
    ...breaks.map((one) => ['Break', one] as const),
    ['Suppression', suppression],
    ['Rounding', rounding],
    ['Counted in all', total],
    ['Adding up', addition],
    ...(unlisted === null ? [] : [['Not listed', unlisted] as const]),
    ['Caveat', caveat],
  ];
}

function titleOf({ by, under, where, scope, about }: PictureQuestion): string {
  const things = about === 'PATTERN' ? 'patterns' : 'alerts';
  const conditions = where.map(
    ({ dimension, anyOf, unknown }) =>
      `${wordsOf(dimension).title} ${[...anyOf, ...(unknown ? ['unknown'] : [])].join(' or ')}`,
  );
  return [
    scope === 'OWN' ? `Own ${things}` : `${things.charAt(0).toUpperCase()}${things.slice(1)}`,
    ...(by.length > 0 ? [`by ${by.map((one) => wordsOf(one).title).join(', ')}`] : []),
    ...(conditions.length > 0 ? [`with ${conditions.join(', and with ')}`] : []),
    ...(under.length > 0 ? [`under ${under.join(', ')}`] : []),
  ].join(' ');
}

function periodOf({ from, until }: PictureQuestion): string {
  if (from === null && until === null) return 'episodes of any time, and of a time that is not known or not shown';
  return `episodes that started ${[from === null ? '' : `in ${from} or later`, until === null ? '' : `in ${until} or earlier`].filter((part) => part !== '').join(' and ')}`;
}

function personsOf(measures: readonly Measure[]): string {
  return measures.some((measure) => measure.law === null && measure.counted === 'persons')
    ? 'how many the alerts are about at most: alerts about somebody who was counted with an earlier alert are left out, as far as confirmed links tell and are many enough to be shown'
    : 'not counted in this table: several alerts may be about one person';
}

function suppressionOf({ about }: PictureQuestion, answer: PictureTableAnswer, smallNumber: SmallNumbers): string {
  const { threshold } = answer;
  const things = about === 'PATTERN' ? 'patterns' : 'persons';
  return threshold > 1
    ? `every number is a sum of groups of at least ${threshold} ${things} that are counted together or not at all; a number below ${threshold}, 0 among them, ${smallNumber(answer)}; what is withheld may belong to any row`
    : 'none: these are one’s own alerts, exactly, and not for publication';
}

function changed(how: string, variants: readonly string[]): string {
  return variants.length === 0 ? '' : `${how}: ${variants.join(', ')}`;
}

function textAt(counts: ExportedTable['total']['counts'], at: number): string {
  const count = counts[at];
  return count ? countText(count) : '';
}
