import { join } from 'node:path';
import { sha256Base64url } from '../protocol/index.js';
import { createSecretFile } from './secret-file.js';
import type { KeyStore } from './key-store.js';

/** Keeps what shows that a hub broke its word, durably, in the folder `log-faults` of the key store; the same thing again is kept once. Gives the file. */
export async function keepFault(store: Pick<KeyStore, 'home'>, kind: string, shown: object): Promise<string> {
  const text = `${JSON.stringify(shown, null, 2)}\n`;
  const name = `${kind.toLowerCase().replaceAll('_', '-')}-${sha256Base64url(text)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 10)}.json`;
  const path = join(store.home, 'log-faults', name);
  await createSecretFile(path, text);
  return path;
}
