import { readFile } from 'node:fs/promises';
import { openFolder, type OpenFolder } from '../../custodian/index.js';
import { MemberError } from '../member-error.js';
import { readPassphrase } from './passphrase.js';
import type { Session } from './session.js';

/** The option that names a custodian's folder. */
export const STATE_OPTION = ['--state <dir>', 'folder of the custodian', './custodian'] as const;

/** The passphrase of a custodian's folder, from `--passphrase-file` or asked on the terminal. */
export function custodianPassphrase(session: Session): Promise<string> {
  const { options, surroundings } = session;
  return readPassphrase(
    { file: options.passphraseFile, interactive: surroundings.interactive },
    'Passphrase of the custodian',
  );
}

/** A custodian's folder, opened. */
export async function openState(session: Session, state: string): Promise<OpenFolder> {
  return openFolder(state, await custodianPassphrase(session));
}

/** The text of a file that an option or argument names. Throws `MemberError` BAD_INPUT. */
export async function textOfFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MemberError('BAD_INPUT', `The file (${what}) cannot be read.`, 'Check its name.', [what], { cause });
  }
}
