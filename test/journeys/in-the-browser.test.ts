import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, WatchedPage } from '../support/browser.js';
import { describeInBrowser } from '../support/in-browser.js';
import { goTo, PAGES, sideways } from '../support/every-page.js';
import { freePort } from '../support/hub.js';
import { signInAtSandbox } from '../support/sandbox-visitor.js';
import { HubProcess } from '../support/hub-process.js';
import { Keyboard } from '../support/keyboard.js';

/** What of a made-up person may be nowhere but in the fields of one page. */
const SECRETS = ['Arjeta', 'Hoxhallari', '2003-04-17', 'Shkodër', '2003-04'];

let hub: HubProcess;
let browser: Browser;
let custodians: readonly number[];
let ngo: WatchedPage;
let liaison: WatchedPage;

describeInBrowser('in the browser', () => {
  beforeAll(async () => {
    custodians = [await freePort(), await freePort(), await freePort()];
    hub = await HubProcess.make();
    const environment = { SANDBOX_CUSTODIANS: 'on', CUSTODIAN_PORTS: custodians.join(), LINKAGE_BATCH_SECONDS: '1' };
    [browser] = await Promise.all([openBrowser(), hub.start(environment)]);
    [ngo, liaison] = await Promise.all([WatchedPage.open(browser), WatchedPage.open(browser)]);
  });

  afterAll(async () => {
    await browser.close();
    await hub.remove();
  });

  it('a case worker signs in with the keyboard alone, for one purpose that stays to be seen', async () => {
    const { page } = ngo;
    await page.goto(`${hub.url}/console`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByText('This hub is a sandbox').waitFor();
    // The controls have their looks: a bundler leaves out what it takes for unused.
    const box = await page.getByRole('button', { name: 'Take this seat' }).boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(await ngo.accessibilityFaults()).toEqual([]);
    const keyboard = new Keyboard(page);
    await keyboard.choose(/Whose work/, /^Case worker, Shtegu i Mbarë/);
    await keyboard.press(/^Take this seat$/);
    await page.getByText('For which purpose do you work now?').waitFor();
    expect(await ngo.accessibilityFaults()).toEqual([]);
    await keyboard.choose(/For which purpose/, /^Protection/);
    await keyboard.press(/^Sign in$/);
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    expect(await page.getByRole('region', { name: 'Who is at work' }).textContent()).toContain(
      'You work for Protection',
    );
    expect(await ngo.accessibilityFaults()).toEqual([]);
    expect(await ngo.kept()).not.toMatch(/"d":/); // no private part of a key anywhere
  });

  it('a liaison officer signs in on another computer', async () => {
    await signInAtSandbox(liaison.page, hub.url, /^Liaison officer, Biroul de legătură Punte/, 'Protection');
    const { page } = liaison;
    await page.getByRole('link', { name: 'Inbox', exact: true }).click();
    await page.getByText('What arrives is shown here by itself.').waitFor();
    expect(await liaison.accessibilityFaults()).toEqual([]);
  });

  it('the case worker flags a returnee with the keyboard alone, though the line is lost on the way', async () => {
    const { page } = ngo;
    const keyboard = new Keyboard(page);
    await keyboard.press(/^Flag a returnee$/);
    await page.getByRole('heading', { name: 'Flag a returnee' }).waitFor();
    expect(await ngo.accessibilityFaults()).toEqual([]);
    await keyboard.press(/^Begin$/);
    await page.getByRole('heading', { name: 'What did the person agree to?' }).waitFor();
    await keyboard.press(/^that other organisations are told/);
    await keyboard.press(/^to being recognised/);
    expect(await ngo.accessibilityFaults()).toEqual([]);
    await keyboard.press(/^Continue$/);
    await page.getByRole('heading', { name: 'Who is the person?' }).waitFor();
    await keyboard.write(/^Given names/, 'Arjeta');
    await keyboard.write(/^Family name/, 'Hoxhallari');
    await keyboard.write(/^Date of birth/, '2003-04-17');
    await keyboard.write(/^Country of birth/, 'Albania');
    await keyboard.write(/^Place of birth/, 'Shkodër');
    expect(await ngo.accessibilityFaults()).toEqual([]);
    await keyboard.press(/^See whether this is enough$/);
    await page.getByText('the person can be recognised surely').waitFor();
    await keyboard.press(/^Continue$/);
    await page.getByRole('heading', { name: 'How did the person come back?' }).waitFor();
    await page.getByRole('radio', { name: /^Assisted voluntary return/ }).waitFor();
    await keyboard.write(/^From which country/, 'Romania');
    await keyboard.write(/^In which month/, '2026-05');
    await keyboard.choose(/In which way/, /^Assisted voluntary return/);
    expect(await ngo.accessibilityFaults()).toEqual([]);
    await keyboard.press(/^Continue$/);
    await page.getByRole('heading', { name: 'What may others know' }).waitFor();

    // The line goes, and so does the page: what was written is kept here, sealed.
    for (const secret of SECRETS) expect(await ngo.kept()).not.toContain(secret);
    await page.context().setOffline(true);
    await keyboard.press(/^Continue$/);
    await page.getByRole('heading', { name: 'What is known of what happened?' }).waitFor();
    await keyboard.press(/^How was the person exploited/);
    await keyboard.press(/^Sexual exploitation/);
    await keyboard.press(/^By which means/);
    await keyboard.press(/^Deception/);
    await keyboard.press(/^What was done/);
    await keyboard.press(/^Recruitment/);
    expect(await ngo.accessibilityFaults()).toEqual([]);
    await keyboard.press(/^Continue$/);
    await page.getByRole('heading', { name: 'What does the person wish?' }).waitFor();
    expect(await ngo.accessibilityFaults()).toEqual([]);
    await keyboard.press(/^Continue$/);
    await page.getByRole('heading', { name: 'Who should see it?' }).waitFor();
    expect(await ngo.accessibilityFaults()).toEqual([]);
    await keyboard.press(/^Continue$/);
    await page.getByRole('heading', { name: 'Check your answers' }).waitFor();
    await page.getByText('The hub does not answer.').waitFor();
    await keyboard.press(/^Sign and send$/);
    await page.getByRole('heading', { name: 'The alert waits on this computer' }).waitFor();
    expect(await ngo.accessibilityFaults()).toEqual([]);
    for (const secret of SECRETS) expect(await ngo.kept()).not.toContain(secret);

    await page.context().setOffline(false);
    await page.getByRole('heading', { name: 'The alert is sent' }).waitFor();
    expect(await ngo.accessibilityFaults()).toEqual([]);
  });

  it('the liaison officer is told at once, and reads who signed it and what would decide', async () => {
    const { page } = liaison;
    await page.getByText('Something new has arrived').waitFor();
    const entry = page.getByRole('link', { name: 'New alert: Returnee' }).first();
    await page.getByText('Shtegu i Mbarë').first().waitFor();
    await entry.click();
    await page.getByText('The signature holds: it is by an officer of Shtegu i Mbarë (al-shtegu)').waitFor();
    await page.getByRole('table', { name: /^Elements under Romania/ }).waitFor();
    expect(await liaison.accessibilityFaults()).toEqual([]);
    await page.getByRole('link', { name: 'Alerts', exact: true }).click();
    await page.getByText(/alerts? so far|\d+ alerts\./).waitFor();
    expect(await liaison.accessibilityFaults()).toEqual([]);
  });

  it('the liaison officer raises a case about the same person', async () => {
    const { page } = liaison;
    const goOn = (): Promise<void> => page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'Raise a case', exact: true }).click();
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('radio', { name: /^Vital interest/ }).check();
    expect(await liaison.accessibilityFaults()).toEqual([]);
    await goOn();
    await page.getByLabel('Given names').fill('Arjeta');
    await page.getByLabel('Family name').fill('Hoxhallari');
    await page.getByLabel('Date of birth').fill('17.04.2003');
    await page.getByLabel('Country of birth').selectOption('AL');
    await page.getByLabel('Place of birth').fill('Shkodra');
    await goOn();
    await page.getByLabel('Where was the person exploited?').selectOption('RO');
    await page.getByLabel('Since when?').fill('2026-09');
    expect(await liaison.accessibilityFaults()).toEqual([]);
    await goOn();
    await page.getByRole('heading', { name: 'What may others know' }).waitFor();
    await goOn();
    for (const [group, fact] of [
      ['How was the person exploited', /^Sexual exploitation/],
      ['By which means', /^Coercion/],
      ['What was done', /^Harbouring/],
    ] as const) {
      await page.getByText(group).click();
      await page.getByRole('checkbox', { name: fact }).first().check();
    }
    await goOn();
    await page.getByLabel('Which countries?').selectOption('AL');
    await goOn();
    await page.getByText('One organisation will see it').waitFor();
    await page.getByRole('button', { name: 'Sign and send' }).click();
    await page.getByRole('heading', { name: 'The alert is sent' }).waitFor();
  });

  it('both compare, both confirm, and both see the flag that follows', async () => {
    await Promise.all([ngo, liaison].map((watched) => openComparison(watched)));
    for (const { page } of [ngo, liaison])
      await page.getByText('Both holders opened. You compare under seal').waitFor({ timeout: 40_000 });
    for (const watched of [ngo, liaison]) expect(await watched.accessibilityFaults()).toEqual([]);

    await liaison.page.getByLabel('Ready-made or your own words').selectOption({ index: 1 });
    await liaison.page.getByRole('button', { name: 'Seal and send' }).click();
    await ngo.page.getByText('Does the person have a lasting mark').first().waitFor({ timeout: 40_000 });

    await confirm(ngo, { began: '2025-03', exit: /^Yes, the person had got out/, exited: '2026-04' });
    await confirm(liaison, { began: '2026-09', exit: /^No, the person was still in it/ });
    for (const watched of [ngo, liaison]) {
      await watched.page
        .getByText('A new exploitation after the person had got out (IOM 2010).')
        .waitFor({ timeout: 40_000 });
      await watched.page.getByText('Yes: it follows from the two signed statements.').waitFor();
      await watched.page.getByText('Signed by the hub; it names both signed statements.').waitFor();
      expect(await watched.accessibilityFaults()).toEqual([]);
    }
    await ngo.page.getByRole('link', { name: 'See the flag' }).click();
    await ngo.page.getByRole('heading', { name: 'Re-trafficking flag' }).waitFor();
    await ngo.page.getByText('The signature holds: the hub itself raised it').waitFor();
    expect(await ngo.accessibilityFaults()).toEqual([]);
  });

  it('the case worker sees who read the alert, and proves that the log has it', async () => {
    const { page } = ngo;
    await page.getByRole('link', { name: 'Alerts', exact: true }).click();
    await page.getByText('Filter and judge').click();
    await page.getByLabel('Sender').selectOption('al-shtegu');
    await page.getByLabel('Returnee', { exact: true }).check();
    await page
      .getByRole('link', { name: /^Returnee: .*Romania/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Your organisation’s alert' }).waitFor();
    await page.getByRole('rowheader').first().waitFor();
    await page
      .getByText(/Biroul de legătură Punte.*desk-/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Prove that the log has it' }).click();
    await page.getByText('Proven by this browser').waitFor();
    expect(await ngo.accessibilityFaults()).toEqual([]);
  });

  it('a rapporteur compares two laws, tries a made-up case, and sees the picture with what it is not', async () => {
    const rapporteur = await WatchedPage.open(browser);
    const { page } = rapporteur;
    await signInAtSandbox(page, hub.url, /^Analyst, Rapporteursbureau Baken/, 'Monitoring');
    await page.goto(`${hub.url}/console/definitions/compare?laws=NL,BE`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Try this case' }).first().click();
    await page.getByText('not legal advice').first().waitFor();
    expect(await rapporteur.accessibilityFaults()).toEqual([]);
    await page.getByRole('link', { name: 'The picture', exact: true }).click();
    await page.getByText('prevalence').first().waitFor();
    await page.getByRole('button', { name: 'Show as table' }).first().waitFor({ timeout: 60_000 });
    expect(await rapporteur.accessibilityFaults()).toEqual([]);
    expect([...rapporteur.origins]).toEqual([hub.url]);
    expect(rapporteur.faults).toEqual([]);
    await rapporteur.close();
  });

  it('every page can be read by assistive technology, and at any width and size of letters', async () => {
    const admin = await WatchedPage.open(browser);
    await signInAtSandbox(admin.page, hub.url, /^Administrator, Shtegu i Mbarë/, 'Protection');
    const ofLink = await liaison.page.evaluate(() => location.hash);
    const isOfOrganisation = (address: string): boolean => address.startsWith('organisation');
    for (const [watched, language, addresses] of [
      [ngo, 'bg', PAGES.filter((address) => !isOfOrganisation(address))],
      [admin, 'nl', PAGES.filter(isOfOrganisation)],
      [liaison, 'ro', ['', '/confirm', '/reject', '/take-back'].map((page) => `links/one${page}${ofLink}`)],
    ] as const) {
      await watched.page.getByLabel('Language').selectOption(language);
      await watched.page.locator(`html[lang=${language}]`).waitFor();
      const faults: string[] = [];
      for (const address of addresses) {
        await goTo(watched.page, address);
        for (const fault of [...(await watched.accessibilityFaults()), ...(await sideways(watched))])
          faults.push(`${address}: ${fault}`);
      }
      expect(faults).toEqual([]);
    }
    expect(admin.faults).toEqual([]);
    await admin.close();
  });

  it('an officer makes a key, the administrator certifies it in the browser, and its backup opens the seat elsewhere', async () => {
    const newcomer = await WatchedPage.open(browser);
    const { page } = newcomer;
    await page.goto(`${hub.url}/console`);
    await page.getByRole('button', { name: 'Make a key for a new seat' }).click();
    await page.getByLabel('Code of your organisation').fill('al-shtegu');
    await page.getByLabel('Code of your seat').fill('desk-9');
    await page.getByLabel('Passphrase for a backup').fill('six words that nobody guesses');
    await page.getByLabel('The passphrase once more').fill('six words that nobody guesses');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('heading', { name: 'Your key is made' }).waitFor();
    expect(await newcomer.accessibilityFaults()).toEqual([]);
    const request = await saved(page, 'Save the request');
    const backup = await saved(page, 'Save the backup');
    expect(request).not.toMatch(/"d"|"sealed"/);
    expect(backup).not.toMatch(/"d"/);
    expect(await newcomer.kept()).not.toContain('nobody guesses');

    const admin = await WatchedPage.open(browser);
    await signInAtSandbox(admin.page, hub.url, /^Administrator, Shtegu i Mbarë/, 'Protection');
    await admin.page.goto(`${hub.url}/console/organisation/officers`);
    await admin.page.getByRole('link', { name: 'Certify a seat' }).click();
    await admin.page.getByLabel('The request file').setInputFiles(fileOf('certify-desk-9.json', request));
    await admin.page.getByRole('button', { name: 'Check before signing' }).click();
    const memberKey = readFileSync(join(hub.folder, 'sandbox', 'al-shtegu', 'member.json'), 'utf8');
    await admin.page.locator('input[type=file]').setInputFiles(fileOf('member.json', memberKey));
    expect(await admin.accessibilityFaults()).toEqual([]);
    await admin.page.getByRole('button', { name: 'Sign the certificate' }).click();
    await admin.page.getByText('is certified and can sign in now').waitFor();
    expect(await admin.kept()).not.toContain(JSON.parse(memberKey).key.privateJwk.d);

    const elsewhere = await WatchedPage.open(browser);
    await elsewhere.page.goto(`${hub.url}/console`);
    await elsewhere.page.getByRole('button', { name: 'Bring a key from a backup' }).click();
    await elsewhere.page.getByLabel('The key file').setInputFiles(fileOf('backup.json', backup));
    await elsewhere.page.getByLabel('Its passphrase').fill('not this one');
    await elsewhere.page.getByRole('button', { name: 'Bring it in' }).click();
    await elsewhere.page.getByText('WRONG_PASSPHRASE').waitFor();
    await elsewhere.page.getByLabel('Its passphrase').fill('six words that nobody guesses');
    await elsewhere.page.getByRole('button', { name: 'Bring it in' }).click();
    for (const watched of [newcomer, elsewhere]) {
      if (watched === newcomer) await page.getByRole('button', { name: 'I have done that' }).click();
      await watched.page.getByRole('radio', { name: /^Protection/ }).check();
      await watched.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await watched.page.getByRole('heading', { name: 'Today' }).waitFor();
      expect(await watched.page.getByRole('region', { name: 'Who is at work' }).textContent()).toContain(
        'al-shtegu/desk-9',
      );
    }

    // Gone at once: nothing is left to be seen, neither here nor by going back.
    await page.getByRole('button', { name: 'Leave quickly' }).click();
    await page.waitForURL('about:blank');
    await page.goBack().catch(() => null);
    expect(await page.locator('body').innerText()).not.toContain('desk-9');
    for (const watched of [admin, elsewhere]) expect(watched.faults).toEqual([]);
    await Promise.all([newcomer, admin, elsewhere].map((watched) => watched.close()));
  });

  it('nothing about the person left the computer, and nobody else was asked', () => {
    const own = new URL(hub.url).origin;
    const known = new Set([own, ...custodians.map((port) => `http://127.0.0.1:${port}`)]);
    for (const { origins, requests, faults } of [ngo, liaison]) {
      expect([...origins].filter((origin) => !known.has(origin))).toEqual([]);
      for (const secret of SECRETS.slice(0, 4))
        expect(requests.filter(({ url, body }) => `${url} ${body}`.includes(secret))).toEqual([]);
      expect(faults).toEqual([]);
    }
  });
});

/** Finds the suggested link, which comes by itself, and opens its comparison. */
async function openComparison({ page }: WatchedPage): Promise<void> {
  await page.getByRole('link', { name: 'Links', exact: true }).click();
  await page
    .locator('main')
    .getByRole('link', { name: /Open the comparison|Returnee|Case/ })
    .first()
    .click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Open the comparison' }).click();
}

/** Confirms that it is one person, with what is known of the own episode; every other question by "others" or "I do not know". */
async function confirm(
  { page }: WatchedPage,
  { began, exit, exited }: { readonly began: string; readonly exit: RegExp; readonly exited?: string },
): Promise<void> {
  await page.getByRole('link', { name: 'It is the same person' }).click();
  await page.getByLabel('When the episode began').fill(began);
  await page.getByRole('radio', { name: exit }).check();
  if (exited !== undefined) await page.getByLabel('When the person got out').fill(exited);
  await page.getByRole('radio', { name: 'Others' }).check();
  await page.getByRole('button', { name: 'Check before signing' }).click();
  await page.getByRole('button', { name: 'Sign that it is one person' }).click();
  await page.getByText('Signed and taken in').waitFor();
  await page.getByRole('link', { name: 'Back to the link' }).click();
}

/** The text of the file that a button saves. */
async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

function fileOf(name: string, text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: 'application/json', buffer: Buffer.from(text) };
}
