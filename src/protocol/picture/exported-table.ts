import type {
  PictureCountAnswer,
  PictureKeyAnswer,
  PictureQuestion,
  PictureRowAnswer,
  PictureTableAnswer,
} from './picture-table.js';
import { countOf, measuresOf, type Measure } from './measures.js';
import { TableFault } from './table-fault.js';

/** A row with a number for each measure of its table, in their order. */
export interface ExportedRow {
  readonly keys: readonly PictureKeyAnswer[];
  readonly counts: readonly PictureCountAnswer[];
}

/** What was asked, with what was answered, checked: every row has each dimension and each number. */
export interface ExportedTable {
  readonly question: PictureQuestion;
  readonly answer: PictureTableAnswer;
  readonly measures: readonly Measure[];
  /** One without keys when no dimension was asked. */
  readonly rows: readonly ExportedRow[];
  /** Of all that is counted. Rows need not add up to it. */
  readonly total: ExportedRow;
}

/** Reads an answer as a table to be exported. Throws `TableFault` NOT_UNDERSTOOD when it does not answer the question. */
export function exportedTable(question: PictureQuestion, answer: PictureTableAnswer): ExportedTable {
  const measures = measuresOf(question.under, answer);
  const total = rowOf({ ...answer, keys: [] }, [], measures);
  const rows = question.by.length === 0 ? [total] : answer.rows.map((row) => rowOf(row, question.by, measures));
  return { question, answer, measures, rows, total };
}

function rowOf(row: PictureRowAnswer, by: readonly string[], measures: readonly Measure[]): ExportedRow {
  if (row.keys.length !== by.length || row.keys.some((key, at) => !isKeyOf(key, by[at]))) throw notUnderstood();
  const counts = measures.map((measure) => {
    const count = countOf(measure, row);
    if (!count || (count.count === null) === (count.fewerThan === null)) throw notUnderstood();
    return count;
  });
  return { keys: row.keys, counts };
}

function isKeyOf({ dimension, state, code }: PictureKeyAnswer, asked: string | undefined): boolean {
  return dimension === asked && (state === 'KNOWN') === (code !== null);
}

function notUnderstood(): TableFault {
  return new TableFault(
    'NOT_UNDERSTOOD',
    'The hub’s answer does not have the dimensions and numbers that were asked for.',
    'Try again; if it stays, this program and the hub are not of one version.',
  );
}
