import { Option } from 'commander';
import { MemberError } from '../member-error.js';
import { readPassphrase } from './passphrase.js';
import type { Session } from './session.js';

export interface SealOptions {
  readonly seal?: boolean;
}

/** The option by which a new key is sealed with a passphrase. */
export function passphraseOption(): Option {
  return new Option('--seal', 'seal the private key with a passphrase (asked twice, or --passphrase-file)');
}

/** The passphrase for a new key; null when it is not to be sealed. */
export async function newPassphrase(session: Session, options: SealOptions): Promise<string | null> {
  if (!options.seal) return null;
  const source = { file: session.options.passphraseFile, interactive: session.surroundings.interactive };
  const first = await readPassphrase(source, 'New passphrase');
  if (source.file === undefined && (await readPassphrase(source, 'The same again')) !== first) {
    throw new MemberError('BAD_INPUT', 'The two passphrases differ.', 'Start again.');
  }
  return first;
}
