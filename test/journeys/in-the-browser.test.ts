import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, WatchedPage } from '../support/browser.js';
import { describeInBrowser } from '../support/in-browser.js';
import { freePort } from '../support/hub.js';
import { signInAtSandbox } from '../support/sandbox-visitor.js';
import { HubProcess } from '../support/hub-process.js';
import { Keyboard } from '../support/keyboard.js';

/** What of a made-up person may be nowhere but in the fields of one page. */
const SECRETS = ['Arjeta', 'Hoxhallari', '2003-04-17', 'Shkodër', '2003'];

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
    await page.getByRole('heading', { name: 'What would decide' }).waitFor();
    expect(await liaison.accessibilityFaults()).toEqual([]);
    await page.getByRole('link', { name: 'Alerts', exact: true }).click();
    await page.getByText(/alerts? so far|\d+ alerts\./).waitFor();
    expect(await liaison.accessibilityFaults()).toEqual([]);
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
