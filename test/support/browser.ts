import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Whether there is one on this machine. */
export const HAS_BROWSER = CHROMIUM !== undefined;

/** A real browser without anything that asks the network by itself. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(CHROMIUM ? { executablePath: CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
}

/** A page with an ear on everything that it must not do. */
export class WatchedPage {
  /** What the page said on its console as an error, violations of its policy among it, and what it threw. */
  readonly faults: string[] = [];
  /** Every address that was asked, and what was sent there. */
  readonly requests: { readonly url: string; readonly body: string }[] = [];

  private constructor(readonly page: Page) {
    page.on('console', (message) => {
      // A question that failed is heard of by who asked; the browser also writes it here.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.faults.push(message.text());
    });
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('request', (request) => {
      this.requests.push({ url: request.url(), body: request.postData() ?? '' });
    });
  }

  /** A page of a profile of its own, as on another computer. */
  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(20_000);
    return new WatchedPage(await context.newPage());
  }

  /** The origins that were asked. */
  get origins(): ReadonlySet<string> {
    return new Set(
      this.requests
        .map(({ url }) => new URL(url))
        .filter(({ protocol }) => protocol !== 'blob:')
        .map(({ origin }) => origin),
    );
  }

  /** Rules of WCAG 2.2 AA that the page breaks as it is now, each with where. */
  async accessibilityFaults(): Promise<readonly string[]> {
    // As an isolated script of the test's own: the page itself allows none.
    const session = await this.page.context().newCDPSession(this.page);
    const tree = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: tree.frameTree.frame.id,
    });
    const run = async (expression: string): Promise<unknown> => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        ...{ expression, contextId: executionContextId, awaitPromise: true, returnByValue: true },
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    await run(`${AXE};undefined`);
    const found = await run(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`,
    );
    await session.detach();
    return found as readonly string[];
  }

  /** Everything that this profile keeps, as text: IndexedDB, local and session storage. */
  kept(): Promise<string> {
    return this.page.evaluate(async () => {
      const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open(name ?? '');
          opening.onsuccess = () => resolve(opening.result);
          opening.onerror = () => reject(new Error('the database does not open'));
        });
        for (const store of database.objectStoreNames) {
          const all = database.transaction(store).objectStore(store).getAll();
          await new Promise((resolve) => (all.onsuccess = resolve));
          texts.push(JSON.stringify(all.result));
        }
        database.close();
      }
      return texts.join('\n');
    });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
