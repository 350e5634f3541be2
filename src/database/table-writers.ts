import type { Statement, Transaction } from './database.js';

/** A prepared transaction is one without a process. */
const WRITERS: Statement = {
  name: 'table-writers',
  text: `
    SELECT virtualtransaction AS writer FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND pid IS DISTINCT FROM pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relation = ('symbolon.' || $1::text)::regclass`,
};

/**
 * The transactions that write, or have written, to a table and have not ended, without the asker's own. Whoever writes locks the table before anything else,
 * and lets go only when all can see what it wrote: who is not among them now, and begins later, comes later.
 */
export async function writersOf(
  asking: Pick<Transaction, 'query'>,
  table: 'log_entry' | 'access_record' | 'judged_case',
): Promise<ReadonlySet<string>> {
  const rows = await asking.query<{ writer: string }>(WRITERS, [table]);
  return new Set(rows.map(({ writer }) => writer));
}
