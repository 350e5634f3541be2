/** What ends a line of CSV (RFC 4180 §2.1). */
export const CRLF = '\r\n';

/** Where a spreadsheet would see a formula begin: at the start of a cell, and after whatever parts cells or lines in the CSV of other countries. */
const FORMULA = /(?<=^|[;\t|\r\n])(?=["\s]*[=+\-@＝＋－＠])|^(?=[\t\r])/g;

/** A value as a spreadsheet takes it: quoted where need be (RFC 4180 §2; `#` so that no line begins with it), and never as a formula, whatever a hub sends. */
export function csvCell(text: string): string {
  const safe = text.replace(FORMULA, "'");
  return /^#|[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of CSV with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}${CRLF}`;
}

/**
 * A line before a table that says something of it. A spreadsheet takes it apart at its separators, so that no part may begin a quoted field, which would run on into the table, nor a formula.
 */
export function csvComment(name: string, value: string): string {
  const text = value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('"', '’')
    .replace(/(?<=[,;|])(?=\s*[=+\-@＝＋－＠])/g, "'");
  return `# ${name}: ${text}${CRLF}`;
}
