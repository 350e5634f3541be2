import 'reflect-metadata';
import { benchCluster } from './bench-hub.js';
import { benchEngine } from './engine.js';
import { bareServer, pageAsker } from './paging.js';
import { benchRaising } from './raising.js';
import { median, paired, print } from './ratio.js';

const ROUNDS = 9;
const PAGES = 60;

/** Measures the hot paths beside their floors. Options: `--alerts N` (1,000,000), the size of the large table. */
export async function bench(args: readonly string[]): Promise<void> {
  const option = args.indexOf('--alerts');
  const alerts = option < 0 ? 1_000_000 : Number(args[option + 1]);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const engine = await benchEngine();
  const { rows } = engine;
  say(
    `engine: ${engine.casesPerSecond.toFixed(0)} cases/s under all ${rows.variants} variants of ${rows.laws} laws; wanted 20000; by walking objects ${engine.floorCasesPerSecond.toFixed(0)}/s`,
  );

  const cluster = await benchCluster();
  try {
    for (const figure of await benchRaising(await cluster.hubWith(1_000), 300)) print(figure, '≥ 0.5');
    const small = await cluster.hubWith(10_000);
    say(`filling a table of ${alerts} alerts…`);
    const large = await cluster.hubWith(alerts);
    const [askSmall, askLarge, bare] = [await pageAsker(small), await pageAsker(large), await bareServer(large)];
    print(
      await paired(
        `a page of 50 with verdicts under one law, over HTTP, at ${alerts}`,
        ROUNDS,
        async () => (await askLarge(PAGES))(),
        () => bare.ask(PAGES),
      ),
      '≥ 0.5',
    );
    const times: { small: number; large: number }[] = [];
    for (let round = 0; round < ROUNDS; round++)
      times.push({ small: await timed(await askSmall(PAGES)), large: await timed(await askLarge(PAGES)) });
    const ratio = median(times.map((one) => one.large / one.small));
    say(
      `the same page: ${(median(times.map(({ large: ms }) => ms)) / PAGES).toFixed(2)} ms at ${alerts}, ${(median(times.map(({ small: ms }) => ms)) / PAGES).toFixed(2)} ms at 10000, ratio ${ratio.toFixed(2)}, wanted ≤ 1.5`,
    );
    bare.stop();
  } finally {
    await cluster.stop();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
