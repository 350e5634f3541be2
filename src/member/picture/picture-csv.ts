import {
  columnOf,
  countText,
  type ExportedTable,
  listStatements,
  measureColumn,
  measureWords,
  type PictureQuestion,
  type PictureTableAnswer,
  statementsOf,
  wordsOf,
} from '../../protocol/picture/index.js';
import { csvComment, csvLine } from '../csv-cell.js';
import { exportedTable } from './table-reading.js';

/** A column of the CSV. */
interface Column {
  readonly name: string;
  readonly words: string;
  /** How a cell is written, as CSV on the Web says it. */
  readonly datatype: string | { readonly base: string; readonly format: string };
}

const COUNT = { base: 'string', format: '[0-9]+|<[0-9]+' };
const STATE = { base: 'string', format: 'known|unknown|withheld' };

/**
 * A table of the picture as CSV (RFC 4180, UTF-8, one row a line), under lines that begin with `#` and say what it is. A number that is too small is `<11`.
 * Nothing in it is a formula to a spreadsheet. Throws `MemberError` NOT_UNDERSTOOD.
 */
export function pictureCsv(question: PictureQuestion, answer: PictureTableAnswer): string {
  const table = exportedTable(question, answer);
  return [
    ...commentLines(table),
    csvLine(columnsOf(table).map(({ name }) => name)),
    ...table.rows.map(({ keys, counts }) =>
      csvLine([
        ...keys.flatMap(({ code, label, state }) => [code ?? '', label, state.toLowerCase()]),
        ...counts.map(countText),
      ]),
    ),
  ].join('');
}

/**
 * What describes such a file for programs: metadata of CSV on the Web (W3C Recommendation, 2015), which are found beside it under its name with `-metadata.json`.
 * RFC 4180 knows no comments; here it says how many lines to skip, what each column is, and once more what stands in them. `url` is the name of the CSV.
 */
export function csvOnTheWeb(question: PictureQuestion, answer: PictureTableAnswer, url: string): string {
  const table = exportedTable(question, answer);
  const { title, source, asOf, ...statements } = statementsOf(table, smallNumber);
  const metadata = {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url,
    'dc:title': title,
    'dc:source': source,
    ...(asOf === null ? {} : { 'dc:modified': { '@value': asOf, '@type': 'xsd:date' } }),
    'dc:description': statements.caveat,
    notes: [statements],
    dialect: { encoding: 'utf-8', commentPrefix: '#', skipRows: commentLines(table).length, header: true },
    tableSchema: {
      columns: columnsOf(table).map(({ name, words, datatype }) => ({
        name,
        titles: name,
        'dc:description': words,
        datatype,
        ...(name.endsWith('_label') ? { lang: question.language } : {}),
      })),
    },
  };
  return `${JSON.stringify(metadata, null, 2)}\n`;
}

function columnsOf({ question, measures }: ExportedTable): Column[] {
  return [
    ...question.by.flatMap((dimension) => {
      const [name, { title, codes }] = [columnOf(dimension), wordsOf(dimension)];
      return [
        {
          name: `${name}_code`,
          words: `${title} (${codes}); empty when it is not known or withheld`,
          datatype: 'string',
        },
        { name: `${name}_label`, words: `${title}, in words`, datatype: 'string' },
        { name: `${name}_state`, words: `whether the ${title} is known, unknown or withheld`, datatype: STATE },
      ];
    }),
    ...measures.map((measure) => ({ name: measureColumn(measure), words: measureWords(measure), datatype: COUNT })),
  ];
}

function smallNumber({ threshold }: PictureTableAnswer): string {
  return `is written as <${threshold}, never as 0 and never left empty`;
}

function commentLines(table: ExportedTable): string[] {
  return listStatements(statementsOf(table, smallNumber)).map(([name, value]) => csvComment(name, value));
}
