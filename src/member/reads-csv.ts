import { open, rm, type FileHandle } from 'node:fs/promises';
import type { AccessRecordAnswer } from './documents/alerts.js';
import { MemberError } from './member-error.js';
import { hasCode } from './secret-file.js';

const HEADER = ['read', 'at', 'reader', 'country', 'officer', 'purpose', 'operation', 'alert'];

/**
 * Reads as CSV (RFC 4180), a line for each alert that was shown, and one without an alert where alerts were only counted. `read` numbers the reads in the file.
 * The file is written as the reads come, and never over another.
 */
export class ReadsCsv {
  private reads = 0;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  /** Throws `MemberError` BAD_INPUT when there is such a file. */
  static async create(path: string): Promise<ReadsCsv> {
    try {
      const csv = new ReadsCsv(path, await open(path, 'wx', 0o600));
      await csv.write([HEADER]);
      return csv;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
      throw new MemberError('BAD_INPUT', 'There is a file of that name already.', 'Name a new one with --csv.', [
        '--csv',
      ]);
    }
  }

  async add({ at, reader, officer, purpose, operation, alertIds }: AccessRecordAnswer): Promise<void> {
    this.reads += 1;
    const read = [String(this.reads), at, reader.code, reader.country, officer, purpose.toLowerCase(), operation];
    await this.write((alertIds.length === 0 ? [''] : alertIds).map((id) => [...read, id]));
  }

  async finish(): Promise<void> {
    await this.file.sync();
    await this.file.close();
  }

  /** Takes back what is half written. */
  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.path, { force: true });
  }

  private async write(rows: readonly (readonly string[])[]): Promise<void> {
    await this.file.appendFile(rows.map((row) => `${row.map(cell).join(',')}\r\n`).join(''));
  }
}

/** A value as a spreadsheet takes it: quoted where need be, and never as a formula, whatever a hub sends. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
