import type { Pool } from 'pg';
import { OntologyService, Rejudging, VariantRegister } from '../../src/ontology/index.js';
import { percentile } from '../faults/load.js';
import type { BenchHub } from './bench-hub.js';
import { pageAsker } from './paging.js';

/** How many pages are asked for in a round while nothing else goes on. */
const PAGES = 200;
const ROUNDS = 3;

/** From now on all that was judged was judged under other definitions, and what was judged under others before that is not kept any more. */
const RETIRE =
  'UPDATE definition_variant SET retired_at = now() WHERE retired_at IS NULL AND id <> ALL ($1::smallint[])';
const CHANGE_DEFINITIONS = `
  UPDATE definition_variant SET content_hash = sha256(content_hash || clock_timestamp()::text::bytea) WHERE retired_at IS NULL;
  UPDATE judged_case SET revision = 'others' WHERE revision <> 'others'`;

/**
 * New definitions over many alerts: how many alerts and distinct cases a second come to have their verdicts under them, beside the bare engine that judges
 * the same cases and writes nothing; and, once more while a reader asks for one page after the other, what a page takes beside an idle hub.
 */
export async function benchRejudging(bench: BenchHub, say: (line: string) => void): Promise<void> {
  const { alerts } = bench.population;
  const asker = await pageAsker(bench);
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await engineSeconds(bench);
    const alone = await rejudge(bench, () => Promise.resolve());
    say(
      `re-judging ${alone.cases} cases of ${alerts} alerts: ${(alerts / alone.seconds).toFixed(0)} alerts/s, ${(alone.cases / alone.seconds).toFixed(0)} cases/s; ` +
        `the bare engine ${(alone.cases / bare).toFixed(0)} cases/s, ratio ${(bare / alone.seconds).toFixed(2)}, wanted ≥ 0.1`,
    );
    const idle = await pageTimes(asker, (pages) => pages < PAGES);
    const busy: number[] = [];
    const read = await rejudge(bench, async (going) => void busy.push(...(await pageTimes(asker, going))));
    say(`  while a reader asks for ${busy.length} pages of 50: ${(alerts / read.seconds).toFixed(0)} alerts/s`);
    for (const [share, wanted] of [
      [0.5, 2],
      [0.99, 4],
    ] as const) {
      const [slow, quick] = [percentile(busy, share), percentile(idle, share)];
      say(
        `  a page at ${100 * share} %: ${slow.toFixed(1)} ms, idle ${quick.toFixed(1)} ms, ratio ${(slow / quick).toFixed(2)}, wanted ≤ ${wanted}`,
      );
    }
  }
}

/** Changes the definitions, and has all cases judged while `meanwhile` goes on. */
async function rejudge(
  { hub, pool }: BenchHub,
  meanwhile: (going: () => boolean) => Promise<void>,
): Promise<{ readonly cases: number; readonly seconds: number }> {
  const [register, rejudging] = [hub.app.get(VariantRegister), hub.app.get(Rejudging)];
  await pool.query(RETIRE, [register.ids]);
  await pool.query(CHANGE_DEFINITIONS);
  await pool.query('VACUUM ANALYZE judged_case');
  await register.enter();
  const cases = await rejudging.left();
  const begun = performance.now();
  let seconds: number | null = null;
  const done = rejudging.wake().then(() => (seconds = (performance.now() - begun) / 1_000));
  await meanwhile(() => seconds === null);
  const took = await done;
  if ((await rejudging.left()) > 0) throw new Error('not all cases were judged');
  return { cases, seconds: took };
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

/** Milliseconds of each page, asked for one after the other while it goes on. */
async function pageTimes(
  { ready }: Pick<Awaited<ReturnType<typeof pageAsker>>, 'ready'>,
  goesOn: (pages: number) => boolean,
): Promise<number[]> {
  const times: number[] = [];
  while (goesOn(times.length)) {
    const ask = await ready(1);
    const begun = performance.now();
    await ask();
    times.push(performance.now() - begun);
  }
  return times;
}
