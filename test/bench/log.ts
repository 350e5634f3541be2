import { AlertService } from '../../src/alerts/index.js';
import { MemberClient } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { LogProofs, Sequencer } from '../../src/transparency/index.js';
import { caseContent } from '../support/organisation.js';
import type { BenchHub } from './bench-hub.js';
import { TELL_NOBODY } from './population.js';
import { paired, print } from './ratio.js';
import { checkContent } from '../../src/member/files/index.js';

const ROUNDS = 7;
const EACH = 300;
const PROOFS = 2_000;
const ENTRIES_AT_ONCE = 100_000;

const FILL = `
  INSERT INTO log_entry (issuer, jti, event, payload_hash)
  SELECT 'ro-punte', 'filled-' || i, 'https://w3id.org/symbolon/events/alert-raised', sha256(i::text::bytea)
  FROM generate_series($1::bigint, $2::bigint) i`;
const PAUSE = "SELECT pg_advisory_lock(hashtext('symbolon log'))";
const GO_ON = "SELECT pg_advisory_unlock(hashtext('symbolon log'))";

/** What the log costs those who raise, how fast it takes entries in, and what a proof costs in a log of `entries`. */
export async function benchLog(bench: BenchHub, entries: number, say: (line: string) => void): Promise<void> {
  await benchRaisingUnderHeads(bench);
  await fill(bench, entries, say);
  await benchProofs(bench, say);
}

/** Raising while what is raised is put under heads as fast as it comes, and while nobody does that. */
async function benchRaisingUnderHeads({ hub, store, pool }: BenchHub): Promise<void> {
  const seat = await store.loadOfficer('ro-punte', 'desk-1');
  const client = await MemberClient.connect({
    check: checkContent,
    hub: hub.url,
    audience: hub.url,
    seat,
    purpose: 'protection',
  });
  const principal = await hub.app.get(MembershipService).principalOf('ro-punte', 'desk-1', 'protection');
  const [alerts, sequencer] = [hub.app.get(AlertService), hub.app.get(Sequencer)];
  for (const width of [1, 8]) {
    const stock = await Promise.all(
      Array.from({ length: EACH * (ROUNDS + 1) * 2 }, () => client.signRaise(caseContent())),
    );
    const raiseAll = async (): Promise<number> => {
      const batch = stock.splice(0, EACH);
      const lane = async () => {
        for (let next = batch.pop(); next !== undefined; next = batch.pop()) await alerts.raise(principal, next);
      };
      await Promise.all(Array.from({ length: width }, lane));
      return EACH;
    };
    const pausing = await pool.connect();
    const figure = await paired(
      { name: `raising under heads, ${width} at a time, beside no heads (${EACH} × ${ROUNDS})`, wanted: '≥ 0.8' },
      ROUNDS,
      async () => {
        const raised = await raiseAll();
        while ((await sequencer.look()) !== 'rested'); // so that all that was raised is paid for
        return raised;
      },
      async () => {
        await pausing.query(PAUSE);
        const raised = await raiseAll();
        await pausing.query(GO_ON);
        return raised;
      },
    );
    pausing.release();
    print(figure);
  }
}

async function fill({ hub, pool }: BenchHub, entries: number, say: (line: string) => void): Promise<void> {
  const pausing = await pool.connect();
  await pausing.query(PAUSE);
  for (let from = 1; from <= entries; from += ENTRIES_AT_ONCE)
    await pool.query(FILL, [from, Math.min(entries, from + ENTRIES_AT_ONCE - 1)]);
  await pool.query(TELL_NOBODY);
  await pausing.query(GO_ON);
  pausing.release();
  const start = performance.now();
  while ((await hub.app.get(Sequencer).look()) !== 'rested');
  const seconds = (performance.now() - start) / 1000;
  say(`put under heads: ${entries} entries in ${seconds.toFixed(1)} s, ${(entries / seconds).toFixed(0)} entries/s`);
  await pool.query('VACUUM ANALYZE log_entry, log_node, tree_head');
}

async function benchProofs({ hub, pool }: BenchHub, say: (line: string) => void): Promise<void> {
  const proofs = hub.app.get(LogProofs);
  const { size } = await proofs.latest();
  const indexes = Array.from({ length: PROOFS }, (_, number) => (number * 7_919) % size);
  for (const index of indexes.slice(0, 200)) await proofs.inclusion(index, size);
  const [before, cpuBefore] = [await nodesRead(pool), process.cpuUsage()];
  for (const index of indexes) await proofs.inclusion(index, size);
  const { user, system } = process.cpuUsage(cpuBefore);
  const rows = ((await nodesRead(pool)) - before) / PROOFS;
  say(
    `inclusion proof among ${size}: ${((user + system) / 1000 / PROOFS).toFixed(2)} ms of CPU of the hub, wanted ≤ 2; ${rows.toFixed(1)} rows read, log2 is ${Math.log2(size).toFixed(1)}`,
  );
}

/** As the database itself counts them. */
async function nodesRead(pool: BenchHub['pool']): Promise<number> {
  await pool.query('SELECT pg_stat_clear_snapshot()');
  await new Promise((resolve) => setTimeout(resolve, 2_000)); // connections hand their counts in each second
  const { rows } = await pool.query<{ read: string }>(
    "SELECT idx_tup_fetch AS read FROM pg_stat_user_tables WHERE relname = 'log_node'",
  );
  return Number(rows[0]?.read);
}
