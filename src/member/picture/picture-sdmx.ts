import {
  breaksSeries,
  countText,
  type ExportedRow,
  type ExportedTable,
  type Measure,
  measureUnit,
  type PictureKeyAnswer,
  type PictureQuestion,
  type PictureTableAnswer,
  statementsOf,
  wordsOf,
} from '../../protocol/picture/index.js';
import { csvLine } from '../csv-cell.js';
import { MemberError } from '../member-error.js';
import { exportedTable } from './table-reading.js';

/** The frequencies of CL_FREQ by the dimension that is the time, the finest first. */
const FREQUENCIES = [
  ['MONTH', 'M'],
  ['QUARTER', 'Q'],
  ['YEAR', 'A'],
] as const;
/** Codes that every SDMX code list may have. */
const [TOTAL, UNKNOWN, NOT_APPLICABLE] = ['_T', '_U', '_Z'];
/** Ours: the alerts say it, and the picture does not show it. */
const WITHHELD = 'WITHHELD';
const UNITS = { alerts: 'ALERT', persons: 'PERSON' } as const;
/** IDType of SDMX-ML, which has no slash, without the starts that spreadsheets take for formulas. */
const SDMX_ID = /^[A-Za-z0-9_][A-Za-z0-9_@$-]*$/;

/**
 * A table of the picture as SDMX-CSV 2.0 (of SDMX 3.0), with the columns in which Eurostat disseminates: STRUCTURE, STRUCTURE_ID, dimensions, TIME_PERIOD, OBS_VALUE, OBS_FLAG, CONF_STATUS. ACTION,
 * OBS_COM and UNIT_MEASURE are added, and the attributes of the dataset stand in the first row, which has no observation. A number that is too small is empty with CONF_STATUS `C`, and OBS_COM says `<11`.
 * Which codes are SDMX’s and which are ours is in schema/picture/EXPORTS.md. Throws `MemberError` NOT_UNDERSTOOD.
 */
export function pictureSdmx(question: PictureQuestion, answer: PictureTableAnswer): string {
  const table = exportedTable(question, answer);
  const time = timeOf(question);
  const dimensions = question.by.filter((one) => one !== time.dimension);
  const structure = ['dataflow', `SYMBOLON:PICTURE${question.by.map((one) => `_${one}`).join('')}(1.0.0)`, 'I'];
  const key = ['FREQ', ...dimensions, 'INDICATOR', 'LAW', 'VERDICT', 'PERIOD_STATE', 'TIME_PERIOD'];
  const observation = ['OBS_VALUE', 'OBS_FLAG', 'CONF_STATUS', 'OBS_COM', 'UNIT_MEASURE'];
  const attributes = attributesOf(table);
  const rows = question.by.length === 0 ? [table.total] : [table.total, ...table.rows];
  return [
    ['STRUCTURE', 'STRUCTURE_ID', 'ACTION', ...key, ...observation, ...attributes.map(([id]) => id)],
    [...structure, ...key.map(() => ''), ...observation.map(() => ''), ...attributes.map(([, text]) => text)],
    ...rows.flatMap((row) =>
      table.measures.map((measure, at) => [
        ...structure,
        ...keyOf(row, measure, dimensions, time, answer),
        ...observationOf(row, measure, at, answer),
        ...attributes.map(() => ''),
      ]),
    ),
  ]
    .map(csvLine)
    .join('');
}

interface Time {
  readonly dimension: string | null;
  readonly frequency: string;
}

/** The finest time that was asked for; coarser ones beside it are dimensions like others. */
function timeOf({ by }: PictureQuestion): Time {
  const [dimension, frequency] = FREQUENCIES.find(([one]) => by.includes(one)) ?? [null, NOT_APPLICABLE];
  return { dimension, frequency };
}

/** FREQ to TIME_PERIOD. A number that is of no shown period has the day of counting there, and is by FREQ in no series of periods. */
function keyOf(
  { keys }: ExportedRow,
  measure: Measure,
  dimensions: readonly string[],
  { dimension: time, frequency }: Time,
  { asOf, onDate }: PictureTableAnswer,
): string[] {
  const byDimension = new Map(keys.map((key) => [key.dimension, key]));
  const period = time === null ? undefined : byDimension.get(time);
  const isShown = period?.code !== undefined && period.code !== null;
  return [
    isShown ? frequency : NOT_APPLICABLE,
    ...dimensions.map((one) => codeOf(byDimension.get(one))),
    ...(measure.law === null
      ? [measure.counted.toUpperCase(), NOT_APPLICABLE, TOTAL]
      : ['ALERTS', measure.law, measure.outcome.sdmx]),
    isShown ? 'KNOWN' : codeOf(period),
    isShown ? codeOf(period) : (asOf ?? onDate),
  ];
}

/** OBS_VALUE to UNIT_MEASURE. */
function observationOf(
  { keys, counts }: ExportedRow,
  measure: Measure,
  at: number,
  answer: PictureTableAnswer,
): string[] {
  const count = counts[at];
  if (!count) return ['', '', '', '', ''];
  const unit = UNITS[measureUnit(measure)];
  if (count.count === null) return ['', '', 'C', countText(count), unit];
  return [String(count.count), breaksSeries(measure, keys, answer) ? 'b' : '', '', '', unit];
}

/** A code as SDMX takes it: without the scheme, which is the dimension’s. */
function codeOf(key: PictureKeyAnswer | undefined): string {
  if (!key) return TOTAL;
  if (key.code === null) return key.state === 'UNKNOWN' ? UNKNOWN : WITHHELD;
  const code = key.code.replace(/^[a-z-]+\//, '');
  if (SDMX_ID.test(code)) return code;
  throw new MemberError(
    'NOT_UNDERSTOOD',
    'The hub’s answer has a code that SDMX does not take.',
    'Take CSV or JSON-stat.',
  );
}

/** Attributes of the whole dataset, by the ids of SDMX’s cross-domain concepts. */
function attributesOf(table: ExportedTable): (readonly [string, string])[] {
  const statements = statementsOf(
    table,
    ({ threshold }) => `is empty with CONF_STATUS C, and <${threshold} in OBS_COM`,
  );
  const { title, source, asOf, period, law, persons, breaks, suppression, rounding, addition, unlisted, caveat } =
    statements;
  const codes = table.question.by.map((one) => `${one}: ${wordsOf(one).codes}`).join('; ');
  return [
    ['TITLE', title],
    ['SOURCE_TYPE', source],
    ['LAST_UPDATE', asOf ?? ''],
    ['REF_PERIOD', period],
    ['STAT_CONC_DEF', `law: ${law}; persons: ${persons}`],
    ['COMPAR_TIME', breaks.join('; ')],
    ['CONF_DATA_TR', `${suppression}. Rounding: ${rounding}.`],
    ['COMMENT_DSET', [caveat, `${addition}.`, ...(unlisted === null ? [] : [`${unlisted}.`]), codes].join(' ')],
  ];
}
