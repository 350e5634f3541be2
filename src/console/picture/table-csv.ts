import { csvComment, csvLine } from '../../member/index.js';

/** A table as CSV (RFC 4180), as it is read, under lines that begin with `#` and say what has to be known with it. Nothing in it is a formula to a spreadsheet. */
export function tableCsv(
  title: string,
  table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] },
  notes: readonly string[],
): string {
  return [
    csvComment('Title', title),
    ...notes.map((note) => csvComment('Note', note)),
    csvLine(table.head),
    ...table.rows.map(csvLine),
  ].join('');
}
