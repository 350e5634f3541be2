import { asRefusal, type BatchOutcome } from '../documents/alert-submission.js';
import { MemberError } from '../member-error.js';
import { asRanges, type ImportJournal, type JournalEntry, type RefusedLine } from './journal.js';
import { patiently, type Patience } from './patience.js';

/** A signed row, ready to send. */
export interface SignedRow {
  readonly line: number;
  readonly statement: string;
}

/** Sends signed rows: `MemberClient.raiseMany`. */
export type RaiseMany = (statements: readonly string[]) => Promise<BatchOutcome>;

/** Refusals that are about one row. Any other is about the sender or the hub and ends the import: every row would meet it. */
const ABOUT_THE_ROW = new Set([
  'SCHEMA_INVALID',
  'UNKNOWN_CODE',
  'CONTRADICTORY_FACTS',
  'RETENTION_EXCEEDED',
  'OVERSIZED',
  'ARGUMENT_INVALID',
]);

/** Sends batches, a few at a time, and writes down what became of each. */
export class Submission {
  private readonly inFlight = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | null = null;

  constructor(
    private readonly raiseMany: RaiseMany,
    private readonly journal: ImportJournal,
    private readonly patience: Patience,
    /** How many batches are under way at once. */
    private readonly width: number,
    private readonly onEntry: (entry: JournalEntry, accepted: number) => void,
  ) {}

  /** Takes a batch that signs itself while others are under way; waits while too many are. Throws what made a batch before fail. */
  async add(batch: Promise<readonly SignedRow[]>): Promise<void> {
    // A batch whose signing fails before its turn comes must not end the process as an unhandled rejection.
    batch.catch(() => undefined);
    while (this.inFlight.size >= this.width) await Promise.race(this.inFlight);
    this.throwIfFailed();
    const sending: Promise<void> = this.send(batch)
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.inFlight.delete(sending));
    this.inFlight.add(sending);
  }

  /** Waits for what is under way. Throws what made a batch fail. */
  async settle(): Promise<void> {
    await this.drain();
    this.throwIfFailed();
  }

  /** Waits for what is under way, whatever becomes of it, so that its journal is written to the end. */
  async drain(): Promise<void> {
    await Promise.all(this.inFlight);
  }

  private async send(signing: Promise<readonly SignedRow[]>): Promise<void> {
    const batch = await signing;
    if (batch.length === 0) return;
    const { results: answers, receipt } = await patiently(this.patience, () =>
      this.raiseMany(batch.map(({ statement }) => statement)),
    );
    if (answers.length !== batch.length) {
      throw new MemberError(
        'HUB_FAILED',
        'The hub answered to fewer rows than were sent.',
        'Run the same command again.',
      );
    }
    const accepted: number[] = [];
    const refused: RefusedLine[] = [];
    let repeated = 0;
    for (const [i, answer] of answers.entries()) {
      const line = batch[i]?.line ?? 0;
      if (answer.__typename === 'AlertAccepted') {
        accepted.push(line);
        if (answer.repeated) repeated++;
      } else if (answer.code === 'REPLAYED') {
        // The `jti` is derived with a secret of ours: whatever stands under it is this row, sent by an earlier run.
        accepted.push(line);
        repeated++;
      } else if (ABOUT_THE_ROW.has(answer.code)) {
        refused.push({ line, code: answer.code, path: answer.path, message: answer.message });
      } else {
        throw asRefusal(answer);
      }
    }
    const entry = { accepted: asRanges(accepted), repeated, refused, receipt };
    await this.journal.add(entry);
    this.onEntry(entry, accepted.length - repeated);
  }

  private throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }
}
