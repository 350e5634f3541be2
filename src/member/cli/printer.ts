import { plain, plainLines } from './table.js';

/** Where a command prints. */
export interface Output {
  /** Results. */
  out(text: string): void;
  /** Resolves when whoever reads the results has all that was printed, as far as this process can know; rejects when that cannot be. Absent where `out` has seen to it. */
  flush?(): Promise<void>;
  /** Progress, notes and failures. */
  err(text: string): void;
  /** Whether `err` is a terminal that a progress bar can be drawn on. */
  readonly terminal: boolean;
}

/** Prints a command's result: a table or sentences for people, or with `--json` one JSON document for programs. What people read has no control characters, whoever wrote it. */
export class Printer {
  constructor(
    readonly output: Output,
    readonly json: boolean,
  ) {}

  /** With `--json` the value; otherwise the text that `forPeople` makes of it. */
  result<T>(value: T, forPeople: (value: T) => string): void {
    this.output.out(this.json ? `${JSON.stringify(value, null, 2)}\n` : withNewline(plainLines(forPeople(value))));
  }

  /** One of many results, as it comes: with `--json` each on a line of its own. */
  item<T>(value: T, forPeople: (value: T) => string): void {
    this.output.out(withNewline(this.json ? JSON.stringify(value) : plainLines(forPeople(value))));
  }

  /** Waits until what was printed is out of this process. Throws what keeps it in. */
  async flush(): Promise<void> {
    await this.output.flush?.();
  }

  /** A note beside the result, such as what to do next; it never mixes with `--json` output. */
  note(text: string): void {
    if (!this.json) this.output.err(withNewline(plainLines(text)));
  }

  /** How to go on after a page of what the hub has, if it has more. */
  more({ hasNextPage, endCursor }: { readonly hasNextPage: boolean; readonly endCursor: string | null }): void {
    if (hasNextPage) this.note(`More: --after ${plain(endCursor ?? '')}`);
  }
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
