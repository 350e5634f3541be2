import type { LoggerService } from '@nestjs/common';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import { fieldsOf } from './log-fields.js';

/** From which severity on the hub writes. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * The hub's log: one JSON object a line on the standard error, with level, time and what `log-fields.ts` allows. The framework and every capability write
 * through it, so that no line goes around the list.
 */
export class HubLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(level: LogLevel) {
    this.pino = pino(
      { level, base: null, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
      { write: (line: string) => void process.stderr.write(line) },
    );
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error(lineOf(message, rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.pino.fatal(lineOf(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.pino.warn(lineOf(message, rest));
  }

  /** What the framework says while it puts the hub together is withheld, as all text is, and hardly worth a line. */
  log(message: unknown, ...rest: unknown[]): void {
    const line = lineOf(message, rest);
    if ('withheld' in line) this.pino.debug(line);
    else this.pino.info(line);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.pino.debug(lineOf(message, rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.pino.debug(lineOf(message, rest));
  }
}

/** The framework gives the name of who speaks last, and stacks, which begin with the message, before it. */
function lineOf(message: unknown, rest: readonly unknown[]): object {
  return { ...fieldsOf({ context: rest.at(-1) ?? null }), ...fieldsOf(message) };
}
