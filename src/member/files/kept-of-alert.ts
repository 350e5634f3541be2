import { readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LINK, type LinkAnswer } from '../documents/links.js';
import { filesUnder, namesIn } from './folder-files.js';
import type { KeyStore } from './key-store.js';
import type { MemberClient } from '../member-client.js';
import { MemberError } from '../member-error.js';
import { syncFolder } from './secret-file.js';
import { comparisonsOf } from '../comparison-keys.js';

const KEY_FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/;
const OVER = ['WITHDRAWN', 'LAPSED', 'REJECTED'];

/** What this place erased of an alert. */
export interface ErasedHere {
  /** Keys of comparisons, which alone opened what was said about the alert under seal. */
  readonly comparisonKeys: number;
}

/**
 * Erases what the folder of keys keeps of an alert of somebody else: the keys of comparisons with it, without which no message of them can be read again. What is
 * read with this library is stored nowhere else here. Throws `MemberError` BAD_INPUT when another file of the member's folder names the alert, which a person
 * must have put there: nothing may be signed while it lies there.
 */
export async function eraseKept(client: MemberClient, store: KeyStore, alert: string): Promise<ErasedHere> {
  const { member } = client.seat;
  const folder = store.whereIs(comparisonsOf(member));
  let comparisonKeys = 0;
  for (const name of await namesIn(folder)) {
    const [, uuid] = KEY_FILE.exec(name) ?? [];
    if (uuid === undefined || !(await concerns(client, `link:${uuid}`, alert))) continue;
    await rm(join(folder, name));
    comparisonKeys++;
  }
  if (comparisonKeys > 0) await syncFolder(folder);
  await assertNothingNames(store, member, alert);
  return { comparisonKeys };
}

/** A link with the alert; or one that is over and whose other side is erased, as whose it was nobody can say any more. */
async function concerns(client: MemberClient, link: string, alert: string): Promise<boolean> {
  const { link: found } = await client.query<{ link: LinkAnswer | null }>(LINK, { id: link });
  if (!found) return false;
  return found.counterpart === null ? OVER.includes(found.state) : found.counterpart.alertId === alert;
}

async function assertNothingNames(store: KeyStore, member: string, alert: string): Promise<void> {
  const uuid = alert.slice('alert:'.length);
  for (const path of await filesUnder(join(store.home, member))) {
    if (!(await readFile(path, 'utf8')).includes(uuid)) continue;
    throw new MemberError(
      'BAD_INPUT',
      `A file in the folder of keys names the alert: ${relative(store.home, path)}. Nothing was signed.`,
      'Erase it, and then sign.',
    );
  }
}
