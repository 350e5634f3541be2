import 'reflect-metadata';
import { benchCluster } from './bench-hub.js';
import { benchEngine } from './engine.js';
import { benchLinkageAccuracy } from './linkage-accuracy.js';
import { benchPages } from './pages.js';
import { benchRaising } from './raising.js';
import { print } from './ratio.js';

/**
 * Measures the hot paths beside their floors. Options: `--alerts N` (1,000,000), the size of the large table. `linkage FOLDER` measures how well
 * persons are recognised instead.
 */
export async function bench(args: readonly string[]): Promise<void> {
  if (args[0] === 'linkage') {
    benchLinkageAccuracy(args.slice(1), (line) => process.stdout.write(`${line}\n`));
    return;
  }
  const option = args.indexOf('--alerts');
  const alerts = option < 0 ? 1_000_000 : Number(args[option + 1]);
  if (!Number.isInteger(alerts) || alerts < 1) throw new Error('--alerts takes a whole number');
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const engine = await benchEngine();
  const { rows } = engine;
  say(
    `engine: ${engine.casesPerSecond.toFixed(0)} cases/s under all ${rows.variants} variants of ${rows.laws} laws; wanted 20000; by walking objects ${engine.floorCasesPerSecond.toFixed(0)}/s`,
  );

  const cluster = await benchCluster();
  const stop = () => void cluster.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    for (const figure of await benchRaising(await cluster.hubWith(1_000), 300)) print(figure);
    const small = await cluster.hubWith(10_000);
    say(`filling a table of ${alerts} alerts…`);
    const large = await cluster.hubWith(alerts);
    for (const { population } of [small, large]) {
      const counts = Object.entries(population).map(([name, count]) => `${String(count)} ${name}`);
      say(`a table of ${counts.join(', ')}`);
    }
    await benchPages(small, large, say);
  } finally {
    await cluster.stop();
  }
}
