import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { MemberError } from '../member-error.js';

/** Where a passphrase comes from. */
export interface PassphraseSource {
  /** A file whose first line it is. */
  readonly file: string | undefined;
  /** Whether there is a terminal to ask on. */
  readonly interactive: boolean;
}

/** The passphrase from the file, else asked on the terminal without showing it. Throws `MemberError` BAD_INPUT or WRONG_PASSPHRASE. */
export async function readPassphrase(source: PassphraseSource, question: string): Promise<string> {
  const given = source.file === undefined ? await ask(source, question) : await fromFile(source.file);
  if (given.length < 8) {
    throw new MemberError('BAD_INPUT', 'The passphrase is shorter than 8 characters.', 'Take several words.');
  }
  return given;
}

async function fromFile(file: string): Promise<string> {
  try {
    const [line = ''] = (await readFile(file, 'utf8')).split(/\r?\n/);
    return line;
  } catch (cause) {
    throw new MemberError('BAD_INPUT', 'The passphrase file cannot be read.', 'Check --passphrase-file.', [], {
      cause,
    });
  }
}

function ask(source: PassphraseSource, question: string): Promise<string> {
  if (!source.interactive) {
    throw new MemberError(
      'WRONG_PASSPHRASE',
      'This key is sealed by a passphrase, and there is no terminal to ask on.',
      'Give it with --passphrase-file.',
    );
  }
  let muted = false;
  const silent = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      if (!muted) process.stderr.write(chunk);
      done();
    },
  });
  const line = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve) => {
    line.question(`${question}: `, (answer) => {
      line.close();
      process.stderr.write('\n');
      resolve(answer);
    });
    muted = true;
  });
}
