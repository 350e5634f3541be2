import type { Pool } from 'pg';
import { OntologyService, Rejudging, VariantRegister } from '../../src/ontology/index.js';
import { percentile } from '../faults/load.js';
import type { BenchHub } from './bench-hub.js';
import { pageAsker } from './paging.js';

/** How many pages are asked for in a round while nothing else goes on, and while cases are re-judged. */
const PAGES = 200;
const ROUNDS = 3;

/** From now on all that was judged was judged under other definitions. */
const CHANGE_DEFINITIONS = [
  'UPDATE definition_variant SET retired_at = now() WHERE complete_to = 0',
  'UPDATE definition_variant SET content_hash = sha256(content_hash || clock_timestamp()::text::bytea)',
  "UPDATE judged_case SET revision = 'others' WHERE revision <> 'others'",
];

/**
 * New definitions over many alerts: how many alerts and distinct cases a second come to have their verdicts under them while the hub serves, beside the bare
 * engine that judges the same cases and writes nothing, and what a reader's page takes meanwhile beside an idle hub.
 */
export async function benchRejudging(bench: BenchHub, say: (line: string) => void): Promise<void> {
  const { hub, pool } = bench;
  const [register, rejudging] = [hub.app.get(VariantRegister), hub.app.get(Rejudging)];
  const asker = await pageAsker(bench);
  for (let round = 0; round < ROUNDS; round++) {
    const idle = await pageTimes(asker);
    const engine = await engineSeconds(bench);
    for (const sql of CHANGE_DEFINITIONS) await pool.query(sql);
    await pool.query('VACUUM ANALYZE judged_case');
    await register.enter();
    const before = await rejudging.left();
    const begun = performance.now();
    const done = rejudging.wake().then(() => (performance.now() - begun) / 1_000);
    const busy = await pageTimes(asker);
    const seconds = await done;
    if ((await rejudging.left()) > 0) throw new Error('not all cases were judged');
    const [perSecond, bare] = [before / seconds, before / engine];
    say(
      `re-judging ${before} cases of ${bench.population.alerts} alerts: ${(bench.population.alerts / seconds).toFixed(0)} alerts/s, ${perSecond.toFixed(0)} cases/s; ` +
        `the bare engine ${bare.toFixed(0)} cases/s, ratio ${(perSecond / bare).toFixed(2)}, wanted ≥ 0.2`,
    );
    for (const share of [0.5, 0.99]) {
      const [slow, quick] = [percentile(busy, share), percentile(idle, share)];
      say(
        `  a page of 50 meanwhile, at ${100 * share} %: ${slow.toFixed(1)} ms, idle ${quick.toFixed(1)} ms, ratio ${(slow / quick).toFixed(2)}, wanted ≤ 2`,
      );
    }
  }
}

/** How long the bare engine takes for the same cases, from their facts to the verdicts under all variants. */
async function engineSeconds({ hub, pool }: { readonly hub: BenchHub['hub']; readonly pool: Pool }): Promise<number> {
  const { engine } = hub.app.get(OntologyService);
  const { rows } = await pool.query<{ facts: Parameters<typeof engine.prepare>[0] }>('SELECT facts FROM judged_case');
  const into = new Uint8Array(engine.variants.length);
  const begun = performance.now();
  for (const { facts } of rows) engine.judgeAll(engine.prepare(facts), into);
  return (performance.now() - begun) / 1_000;
}

/** Milliseconds of each of some pages, asked for one after the other. */
async function pageTimes({ ready }: Pick<Awaited<ReturnType<typeof pageAsker>>, 'ready'>): Promise<number[]> {
  const times: number[] = [];
  for (let page = 0; page < PAGES; page++) {
    const ask = await ready(1);
    const begun = performance.now();
    await ask();
    times.push(performance.now() - begun);
  }
  return times;
}
