import type { Page } from 'playwright-core';
import type { WatchedPage } from './browser.js';

const below = (area: string, ...pages: readonly string[]): readonly string[] =>
  pages.map((page) => (page === '' ? area : `${area}/${page}`));

/** Addresses below `/console` of every page but those of one alert or link, which only their holders have. */
export const PAGES: readonly string[] = [
  ...['', 'inbox', 'alerts', 'alerts?kind=case&order=oldest', 'links'],
  ...below('flag', '', 'consent', 'person', 'return', 'about', 'happened', 'wishes', 'audience', 'check', 'outgoing'),
  ...below('raise', '', 'ground', 'person', 'episode', 'happened', 'audience', 'check'),
  ...below('definitions', '', 'laws/NL', 'compare?laws=NL,BE,RO', 'case', 'concepts', 'concepts/purpose/forced-labour'),
  ...below('picture', '', 'table', 'rises'),
  ...below('organisation', '', 'members', 'members/al-shtegu', 'accord', 'officers', 'officers/certify'),
  ...below('organisation', 'officers/revoke', 'keys', 'custodians', 'deliveries', 'reads', 'verify', 'log'),
  'no-such-page',
];

/** Goes to a page as a link of the console does, and waits until all that it asked for is there. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState(null, '', path);
  }, `/console/${address}`);
  await settled(page);
}

/** Waits until nothing on the page says that something is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const isThere = (): boolean =>
      document.querySelector('main h1') !== null && document.querySelector('main .waiting') === null;
    for (let looks = 0; looks < 3; looks++) {
      if (!isThere()) return false;
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    return isThere();
  });
}

/** What cannot be seen without moving the page sideways, in each of these ways of looking at it (WCAG 2.2, 1.4.4 and 1.4.10). */
export async function sideways({ page }: WatchedPage): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { width, text } of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(tooWide, text);
    faults.push(...wide.map((element) => `at ${width} px and ${text}: ${element}`));
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(tooWide, '100%');
  return faults;
}

const LOOKS = [
  { width: 320, text: '100%' },
  { width: 360, text: '100%' },
  { width: 768, text: '100%' },
  { width: 768, text: '200%' },
  { width: 1440, text: '200%' },
] as const;

/** Elements that reach over the right edge of the page, and scroll in no frame of their own, with text of this size. */
function tooWide(text: string): readonly string[] {
  document.documentElement.style.fontSize = text;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isFramed = (element: Element): boolean => {
    for (let above = element.parentElement; above; above = above.parentElement)
      if (above !== document.body && getComputedStyle(above).overflowX !== 'visible') return true;
    return false;
  };
  const over = [...document.body.querySelectorAll('*')].filter(
    (element) => element.getBoundingClientRect().right > clientWidth + 1 && !isFramed(element),
  );
  return over
    .slice(-3)
    .map(
      (element) =>
        `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.slice(0, 40)}`,
    );
}
