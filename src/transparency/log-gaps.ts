import type { Statement, Transaction } from '../database/index.js';
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

/**
 * Whoever writes an entry locks the table before it draws its position, and lets go only when all can see what it wrote. Who holds that lock is so everybody
 * who may yet fill a gap.
 */
const WRITERS: Statement = {
  name: 'log-writers',
  text: `
    SELECT virtualtransaction AS writer FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relation = 'symbolon.log_entry'::regclass`,
};

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
    const rows = await transaction.query<{ writer: string }>(WRITERS);
    const writers = new Set(rows.map(({ writer }) => writer));
    this.watch ??= { upTo: Math.min(highestSeen, size + MOST_FILLED), running: writers };
    this.watch.running = new Set([...this.watch.running].filter((writer) => writers.has(writer)));
    if (this.watch.running.size > 0) return false;
    const { upTo } = this.watch;
    this.watch = null;
    await transaction.query(FILL, [size + 1, upTo, this.audience, VOID_EVENT, sha256Bytes('')]);
    return true;
  }
}
