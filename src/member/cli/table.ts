const CONTROL = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/** Text from elsewhere made safe for a terminal: control and format characters, with which a name could rewrite the screen, become spaces. */
export function plain(text: string): string {
  return text.replaceAll(CONTROL, ' ');
}

/** As `plain`, and lines stay lines. */
export function plainLines(text: string): string {
  return text.split(/\r?\n/).map(plain).join('\n');
}

/** A plain table: a header line, then rows, columns padded; numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (cell === null ? '–' : plain(String(cell)))));
  const widths = header.map((title, i) => Math.max(width(title), ...cells.map((row) => width(row[i] ?? ''))));
  const right = header.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const padding = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)));
        return right[i] ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((n) => '─'.repeat(n))), ...cells.map(line)].join('\n');
}

/** Labelled lines, one fact each. */
export function facts(pairs: readonly (readonly [string, string | number | null | undefined])[]): string {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
  const longest = Math.max(0, ...shown.map(([label]) => width(label)));
  return shown.map(([label, value]) => `${label.padEnd(longest)}  ${plain(String(value))}`).join('\n');
}

function width(text: string): number {
  return Array.from(text).length;
}
