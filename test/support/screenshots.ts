import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, WatchedPage } from './browser.js';
import { freePort } from './hub.js';
import { HubProcess } from './hub-process.js';
import { signInAtSandbox } from './sandbox-visitor.js';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 780 };

/** Does the three jobs at a hub of its own and keeps each main page as a picture in `folder`. */
export async function takeScreenshots(folder: string): Promise<void> {
  const hub = await HubProcess.make();
  const browser = await openBrowser();
  try {
    const ports = [await freePort(), await freePort(), await freePort()].join();
    await hub.start({ SANDBOX_CUSTODIANS: 'on', CUSTODIAN_PORTS: ports, LINKAGE_BATCH_SECONDS: '1' });
    const keep = keeping(folder);
    const seat = async (): Promise<Page> => (await WatchedPage.open(browser, { viewport: DESK })).page;
    const [ngo, liaison, rapporteur] = [await seat(), await seat(), await seat()];
    await ngo.goto(`${hub.url}/console`);
    await ngo.getByRole('radio').first().waitFor();
    await keep(ngo, 'sign-in');
    await signInAtSandbox(ngo, hub.url, /^Case worker, Shtegu i Mbarë/, 'Protection');
    await signInAtSandbox(liaison, hub.url, /^Liaison officer, Biroul de legătură Punte/, 'Protection');
    await signInAtSandbox(rapporteur, hub.url, /^Analyst, Rapporteursbureau Baken/, 'Monitoring');
    await ngo.getByText(/\d new entries/).waitFor();
    await keep(ngo, 'today');
    await flagReturnee(ngo, keep);
    await readIt(liaison, keep);
    await raiseCase(liaison);
    await compareAndDecide(ngo, liaison, keep);
    await seeDefinitionsAndPicture(rapporteur, hub.url, keep);
    await rapporteur.getByRole('link', { name: 'Organisation', exact: true }).click();
    await rapporteur.getByRole('heading', { name: 'Organisation' }).waitFor();
    await keep(rapporteur, 'organisation');
  } finally {
    await browser.close();
    await hub.remove();
  }
}

type Keep = (page: Page, name: string) => Promise<void>;

function keeping(folder: string): Keep {
  return async (page, name) => {
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.waitForTimeout(400); // what fades in has come
    await page.screenshot({ path: join(folder, `${name}.png`) });
    process.stdout.write(`${name}\n`);
  };
}

async function flagReturnee(page: Page, keep: Keep): Promise<void> {
  await page.getByRole('link', { name: 'Flag a returnee', exact: true }).first().click();
  await page.getByRole('button', { name: 'Begin' }).click();
  for (const scope of [/^that other organisations are told/, /^to being recognised/, /^to being counted/])
    await page.getByRole('checkbox', { name: scope }).check();
  await goOn(page, 'Who is the person?');
  await writeWho(page);
  await page.evaluate(() => {
    scrollTo(0, 0);
  });
  await keep(page, 'flag-person');
  await page.setViewportSize(PHONE);
  await page.getByRole('heading', { name: 'Who is the person?' }).scrollIntoViewIfNeeded();
  await keep(page, 'flag-person-360');
  await page.setViewportSize(DESK);
  await goOn(page, 'How did the person come back?');
  await page.getByLabel('From which country?').selectOption('NL');
  await page.getByLabel('In which month?').fill(monthsAgo(3));
  await page.getByRole('radio', { name: /^Assisted voluntary return/ }).check();
  await goOn(page, 'What may others know of the person?');
  await goOn(page, 'What is known of what happened?');
  await tickFacts(page, ['Sexual exploitation', 'Deception', 'Recruitment']);
  await goOn(page, 'What does the person wish?');
  await goOn(page, 'Who should see it?');
  await page.getByLabel('Which countries?').selectOption('RO');
  await goOn(page, 'Check your answers');
  await page.getByText('Biroul de legătură Punte (').waitFor();
  await keep(page, 'flag-check');
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByRole('heading', { name: 'The alert is sent' }).waitFor();
  await keep(page, 'flag-sent');
}

async function readIt(page: Page, keep: Keep): Promise<void> {
  await page.getByRole('link', { name: 'Inbox', exact: true }).click();
  await page.getByText('Shtegu i Mbarë').first().waitFor();
  await keep(page, 'inbox');
  await page.getByRole('link', { name: 'New alert: Returnee' }).first().click();
  await page.getByText('The signature holds').waitFor();
  await page.getByRole('heading', { name: 'Judged under national law' }).waitFor();
  await keep(page, 'alert');
}

