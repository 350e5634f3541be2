import type { BenchHub } from './bench-hub.js';
import { bareServer, pageAsker, type PageQuestion } from './paging.js';
import { median, paired, print } from './ratio.js';

const ROUNDS = 9;
const PAGES = 60;

/** Pages of 50 with verdicts over HTTP, with token and proof: against the same page in bare SQL, against a small table, and the pages that are hard to find. */
export async function benchPages(small: BenchHub, large: BenchHub, say: (line: string) => void): Promise<void> {
  const [askSmall, askLarge, bare] = [await pageAsker(small), await pageAsker(large), await bareServer(large)];
  if ((await askLarge.ids()).join() !== (await bare.ids()).join()) throw new Error('the page and its floor differ');
  const size = String(large.population.alerts);
  print(
    await paired(
      { name: `a page of 50 with verdicts under one law, over HTTP, at ${size}`, wanted: '≥ 0.5' },
      ROUNDS,
      async () => (await askLarge.ready(PAGES))(),
      () => bare.ask(PAGES),
    ),
  );
  bare.stop();
  print(
    await paired(
      { name: 'the same page, its readers noted by alert, against not noted', wanted: '≥ 0.9' },
      ROUNDS,
      async () => {
        await large.pool.query('ALTER TABLE symbolon.access_record ENABLE TRIGGER access_record_readers');
        return (await askLarge.ready(PAGES))();
      },
      async () => {
        await large.pool.query('ALTER TABLE symbolon.access_record DISABLE TRIGGER access_record_readers');
        return (await askLarge.ready(PAGES))();
      },
    ),
  );
  await large.pool.query('ALTER TABLE symbolon.access_record ENABLE TRIGGER access_record_readers');

  const times: { small: number; large: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    times.push({
      small: await pageTime(await askSmall.ready(PAGES)),
      large: await pageTime(await askLarge.ready(PAGES)),
    });
  const ratio = median(times.map((one) => one.large / one.small));
  const medianOf = (which: 'small' | 'large') => median(times.map((one) => one[which])).toFixed(2);
  say(
    `the same page: ${medianOf('large')} ms at ${size}, ${medianOf('small')} ms at ${String(small.population.alerts)}, ratio ${ratio.toFixed(2)}, wanted ≤ 1.5`,
  );
  for (const [name, question] of await hardPages(large)) {
    const asker = await pageAsker(large, question);
    const found = (await asker.ids()).length;
    const time = median([await time5(asker), await time5(asker), await time5(asker)]);
    say(`${name}: ${found} found in ${time.toFixed(2)} ms at ${size}`);
  }
}

/** Pages whose alerts lie far apart or far back. */
async function hardPages({ pool }: BenchHub): Promise<readonly (readonly [string, PageQuestion])[]> {
  const { rows } = await pool.query<{ concept: string }>(`
    SELECT concept FROM judged_case c JOIN alert a ON a.case_id = c.id, unnest(c.present) concept
    WHERE a.position > (SELECT max(position) - 100000 FROM alert) GROUP BY concept HAVING count(*) > 20 ORDER BY count(*) LIMIT 1`);
  const rare = rows[0]?.concept ?? 'purpose/begging';
  return [
    ['a reader to whom only the oldest alerts are addressed', { purpose: 'prosecution' }],
    ['alerts that are met under NL', { filter: 'filter: { verdict: { under: "NL", anyOf: [MET] } }' }],
    ['alerts about deception', { filter: 'filter: { concepts: ["means/deception"] }' }],
    [`alerts about a rare concept (${rare})`, { filter: `filter: { concepts: ["${rare}"] }` }],
    ['alerts from Albania to the Netherlands', { filter: 'filter: { origin: ["AL"], exploitation: ["NL"] }' }],
  ];
}

async function time5({ ready }: Awaited<ReturnType<typeof pageAsker>>): Promise<number> {
  const work = await ready(5);
  const start = performance.now();
  await work();
  return (performance.now() - start) / 5;
}

/** Milliseconds a page. */
async function pageTime(work: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const pages = await work();
  return (performance.now() - start) / pages;
}
