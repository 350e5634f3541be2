import { type Statement, type Transaction, writersOf } from '../database/index.js';
import { sha256Bytes } from '../protocol/index.js';
import { VOID_EVENT } from '../protocol/transparency/index.js';

/** What a gap waits for. */
interface Watch {
  /** Up to here every position was drawn when the watch began. */
  readonly upTo: number;
  /** The transactions that may yet fill one of them. */
  running: ReadonlySet<string>;
}

/** The most places of a gap that are filled at once. */
const MOST_FILLED = 5_000;

const FILL: Statement = {
  name: 'log-fill',
  text: `
    INSERT INTO log_entry (position, issuer, jti, event, payload_hash) OVERRIDING SYSTEM VALUE
    SELECT place, $3, 'void-' || place, $4, $5 FROM generate_series($1::bigint, $2::bigint) AS place
    WHERE NOT EXISTS (SELECT FROM log_entry l WHERE l.position = place)
    RETURNING position`,
};

/**
 * Positions become visible out of order, and some never do: their transaction failed. A gap is passed only when nobody is left who could fill it; what is
 * missing then gets a void entry (T4), whose position the primary key keeps from everybody else.
 */
export class LogGaps {
  private watch: Watch | null = null;

  constructor(private readonly audience: string) {}

  /** Nothing is missing. */
  forget(): void {
    this.watch = null;
  }

  /** Fills what can no longer be filled by others, between `size` and what was drawn when the watch began. Says whether it did, so that all may be read anew. */
  async settle(transaction: Transaction, size: number, highestSeen: number): Promise<boolean> {
    const writers = await writersOf(transaction, 'log_entry');
    this.watch ??= { upTo: Math.min(highestSeen, size + MOST_FILLED), running: writers };
    this.watch.running = new Set([...this.watch.running].filter((writer) => writers.has(writer)));
    if (this.watch.running.size > 0) return false;
    const { upTo } = this.watch;
    this.watch = null;
    await transaction.query(FILL, [size + 1, upTo, this.audience, VOID_EVENT, sha256Bytes('')]);
    return true;
  }
}
