import { csvLine } from '../csv-cell.js';
import type { AccessRecordAnswer } from '../documents/alerts.js';
import { NewFile } from './new-file.js';

const HEADER = ['read', 'at', 'reader', 'country', 'officer', 'purpose', 'operation', 'alert'];

/**
 * Reads as CSV (RFC 4180), a line for each alert that was shown, and one without an alert where alerts were only counted. `read` numbers the reads in the file.
 * The file is written as the reads come, and never over another.
 */
export class ReadsCsv {
  private reads = 0;

  private constructor(private readonly file: NewFile) {}

  /** Throws `MemberError` BAD_INPUT when there is such a file. */
  static async create(path: string): Promise<ReadsCsv> {
    const csv = new ReadsCsv(await NewFile.create(path, '--csv'));
    await csv.write([HEADER]);
    return csv;
  }

  async add({ at, reader, officer, purpose, operation, alertIds }: AccessRecordAnswer): Promise<void> {
    this.reads += 1;
    const read = [String(this.reads), at, reader.code, reader.country, officer, purpose.toLowerCase(), operation];
    await this.write((alertIds.length === 0 ? [''] : alertIds).map((id) => [...read, id]));
  }

  async finish(): Promise<void> {
    await this.file.finish();
  }

  /** Takes back what is half written. */
  async discard(): Promise<void> {
    await this.file.discard();
  }

  private async write(rows: readonly (readonly string[])[]): Promise<void> {
    await this.file.append(rows.map(csvLine).join(''));
  }
}
