import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { filesUnder, namesIn } from './folder-files.js';
import type { KeyStore } from './key-store.js';
import { syncFolder } from './secret-file.js';
import { comparisonsOf } from '../comparison-keys.js';

/** What the folder of keys keeps of an alert of one's own, as paths from that folder. */
export interface OwnKept {
  /** What was queued about it; only drafts and signed entries hold what it says, under seal. */
  readonly outbox: readonly string[];
  /** Keys of comparisons of it, which alone open what was said under seal. */
  readonly comparisonKeys: readonly string[];
  /** Files that name it and that this program did not put there, or holds for other reasons. */
  readonly others: readonly string[];
}

/** Finds what is kept of an alert whose links are these, `link:` and a UUID each. */
export async function findOwnKept(
  store: KeyStore,
  member: string,
  alert: string,
  links: readonly string[],
): Promise<OwnKept> {
  const comparisons = store.whereIs(comparisonsOf(member));
  const names = new Set(links.map((link) => `${link.slice('link:'.length)}.json`));
  const keys = (await namesIn(comparisons)).filter((name) => names.has(name)).map((name) => join(comparisons, name));
  const naming = (await filesNaming(join(store.home, member), alert)).filter((path) => !keys.includes(path));
  const isQueued = (path: string): boolean => dirname(path) === store.outboxFolder(member);
  const fromHome = (path: string): string => relative(store.home, path);
  return {
    outbox: naming.filter(isQueued).map(fromHome),
    comparisonKeys: keys.map(fromHome),
    others: naming.filter((path) => !isQueued(path)).map(fromHome),
  };
}

/** Erases what was found, but for files that are not this program's to erase. */
export async function eraseOwnKept(store: KeyStore, { outbox, comparisonKeys }: OwnKept): Promise<void> {
  const paths = [...outbox, ...comparisonKeys].map((path) => join(store.home, path));
  for (const path of paths) await rm(path, { force: true });
  for (const folder of new Set(paths.map((path) => dirname(path)))) await syncFolder(folder);
}

async function filesNaming(folder: string, alert: string): Promise<string[]> {
  const uuid = alert.slice('alert:'.length);
  const found: string[] = [];
  for (const path of await filesUnder(folder)) if ((await readFile(path, 'utf8')).includes(uuid)) found.push(path);
  return found;
}
