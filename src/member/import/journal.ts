import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Base64url, type RefusalCode } from '../../protocol/index.js';
import { readTextFile } from '../files/secret-file.js';

/** A row that the hub refused, without anything of its content. */
export interface RefusedLine {
  readonly line: number;
  readonly code: RefusalCode;
  readonly path: readonly string[];
  readonly message: string;
}

/** What the hub said to one batch: which lines it holds now. */
export interface JournalEntry {
  /** Ranges of lines, first and last, that the hub holds. */
  readonly accepted: readonly LineRange[];
  /** How many of them it held before. */
  readonly repeated: number;
  readonly refused: readonly RefusedLine[];
  /** The hub's receipt over what it accepted of the batch: the proof, should it ever deny it. */
  readonly receipt: string | null;
}

export type LineRange = readonly [first: number, last: number];

/** Neighbouring lines as ranges. `lines` in rising order. */
export function asRanges(lines: readonly number[]): LineRange[] {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}

/**
 * Which lines of one file one hub has accepted, in a file beside the keys, a line a batch. Losing it costs time and no correctness:
 * every `jti` is derived, so that what was sent before is recognised.
 */
export class ImportJournal {
  private constructor(
    private readonly file: FileHandle,
    private readonly accepted: Set<number>,
  ) {}

  /** Opens or begins the journal of a file (by its hash) for a hub (by its audience). A last line that was torn is left out. */
  static async open(folder: string, fileHash: string, audience: string): Promise<ImportJournal> {
    const path = join(folder, `${nameOfRun(fileHash, audience)}.jsonl`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const text = (await readTextFile(path)) ?? '';
    const accepted = new Set<number>();
    addRanges(accepted, text.split('\n').flatMap(readRanges));
    const file = await open(path, 'a', 0o600);
    // What a kill left of a line is closed off, so that the next entry stands on a line of its own.
    if (text !== '' && !text.endsWith('\n')) await file.appendFile('\n');
    return new ImportJournal(file, accepted);
  }

  /** Whether a line was accepted, and need not be sent again. */
  isAccepted(line: number): boolean {
    return this.accepted.has(line);
  }

  /** Writes a batch down for good before the next is counted on. */
  async add(entry: JournalEntry): Promise<void> {
    await this.file.appendFile(`${JSON.stringify(entry)}\n`);
    await this.file.datasync();
    addRanges(this.accepted, entry.accepted);
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** How the files of an import are called: by the file that is imported and the hub that it goes to. */
export function nameOfRun(fileHash: string, audience: string): string {
  return `${fileHash.slice(0, 22)}-${sha256Base64url(audience).slice(0, 8)}`;
}

function addRanges(lines: Set<number>, ranges: readonly LineRange[]): void {
  for (const [first, last] of ranges) for (let line = first; line <= last; line++) lines.add(line);
}

function readRanges(text: string): LineRange[] {
  try {
    const entry = JSON.parse(text) as Partial<JournalEntry> | null;
    return (entry?.accepted ?? []).filter(([first, last]) => Number.isSafeInteger(first) && Number.isSafeInteger(last));
  } catch {
    return [];
  }
}
