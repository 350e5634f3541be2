import type { Page } from 'playwright-core';

/** Signs in at a sandbox as the screen says, with a key made there; in English. */
export async function signInAtSandbox(page: Page, hub: string, seat: RegExp, purpose: string): Promise<void> {
  await page.goto(`${hub}/console`);
  await page.getByRole('radio', { name: seat }).check();
  await page.getByRole('button', { name: 'Take this seat' }).click();
  await page.getByRole('radio', { name: new RegExp(`^${purpose}`) }).check();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
}
