import { InboxFault } from '../../protocol/delivery/index.js';
import { LogFault } from '../../protocol/transparency/index.js';
import { isExpected } from '../member-error.js';
import { exitCodeOf } from './exit-codes.js';
import type { Output } from './printer.js';
import { plain } from './table.js';

/** Prints why a command failed: code, place, what is wrong, what to do. Gives the exit code. */
export function reportFailure(error: unknown, output: Output, json: boolean): number {
  const exitCode = exitCodeOf(error);
  const { code, message, path, remedy } = describe(error);
  if (json) {
    output.err(`${JSON.stringify({ error: { code, message, path, remedy, exitCode } }, null, 2)}\n`);
    return exitCode;
  }
  const place = path.length > 0 ? `\n  where:      ${plain(path.join('.'))}` : '';
  output.err(`${code}: ${plain(message)}${place}\n  what to do: ${plain(remedy)}\n`);
  return exitCode;
}

function describe(error: unknown): { code: string; message: string; path: readonly string[]; remedy: string } {
  if (isExpected(error) || error instanceof LogFault) return error;
  if (error instanceof InboxFault) return inboxFault(error);
  // The message of an unknown error could hold anything; its name and place in the code say enough for a report.
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : typeof error;
  const at = error instanceof Error ? (error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '').trim() : '';
  return {
    code: 'UNEXPECTED',
    message: `This program failed (${name} ${at}).`,
    path: [],
    remedy: 'Report it with the command that you gave, without any data about a person.',
  };
}

/** A fault of an inbox, with the number of the entry for its place. */
function inboxFault({ code, message, remedy, seq }: InboxFault): ReturnType<typeof describe> {
  return { code, message, remedy, path: seq === null ? ['inbox'] : ['inbox', String(seq)] };
}