async function raiseCase(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Raise a case', exact: true }).first().click();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('radio', { name: /^Vital interest/ }).check();
  await goOn(page, 'Who is the person?');
  await writeWho(page);
  await goOn(page, 'Where and when was the person exploited?');
  await page.getByLabel('Where was the person exploited?').selectOption('RO');
  await page.getByLabel('Since when?').fill(monthsAgo(1));
  await goOn(page, 'What may others know of the person?');
  await goOn(page, 'What is known of what happened?');
  await tickFacts(page, ['Sexual exploitation', 'Threat', 'Recruitment']);
  await goOn(page, 'Who should see it?');
  await page.getByLabel('Which countries?').selectOption('AL');
  await goOn(page, 'Check your answers');
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByRole('heading', { name: 'The alert is sent' }).waitFor();
}

async function compareAndDecide(ngo: Page, liaison: Page, keep: Keep): Promise<void> {
  for (const page of [liaison, ngo]) {
    await page.getByRole('link', { name: 'Links', exact: true }).click();
    await page.getByRole('main').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Open the comparison' }).click();
    await page.getByText('The hub took it in').waitFor();
  }
  await liaison.getByRole('button', { name: 'Seal and send' }).waitFor();
  await liaison.getByLabel('Ready-made or your own words').selectOption('question.mark');
  await liaison.getByRole('button', { name: 'Seal and send' }).click();
  await liaison.getByText('You · question').waitFor();
  await ngo.getByText('· question ·').waitFor();
  await ngo.getByLabel('Your answer').fill('Yes: a small burn on the left forearm.');
  await ngo.getByRole('button', { name: 'Seal and send' }).click();
  await liaison.getByText('· answer ·').waitFor();
  await toTop(liaison, 'The other holder');
  await keep(liaison, 'link-comparison');
  await decide(liaison, monthsAgo(1), null);
  await decide(ngo, monthsAgo(24), monthsAgo(4));
  for (const page of [ngo, liaison]) await page.getByRole('link', { name: 'Back to the link' }).click();
  await liaison.getByText('Checked here').waitFor();
  await liaison.getByText('Yes: it follows').waitFor();
  await toTop(liaison, 'What was signed, and what follows');
  await keep(liaison, 'link-outcome');
}

/** Confirms with what is known of the episode: `exit` is when the person got out, null when she had not. */
async function decide(page: Page, began: string, exit: string | null): Promise<void> {
  await page.getByRole('link', { name: 'It is the same person' }).click();
  await page.getByLabel('When the episode began').fill(began);
  await page.getByRole('radio', { name: exit === null ? /^No, the person was still/ : /^Yes, the person had/ }).check();
  if (exit !== null) await page.getByLabel('When the person got out').fill(exit);
  await page.getByRole('radio', { name: 'I do not know' }).last().check();
  await page.getByRole('button', { name: 'Check before signing' }).click();
  await page.getByRole('button', { name: 'Sign that it is one person' }).click();
  await page.getByText('Signed and taken in').waitFor();
}

async function seeDefinitionsAndPicture(page: Page, hub: string, keep: Keep): Promise<void> {
  await page.getByRole('link', { name: 'Definitions', exact: true }).click();
  await page.getByRole('checkbox', { name: /Belgium/ }).check();
  await page.getByRole('checkbox', { name: /Netherlands/ }).check();
  await page
    .getByRole('link', { name: /^Compare/ })
    .last()
    .click();
  await page.getByRole('heading', { name: 'What differs' }).waitFor();
  await keep(page, 'definitions-compare');
  await page
    .getByRole('link', { name: /^Try this case/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'What each law makes of it' }).waitFor();
  await toTop(page, 'The facts');
  await keep(page, 'made-up-case');
  await page.goto(`${hub}/console/picture?view=europe&under=NL,INT`);
  await page.getByRole('img').first().waitFor();
  await page.getByLabel('Part of the world').evaluate((field) => {
    field.closest('section, figure, .panel')?.scrollIntoView();
  });
  await keep(page, 'picture');
}

async function writeWho(page: Page): Promise<void> {
  await page.getByLabel('Given names').fill('Elira');
  await page.getByLabel('Family name').fill('Testova');
  await page.getByLabel('Date of birth').fill('1999-05-17');
  await page.getByLabel('Country of birth').selectOption('AL');
  await page.getByLabel('Place of birth').fill('Shkodër');
}

async function tickFacts(page: Page, facts: readonly string[]): Promise<void> {
  const closed = page.getByRole('main').locator('details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
  for (const fact of facts) await page.getByRole('checkbox', { name: new RegExp(`^${fact}`) }).check();
}

async function goOn(page: Page, to: string): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: to }).waitFor();
}

async function toTop(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading }).evaluate((one) => {
    one.scrollIntoView({ block: 'start' });
  });
}

/** The month so many months before this one, `2026-05`. */
function monthsAgo(count: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1)).toISOString().slice(0, 7);
}
