import { readFile } from 'node:fs/promises';
import { Refusal } from '../protocol/index.js';

/** More than the descriptions of a hundred epochs with fifteen custodians take. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
const ANSWER_MS = 15_000;

/**
 * The statements of each epoch, as a custodian's `/epochs` gives them, from its address or from a file. Nothing of them is verified yet.
 * Throws `Refusal` NOT_FOUND when nothing answers or no file is there, SCHEMA_INVALID.
 */
export async function readEpochs(from: string): Promise<readonly (readonly string[])[]> {
  const text = await textFrom(from);
  if (text.length > MOST_CHARACTERS) throw malformed();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed();
  }
  const epochs = typeof value === 'object' && value !== null && 'epochs' in value ? value.epochs : null;
  if (!Array.isArray(epochs)) throw malformed();
  return epochs.map((one: unknown) => {
    const statements = typeof one === 'object' && one !== null && 'statements' in one ? one.statements : null;
    if (!Array.isArray(statements) || !statements.every((text) => typeof text === 'string')) throw malformed();
    return statements;
  });
}

async function textFrom(from: string): Promise<string> {
  try {
    if (!/^https?:\/\//.test(from)) return await readFile(from, 'utf8');
    const address = `${from.replace(/\/+$/, '').replace(/\/epochs$/, '')}/epochs`;
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
    if (response.ok) return await response.text();
  } catch (cause) {
    throw notThere(cause);
  }
  throw notThere();
}

function notThere(cause?: unknown): Refusal {
  return new Refusal('NOT_FOUND', 'There are no epochs.', 'Check the file, or the address of the custodian.', [], {
    cause,
  });
}

function malformed(): Refusal {
  return new Refusal('SCHEMA_INVALID', 'These are no epochs.', 'Take what a custodian answers at /epochs, unchanged.');
}
