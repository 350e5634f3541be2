import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError, parse, type Info } from 'csv-parse';
import { MemberError } from '../member-error.js';

/** The longest row that is read, bytes; more is a quote that was opened and never closed. */
const MAX_ROW_BYTES = 1024 * 1024;

/** One row with its place in the file; `cells` in the order of the header. */
export interface SourceRow {
  /** The line on which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file that can be read to its end. */
export interface SourceFile {
  readonly path: string;
  /** SHA-256 of its bytes, base64url. */
  readonly hash: string;
  readonly delimiter: string;
  readonly header: readonly string[];
  /** How many rows follow the header, blank lines not counted. */
  readonly rows: number;
}

/**
 * Reads a file once through before anything is made of it, so that a file that breaks off in the middle is refused whole.
 * Throws `MemberError` BAD_INPUT naming the line: not text, no header, two columns of one name, a quote that is never closed.
 */
export async function inspectFile(path: string): Promise<SourceFile> {
  const start = await readStart(path);
  const delimiter = delimiterOf(start);
  const hash = createHash('sha256');
  let header: readonly string[] | null = null;
  let rows = 0;
  for await (const row of records(path, delimiter, (chunk) => void hash.update(chunk))) {
    if (header === null) header = readHeader(row.cells);
    else rows++;
  }
  if (header === null) throw bad('The file is empty.', 'Give a CSV file with a header line.');
  return { path, hash: hash.digest('base64url'), delimiter, header, rows };
}

/** The rows after the header. */
export async function* readRows(file: SourceFile): AsyncGenerator<SourceRow> {
  let first = true;
  for await (const row of records(file.path, file.delimiter, () => undefined)) {
    if (first) first = false;
    else yield row;
  }
}

async function* records(path: string, delimiter: string, onChunk: (chunk: Buffer) => void): AsyncGenerator<SourceRow> {
  const source = createReadStream(path);
  const parser = parse({
    bom: true,
    info: true,
    delimiter,
    // A stray quote inside a cell is part of its value; the row is refused later if nothing is called so.
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_ROW_BYTES,
  });
  source.on('data', (chunk) => {
    onChunk(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
  });
  source.on('error', (error) => parser.destroy(error));
  let lastLine = 0;
  let surplus = 0;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{ record: string[]; info: Info }>) {
      const within = record.join('');
      // The parser counts CR and LF inside quotes as two lines.
      const counted = within.match(/[\r\n]/g)?.length ?? 0;
      const line = info.lines - surplus - counted;
      surplus += within.match(/\r\n/g)?.length ?? 0;
      lastLine = info.lines - surplus;
      if (record.length === 1 && record[0] === '') continue;
      yield { line, cells: record };
    }
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(error, lastLine + 1);
    throw bad('The file cannot be read.', 'Check its name and that you may read it.', { cause: error });
  } finally {
    source.destroy();
  }
}

async function readStart(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
      const start = buffer.subarray(0, bytesRead);
      if (start.includes(0)) throw bad('The file is not UTF-8 text (line 1).', 'Save it as "CSV UTF-8".');
      return start;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof MemberError) throw error;
    throw bad('The file cannot be read.', 'Check its name and that you may read it.', { cause: error });
  }
}

/** Comma, unless the header has none and has semicolons or tabs: spreadsheets of many countries write those. */
function delimiterOf(start: Buffer): string {
  const [header = ''] = start.toString('utf8').split(/\r?\n|\r/, 1);
  if (header.includes(',')) return ',';
  return header.includes(';') ? ';' : header.includes('\t') ? '\t' : ',';
}

function readHeader(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  const blank = names.indexOf('');
  if (blank >= 0)
    throw bad(`Column ${blank + 1} has no name (line 1).`, 'Give every column the name that its standard has.');
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw bad('Two columns have the same name (line 1).', 'Remove or rename one of them.', undefined, [twice]);
  }
  return names;
}

function unreadable(cause: CsvError, line: number): MemberError {
  const why =
    cause.code === 'CSV_QUOTE_NOT_CLOSED' || cause.code === 'CSV_MAX_RECORD_SIZE'
      ? 'a quote is opened and not closed, or a row is longer than 1 MiB'
      : 'it is not CSV';
  return bad(`The file cannot be read from line ${line} on: ${why}.`, 'Correct that line; nothing was sent.', {
    cause,
  });
}

function bad(message: string, remedy: string, options?: ErrorOptions, path: readonly string[] = []): MemberError {
  return new MemberError('BAD_INPUT', message, remedy, path, options);
}
