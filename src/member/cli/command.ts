import { Option, type Command } from 'commander';
import { MemberError } from '../member-error.js';
import type { Session } from './session.js';

/**
 * Turns what a command does into what commander calls: opens a session from the global options first. `A` are the command's arguments,
 * then its options. An action that ends with another exit code than 0 without an error gives that code back.
 */
export type Run = <A extends unknown[]>(
  action: (session: Session, ...args: A) => Promise<number | undefined> | Promise<void>,
) => (this: Command, ...args: A) => Promise<void>;

/** Adds an example to a command's `--help`. */
export function example(command: Command, ...lines: string[]): Command {
  return command.addHelpText('after', `\nExample:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}

/** An option that takes several values, separated by commas or given again. */
export function list(flags: string, description: string): Option {
  return new Option(flags, `${description}; several with commas`).argParser((text, before: string[] | undefined) => [
    ...(before ?? []),
    ...text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ]);
}

/** One of a closed list. Throws `MemberError` BAD_INPUT naming the list. */
export function oneOf<T extends string>(known: readonly T[], text: string, option: string): T {
  const found = known.find((value) => value === text);
  if (found !== undefined) return found;
  throw new MemberError('BAD_INPUT', `${option} does not take that.`, `It takes one of: ${known.join(', ')}.`, [
    option,
  ]);
}

/** A whole number within bounds. Throws `MemberError` BAD_INPUT. */
export function wholeNumber(text: string, option: string, least: number, most: number): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new MemberError('BAD_INPUT', `${option} does not take that.`, `It takes a number from ${least} to ${most}.`, [
    option,
  ]);
}
