import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { HubProcess } from '../support/hub-process.js';
import { signInAtSandbox } from '../support/sandbox-visitor.js';
import { median } from './ratio.js';

const ROUNDS = 5;
/** 400 kbit/s each way, bytes a second, with the delay of a bad line, milliseconds; a processor a fourth as fast. */
const BAD_LINE = { offline: false, downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 40 };
const SLOW = { rate: 4 };

/** How soon the console can be used on an old laptop with a bad line, beside a page of the same server that holds nothing; and how long lists scroll. */
export async function benchConsole(rows: number, say: (line: string) => void): Promise<void> {
  const hub = await HubProcess.make();
  const browser = await openBrowser();
  try {
    await hub.start();
    await benchFirstLoad(browser, hub.url, say);
    await benchLongList(browser, hub.url, rows, say);
  } finally {
    await browser.close();
    await hub.remove();
  }
}

async function benchFirstLoad(browser: Browser, hub: string, say: (line: string) => void): Promise<void> {
  const [ours, floor, sizes]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    floor.push((await load(browser, `${hub}/health/live`, (page) => page.getByText('status').first().waitFor())).ms);
    const { ms, bytes } = await load(browser, `${hub}/console`, async (page) => {
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.getByRole('radio').first().check();
    });
    ours.push(ms);
    sizes.push(bytes);
  }
  const [usable, empty] = [median(ours), median(floor)];
  say(
    `first load at 400 kbit/s on a processor slowed 4 times: usable after ${usable.toFixed(0)} ms (wanted: 3,000), ` +
      `${(usable / empty).toFixed(1)} times an empty page of the same server (${empty.toFixed(0)} ms); ${(median(sizes) / 1000).toFixed(0)} kB over the line (wanted: 200)`,
  );
}

/** A profile that has never been there; how long until it can be used, and what came over the line. */
async function load(
  browser: Browser,
  url: string,
  usable: (page: Page) => Promise<void>,
): Promise<{ readonly ms: number; readonly bytes: number }> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await session.send('Network.emulateNetworkConditions', BAD_LINE);
  await session.send('Emulation.setCPUThrottlingRate', SLOW);
  const start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await usable(page);
  const ms = performance.now() - start;
  await context.close();
  return { ms, bytes };
}

interface Scrolled {
  readonly rows: number;
  readonly ms: number;
  readonly frames: number;
  readonly longest: number;
  readonly slow: number;
  readonly elements: number;
  /** How long each fifth of the rows took, milliseconds: the same at the end as at the beginning, if nothing grows with what was scrolled by. */
  readonly fifths: readonly number[];
}

/** Scrolls a list to its end as fast as it comes: pages of the alerts are made up in the place of the hub's, which is measured elsewhere (`paging`). */
async function benchLongList(browser: Browser, hub: string, rows: number, say: (line: string) => void): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await signInAtSandbox(page, hub, /^Liaison officer, Biroul/, 'Protection');
  await page.evaluate(answerAlerts, rows);
  await page.getByRole('link', { name: 'Alerts', exact: true }).click();
  await page.locator('.long-list li').first().waitFor();
  const scrolled = await page.evaluate(scrollToEnd, rows);
  say(
    `a list of ${scrolled.rows} alerts scrolled to its end in ${(scrolled.ms / 1000).toFixed(1)} s: ${scrolled.frames} frames, ` +
      `the longest ${scrolled.longest.toFixed(0)} ms, ${scrolled.slow} longer than 100 ms; ${scrolled.elements} elements in the page at the end; ` +
      `its fifths took ${scrolled.fifths.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}`,
  );
  await context.close();
}

async function scrollToEnd(rows: number): Promise<Scrolled> {
  const list = document.querySelector('.long-list');
  if (!list) throw new Error('there is no list');
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const start = performance.now();
  let [frames, longest, slow, last] = [0, 0, 0, await frame()];
  const shown = (): number => Number(list.querySelector('li:last-child')?.getAttribute('aria-posinset') ?? 0);
  const fifths: number[] = [];
  while (shown() < rows && performance.now() - start < 300_000) {
    if (shown() >= ((fifths.length + 1) * rows) / 5) fifths.push(performance.now() - start);
    list.scrollTop += 4_000;
    const now = await frame();
    longest = Math.max(longest, now - last);
    if (now - last > 100) slow++;
    last = now;
    frames++;
  }
  return {
    ...{ rows: shown(), ms: performance.now() - start, frames, longest, slow },
    elements: document.querySelectorAll('*').length,
    fifths: [...fifths, performance.now() - start].map((at, n, all) => at - (all[n - 1] ?? 0)),
  };
}

/** Answers the question for alerts in the page itself: a helper outside would take longer than a hub. */
function answerAlerts(rows: number): void {
  const madeUp = (at: number): object => ({
    ...{ id: `alert:made-up-${at}`, kind: 'CASE', state: 'ACTIVE', revision: 0, sender: { code: 'nl-baken' } },
    ...{ receivedAt: '2026-11-30T10:00:00.000Z', expiresAt: '2029-11-30T10:00:00.000Z', pseudonym: null, person: null },
    episode: { origin: ['AL'], transit: [], exploitation: ['NL'], start: '2025-03', end: null },
    facts: [{ concept: 'purpose/forced-labour', present: true, inferred: false }],
    verdicts: [{ under: 'RO', verdict: 'UNDETERMINED' }],
  });
  const ask = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const body = init?.body;
    if (typeof body !== 'string' || !body.includes('"query Alerts')) return ask(input, init);
    const { variables } = JSON.parse(body) as { variables: { after: string | null } }; // parsing: our own question
    const from = Number(variables.after ?? 0);
    const edges = Array.from({ length: Math.min(100, rows - from) }, (_, at) => ({
      cursor: String(from + at + 1),
      node: madeUp(from + at),
    }));
    const pageInfo = { hasNextPage: from + edges.length < rows, endCursor: String(from + edges.length) };
    return new Response(JSON.stringify({ data: { alerts: { edges, pageInfo } } }), {
      headers: { 'content-type': 'application/graphql-response+json' },
    });
  };
}
