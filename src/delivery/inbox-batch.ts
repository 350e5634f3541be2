import type { Statement, Transaction } from '../database/index.js';
import type { Purpose } from '../protocol/index.js';
import { emptyInboxHash, nextInboxHash } from '../protocol/delivery/index.js';

/** How much of the log, and how many entries, go into one transaction. Each entry costs some microseconds of this process. */
const MOST_POSITIONS = 200;
const MOST_ENTRIES = 4_000;

/** A row of the function `due_inbox_entries`. */
interface DueRow {
  readonly since: string;
  readonly until: string;
  readonly inbox_id: number | null;
  /** Of the first entry of each inbox alone, as `purpose` and `chain`. */
  readonly member: string | null;
  readonly purpose: Purpose | null;
  readonly seq: number;
  readonly position: string;
  readonly subject: string;
  readonly class: number;
  /** The chain up to the entry before; null when there is none. */
  readonly chain: Buffer | null;
  readonly leaf: Buffer | null;
}

const DUE: Statement = {
  name: 'inbox-due',
  text: 'SELECT * FROM due_inbox_entries($1, $2)',
};

const FILL: Statement = {
  name: 'inbox-fill',
  text: 'SELECT fill_inboxes($1, $2, $3, $4, $5, $6, $7, $8)',
};

/** Fills the inboxes from what the log has next; which it told something, or null when the log had nothing. Entries, chains and mark are written together or not at all. */
export async function fillNext(transaction: Transaction, audience: string): Promise<ReadonlySet<number> | null> {
  const due = await transaction.query<DueRow>(DUE, [MOST_POSITIONS, MOST_ENTRIES]);
  const [first] = due;
  if (!first) return null;
  const entries = due.filter(({ inbox_id }) => inbox_id !== null);
  await transaction.query(FILL, [
    ...[first.since, first.until],
    entries.map(({ inbox_id }) => inbox_id),
    entries.map(({ seq }) => seq),
    entries.map(({ position }) => position),
    entries.map(({ subject }) => subject),
    entries.map((entry) => entry.class),
    chainsOf(entries, audience),
  ]);
  return new Set(entries.flatMap(({ inbox_id }) => inbox_id ?? []));
}

/** The hash of the chain up to each entry. The entries of an inbox follow each other. */
function chainsOf(entries: readonly DueRow[], audience: string): readonly Buffer[] {
  let chain: Uint8Array = Buffer.alloc(0);
  return entries.map(({ member, purpose, chain: before, seq, position, leaf }) => {
    if (!leaf) throw new Error('an entry below a head has no leaf');
    if (member !== null && purpose !== null) chain = before ?? emptyInboxHash({ audience, member, purpose });
    chain = nextInboxHash(chain, { seq, index: Number(position) - 1, leafHash: leaf });
    return Buffer.from(chain);
  });
}
