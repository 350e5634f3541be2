import { InboxFiller } from '../../src/delivery/index.js';
import type { BenchHub } from './bench-hub.js';
import { documentAsker, plainServer, READER } from './paging.js';
import { median, paired, print } from './ratio.js';

const ROUNDS = 9;
const PAGES = 60;
const SMALL = 10_000;

/** All that an entry has but the alert's parsed fields. */
const QUERY = `{ inbox(first: 50) { edges { cursor node { seq index event receivedAt salt leafHash chainHash content statement alertId } }
  pageInfo { hasNextPage endCursor } head { statement } unreadCount acknowledged } }`;

/** The same entries in bare SQL: no row-level security, no record of the reading, nothing noted, nothing signed. */
const BARE = {
  name: 'floor-inbox',
  text: `
    SELECT e.seq, e.position, e.class, e.chain, l.received_at, l.payload_hash, l.salt, n.hash, a.id, a.statement
    FROM inbox_entry e JOIN log_entry l ON l.position = e.position JOIN log_node n ON n.level = 0 AND n.index = e.position - 1
      JOIN alert a ON a.id = e.subject
    WHERE e.inbox_id = $1 ORDER BY e.seq LIMIT 51`,
};

/** What is addressed to the reader, over and over, until its inbox has so many entries. Their chain is made up: nobody verifies it here. */
const FILL = `
  WITH mine AS (SELECT id FROM inbox WHERE member = $1 AND purpose = $2),
  told AS (
    SELECT row_number() OVER (ORDER BY a.position) AS n, a.position, a.id FROM alert a JOIN audience h ON h.id = a.audience_id
    WHERE a.sender <> $1 AND a.state = 'active' AND $2 = ANY (h.purposes) AND (h.everyone OR $1 = ANY (h.members)
      OR ((h.countries IS NOT NULL OR h.kinds IS NOT NULL) AND (h.countries IS NULL OR $3 = ANY (h.countries)) AND (h.kinds IS NULL OR $4 = ANY (h.kinds))))
  ), put AS (
    INSERT INTO inbox_entry (inbox_id, seq, position, subject, class, chain)
    SELECT (SELECT id FROM mine), i, t.position, t.id, 9, sha256(i::text::bytea) FROM generate_series($5::integer, $6::integer) i
    JOIN told t ON t.n = 1 + i % (SELECT count(*) FROM told) RETURNING 1
  )
  UPDATE inbox SET last_seq = $6, last_chain = sha256($6::text::bytea) WHERE id = (SELECT id FROM mine)`;

/** Pages of 50 entries over HTTP at many entries: against bare SQL, and against few entries. */
export async function benchInbox(bench: BenchHub, entries: number, say: (line: string) => void): Promise<void> {
  const { hub, pool } = bench;
  await hub.app.get(InboxFiller).wake();
  const fill = async (from: number, to: number): Promise<void> => {
    const { member, purpose, country, kind } = READER;
    await pool.query(FILL, [member, purpose, country, kind, from, to]);
    await pool.query('VACUUM ANALYZE inbox_entry, inbox');
  };
  const { rows } = await pool.query<{ id: number; last_seq: number }>(
    'SELECT id, last_seq FROM inbox WHERE member = $1 AND purpose = $2',
    [READER.member, READER.purpose],
  );
  const [inbox] = rows;
  if (!inbox) throw new Error('the reader has no inbox');
  await fill(inbox.last_seq + 1, SMALL);
  const asker = await documentAsker(bench, QUERY);
  if (!(await asker.page()).includes('"READABLE"')) throw new Error('no statement is shown');
  const few = await pageTimes(asker);
  await fill(SMALL + 1, entries);
  const many = await pageTimes(asker);
  say(
    `an inbox page of 50: ${many.toFixed(2)} ms at ${entries} entries, ${few.toFixed(2)} ms at ${SMALL}, ratio ${(many / few).toFixed(2)}`,
  );
  const bare = await plainServer(async () => (await pool.query({ ...BARE, values: [inbox.id] })).rows);
  print(
    await paired(
      { name: `an inbox page of 50, over HTTP, at ${entries}`, wanted: '≥ 0.5' },
      ROUNDS,
      async () => (await asker.ready(PAGES))(),
      () => bare.ask(PAGES),
    ),
  );
  bare.stop();
}

/** Milliseconds a page, the median of the rounds. */
async function pageTimes({ ready }: Pick<Awaited<ReturnType<typeof documentAsker>>, 'ready'>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const work = await ready(PAGES);
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / PAGES);
  }
  return median(times);
}
