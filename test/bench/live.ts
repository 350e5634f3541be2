import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { InboxFiller } from '../../src/delivery/index.js';
import { MemberClient } from '../../src/member/index.js';
import { Sequencer } from '../../src/transparency/index.js';
import { caseContent } from '../support/organisation.js';
import type { BenchHub } from './bench-hub.js';
import type { Readers, Standing } from './live-readers.js';
import { pageAsker, tokenOf } from './paging.js';
import { median } from './ratio.js';
import { checkContent } from '../../src/member/files/index.js';

/** The environment of a hub that lets all readers in, who are of one officer here. */
export const LIVE_ENVIRONMENT = {
  STREAMS_PER_OFFICER: '100000',
  STREAMS_PER_MEMBER: '100000',
  STREAMS_PER_NODE: '100000',
};

const READERS_FILE = new URL('./live-readers.js', import.meta.url);
const READER = 'be-anker';
const RAISED = 10;
const ROUNDS = 5;
const PAGES = 40;
const PAGE = 50;

const QUERY = `subscription { inbox { __typename ... on InboxHeartbeat { cursor head { statement } unreadCount }
  ... on InboxEdge { cursor node { seq index event receivedAt salt leafHash chainHash content statement alertId } } } }`;
const NOTHING_YET = QUERY.replace('{ inbox {', '{ inbox(filter: { unreadOnly: true }) {');

/** How fast an inbox is caught up with through a stream, and what many live readers cost a node. */
export async function benchLive(
  bench: BenchHub,
  { readers, entries }: { readonly readers: number; readonly entries: number },
  say: (line: string) => void,
): Promise<void> {
  await addressed(bench, entries);
  say(`an inbox of ${entries} entries`);
  await benchCatchUp(bench, entries, say);
  await bench.pool.query('UPDATE inbox_reading SET acknowledged = given');
  await benchReaders(bench, readers, say);
}

/** Fills the reader's inbox by SQL; the hub puts the entries under heads and tells them. */
async function addressed({ hub, pool }: BenchHub, entries: number): Promise<void> {
  await pool.query(
    `INSERT INTO audience (hash, purposes, everyone, members) VALUES (sha256('live'), ARRAY['protection'], false, ARRAY['${READER}'])`,
  );
  await pool.query(
    `WITH template AS (SELECT a.*, l.payload_hash FROM alert a JOIN log_entry l ON l.position = a.position WHERE a.sender = 'ro-punte' ORDER BY a.position LIMIT 1),
    made AS (
      INSERT INTO log_entry (issuer, jti, event, payload_hash)
      SELECT 'ro-punte', 'live-' || i, 'https://w3id.org/symbolon/events/alert-raised', t.payload_hash FROM generate_series(1, $1::int) i, template t
      RETURNING position
    )
    INSERT INTO alert (position, id, sender, kind, raised_at, expires_at, audience_id, case_id, route_id, age_band, identification, started_from, started_to, statement)
    SELECT m.position, gen_random_uuid(), t.sender, t.kind, t.raised_at, now() + interval '300 days', (SELECT id FROM audience WHERE hash = sha256('live')),
      t.case_id, t.route_id, t.age_band, t.identification, t.started_from, t.started_to, t.statement
    FROM made m, template t`,
    [entries],
  );
  while ((await hub.app.get(Sequencer).look()) !== 'rested');
  await hub.app.get(InboxFiller).wake();
  await pool.query('VACUUM ANALYZE');
}

