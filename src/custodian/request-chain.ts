import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { nextRecord, publicLine, type ChainLine, type ChainRecord, type EntryDetail } from './chain-entry.js';
import { ChainReader, parseRecord } from './chain-reader.js';
import { CustodianError } from './custodian-error.js';
import { syncFolder } from './durable-file.js';

/** An entry that has its place; `durable` is settled when it is on the disk. */
export interface Placed {
  readonly record: ChainRecord;
  readonly durable: Promise<void>;
}

/** A place in a chain. */
export type ChainHead = Pick<ChainLine, 'seq' | 'hash'>;

interface Waiting {
  readonly record: ChainRecord;
  readonly line: Buffer;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** How many lines lie between two places of which the byte is remembered. */
const STRIDE = 256;

/**
 * The chain of a custodian: a file of one JSON record a line, only ever added to. Records that wait while the disk is busy are written and
 * synced together. What is published is what is durable.
 */
export class RequestChain {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | null = null;
  private failure: unknown = null;
  private head: ChainHead;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    /** Where every `STRIDE`th line begins, bytes. */
    private readonly marks: number[],
    private durable: { readonly head: ChainHead; readonly bytes: number },
  ) {
    this.head = durable.head;
  }

  /**
   * Opens a chain, verifies all of it and gives each entry to `replay`, in order. A last line without its end was never answered, and is cut
   * away. Throws `CustodianError` BROKEN_STATE when anything else is wrong.
   */
  static async open(path: string, replay: (entry: EntryDetail, record: ChainRecord) => void): Promise<RequestChain> {
    const file = await open(path, 'a+', 0o600);
    const reader = new ChainReader();
    const marks: number[] = [];
    await reader.read(path, (entry, record, start) => {
      if ((record.seq - 1) % STRIDE === 0) marks.push(start);
      replay(entry, record);
    });
    await file.truncate(reader.bytes);
    await file.datasync();
    await syncFolder(dirname(path));
    return new RequestChain(path, file, marks, reader);
  }

  /** The last durable line's place and hash. */
  get published(): ChainHead {
    return this.durable.head;
  }

  /** Durable lines after a place, at most so many, as anybody may see them. */
  async after(seq: number, most: number): Promise<readonly ChainLine[]> {
    const start = this.marks[Math.floor(seq / STRIDE)];
    const { bytes } = this.durable;
    const lines: ChainLine[] = [];
    if (start === undefined || start >= bytes) return lines;
    const file = await open(this.path, 'r');
    // The stream closes the file.
    for await (const text of file.readLines({ start, end: bytes - 1 })) {
      const record = parseRecord(text);
      if (record && record.seq > seq) lines.push(publicLine(record));
      if (lines.length >= most) break;
    }
    return lines;
  }

  /** Gives an entry its place at once and writes it. `now` in seconds since 1970. Throws when the disk failed before. */
  append(entry: EntryDetail, now: number): Placed {
    if (this.failure !== null) throw diskFailed(this.failure);
    const record = nextRecord(this.head, entry, now);
    this.head = record;
    const durable = new Promise<void>((done, failed) => {
      this.waiting.push({ record, line: Buffer.from(`${JSON.stringify(record)}\n`), done, failed });
    });
    this.writing ??= this.write();
    return { record, durable };
  }

  /** Waits for what is being written and closes the file. */
  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.file.appendFile(Buffer.concat(batch.map(({ line }) => line)));
        await this.file.datasync();
        this.publish(batch);
      } catch (error) {
        // What is on the disk now is unknown; nothing may be answered until a new start has read it.
        this.failure = error;
        for (const { failed } of [...batch, ...this.waiting]) failed(diskFailed(error));
        this.waiting = [];
      }
    }
    this.writing = null;
  }

  private publish(batch: readonly Waiting[]): void {
    for (const { record, line, done } of batch) {
      if ((record.seq - 1) % STRIDE === 0) this.marks.push(this.durable.bytes);
      this.durable = { head: record, bytes: this.durable.bytes + line.length };
      done();
    }
  }
}

function diskFailed(cause: unknown): CustodianError {
  return new CustodianError('BROKEN_STATE', 'The chain cannot be written.', 'Check the disk, then start again.', {
    cause,
  });
}
