import 'reflect-metadata';
import { benchCluster } from './bench-hub.js';
import { benchConsole } from './console.js';
import { benchCustodian } from './custodian.js';
import { benchEngine } from './engine.js';
import { benchInbox } from './inbox.js';
import { benchLinkageAccuracy } from './linkage-accuracy.js';
import { benchLive, LIVE_ENVIRONMENT } from './live.js';
import { benchLog } from './log.js';
import { benchMatching } from './matching.js';
import { benchPages } from './pages.js';
import { benchPicture, PICTURE_ENVIRONMENT } from './picture.js';
import { benchRaising } from './raising.js';
import { print } from './ratio.js';
import { benchRejudging } from './rejudging.js';
import { benchSignals } from './signals.js';
import { soak } from './soak.js';

const PARTS = [
  'engine',
  'custodian',
  'matching',
  'raising',
  'log',
  'live',
  'pages',
  'inbox',
  'rejudging',
  'picture',
] as const;
type Part = (typeof PARTS)[number];
const OVER_HUBS: readonly Part[] = ['raising', 'log', 'live', 'pages', 'inbox', 'rejudging', 'picture'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Measures the hot paths beside their floors. Options: `--alerts N` and `--persons N` (1,000,000 each), the sizes of the large tables of alerts and of
 * tokens; `--only engine|custodian|matching|raising|log|live|pages|inbox|rejudging|picture`;
 * `--cases N` (200,000), the distinct sets of facts that are re-judged;
 * `--ctdc FILE`, the published microdata by whose distributions the picture's alerts are drawn;
 * `--readers N` (1,000) and `--entries N` (100,000), the live readers of a node and the inbox that one catches up with.
 * `soak` raises alerts at a steady rate, `--rate N` a second (200) for `--seconds N` (600).
 * `console --rows N` (100,000) measures the console in a real browser: its first load on a bad line, and a long list.
 * `linkage FOLDER` measures how well persons are recognised instead; `signals --series N` (20,000) how often structural signals are false, and how often rises are found.
 */
export async function bench(args: readonly string[]): Promise<void> {
  if (args[0] === 'linkage') {
    benchLinkageAccuracy(args.slice(1), say);
    return;
  }
  if (args[0] === 'signals') {
    benchSignals(sizeOf(args, '--series', 20_000), say);
    return;
  }
  if (args[0] === 'console') {
    await benchConsole(sizeOf(args, '--rows', 100_000), say);
    return;
  }
  if (args[0] === 'soak') {
    await soak(sizeOf(args, '--rate', 200), sizeOf(args, '--seconds', 600), say);
    return;
  }
  const [alerts, persons] = [sizeOf(args, '--alerts'), sizeOf(args, '--persons')];
  const only = optionOf(args, '--only');
  const parts: readonly Part[] = only === undefined ? PARTS : PARTS.filter((part) => part === only);
  if (parts.length === 0) throw new Error(`--only takes one of ${PARTS.join(', ')}`);
  if (parts.includes('engine')) await sayEngine();
  if (parts.includes('custodian')) for (const figure of await benchCustodian()) print(figure);
  if (parts.includes('matching')) await benchMatching(persons, say);
  if (!OVER_HUBS.some((part) => parts.includes(part))) return;

  const cluster = await benchCluster();
  const stop = () => void cluster.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    if (parts.includes('raising'))
      for (const figure of await benchRaising(await cluster.hubWith(1_000), 300)) print(figure);
    if (parts.includes('log')) await benchLog(await cluster.hubWith(1_000), alerts, say);
    if (parts.includes('live')) {
      const [readers, entries] = [sizeOf(args, '--readers', 1_000), sizeOf(args, '--entries', 100_000)];
      await benchLive(await cluster.hubWith(1_000, LIVE_ENVIRONMENT), { readers, entries }, say);
    }
    if (parts.includes('inbox')) await benchInbox(await cluster.hubWith(10_000), alerts, say);
    if (parts.includes('picture'))
      await benchPicture(await cluster.hubWith(0, PICTURE_ENVIRONMENT), alerts, optionOf(args, '--ctdc') ?? null, say);
    if (parts.includes('rejudging')) {
      const cases = sizeOf(args, '--cases', 200_000);
      say(`filling a table of ${alerts} alerts over ${cases} cases…`);
      await benchRejudging(await cluster.hubWith(alerts, {}, cases), say);
    }
    if (!parts.includes('pages')) return;
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

async function sayEngine(): Promise<void> {
  const { casesPerSecond, floorCasesPerSecond, wanted, rows } = await benchEngine();
  say(
    `engine: ${casesPerSecond.toFixed(0)} cases/s under all ${rows.variants} variants of ${rows.laws} laws; wanted ${wanted}; by walking objects ${floorCasesPerSecond.toFixed(0)}/s`,
  );
}

function sizeOf(args: readonly string[], name: string, fallback = 1_000_000): number {
  const size = Number(optionOf(args, name) ?? fallback);
  if (!Number.isInteger(size) || size < 1) throw new Error(`${name} takes a whole number`);
  return size;
}

function optionOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}