async function benchCatchUp(bench: BenchHub, entries: number, say: (line: string) => void): Promise<void> {
  const { pool } = bench;
  const { rows } = await pool.query<{ id: number; last_seq: number }>(
    `SELECT id, last_seq FROM inbox WHERE member = '${READER}' AND purpose = 'protection'`,
  );
  const { id, last_seq: last } = rows[0] ?? { id: 0, last_seq: 0 };
  if (last < entries) throw new Error(`the inbox has ${last} entries only`);
  const bareBegun = performance.now();
  let bare = 0;
  while (bare < last) {
    const page = await pool.query<{ seq: number }>({
      name: 'floor-catch-up',
      text: `SELECT e.seq, e.position, e.class, e.subject, e.chain, l.received_at, l.payload_hash, l.salt, n.hash, a.statement
        FROM inbox_entry e JOIN log_entry l ON l.position = e.position JOIN log_node n ON n.level = 0 AND n.index = e.position - 1 JOIN alert a ON a.id = e.subject
        WHERE e.inbox_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT ${PAGE}`,
      values: [id, bare],
    });
    bare = page.rows.at(-1)?.seq ?? last;
  }
  const bareSeconds = (performance.now() - bareBegun) / 1000;
  const [begun, busy] = [performance.now(), process.cpuUsage()];
  const child = await startReaders(bench, 1, QUERY);
  let standing = await stand(child);
  while (standing.entries < last) {
    await pause(100);
    standing = await stand(child);
  }
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(busy);
  child.kill();
  const doubles = standing.entries - standing.different;
  say(
    `catch-up through a stream: ${(last / seconds).toFixed(0)} entries/s of ${last}, ${doubles} doubles; bare cursor read ${(last / bareSeconds).toFixed(0)}/s; ratio ${(bareSeconds / seconds).toFixed(2)}; ${((user + system) / last).toFixed(0)} µs of the hub’s CPU an entry`,
  );
}

async function benchReaders(bench: BenchHub, readers: number, say: (line: string) => void): Promise<void> {
  const without = await pageRate(bench);
  await pause(2_000);
  const before = memory();
  const child = await startReaders(bench, readers, NOTHING_YET);
  while ((await stand(child)).caughtUp < readers) await pause(200);
  await pause(2_000);
  const each = (memory() - before) / readers;
  const withReaders = await pageRate(bench);
  say(
    `${readers} idle readers: ${(each / 1024).toFixed(1)} kB of the hub each; pages ${withReaders.toFixed(1)}/s beside ${without.toFixed(1)}/s without; ratio ${(withReaders / without).toFixed(2)}, wanted ≥ 0.5`,
  );
  const told = await tell(bench, child, readers);
  const spans = told.map(({ first, last }) => last - first).sort((a, b) => a - b);
  const firsts = told.map(({ first, raised }) => first - raised);
  say(
    `${RAISED} alerts told to ${readers} readers: the slowest ${median(spans).toFixed(0)} ms after the first (at most ${String(spans.at(-1))}); the first ${median(firsts).toFixed(0)} ms after the receipt`,
  );
  child.kill();
}

/** Raises alerts one after the other, each when the one before has reached everybody; when each was raised and read. */
async function tell({ hub, store }: BenchHub, child: ChildProcess, readers: number) {
  const seat = await store.loadOfficer('ro-punte', 'desk-1');
  const client = await MemberClient.connect({
    check: checkContent,
    hub: hub.url,
    audience: hub.url,
    seat,
    purpose: 'protection',
  });
  const handling = { purposes: ['protection' as const], audience: { members: [READER] }, code: 'H0' as const };
  const told: { raised: number; first: number; last: number }[] = [];
  let known = (await stand(child)).different;
  for (let i = 0; i < RAISED; i++) {
    await client.raise(caseContent({ handling }));
    const raised = Date.now();
    for (;;) {
      const { different, newest } = await stand(child);
      if (different > known && newest?.count === readers) {
        known = different;
        told.push({ raised, first: newest.first, last: newest.last });
        break;
      }
      await pause(50);
    }
  }
  return told;
}

async function startReaders(bench: BenchHub, count: number, query: string): Promise<ChildProcess> {
  const { token, proof } = await tokenOf(bench, 'protection', '/graphql/stream');
  const proofs = await Promise.all(Array.from({ length: count }, proof));
  const child = fork(READERS_FILE);
  child.once('exit', (code) => {
    if (code) throw new Error('the readers failed');
  });
  child.send({ url: bench.hub.url, token, proofs, query } satisfies Readers);
  return child;
}

function stand(child: ChildProcess): Promise<Standing> {
  return new Promise((resolve) => {
    child.once('message', (standing) => {
      resolve(standing as Standing); // parsing: our own process
    });
    child.send('stand');
  });
}

async function pageRate(bench: BenchHub): Promise<number> {
  const asker = await pageAsker(bench);
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const work = await asker.ready(PAGES);
    const begun = performance.now();
    await work();
    if (round > 0) rates.push((PAGES / (performance.now() - begun)) * 1000);
  }
  return median(rates);
}

/** Bytes that this process holds, after what is garbage was collected. */
function memory(): number {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void; // parsing: the flag makes it
  for (let i = 0; i < 3; i++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
