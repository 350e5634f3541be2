import { Logger } from '@nestjs/common';

const log = new Logger('apollo');

/** What the GraphQL server wants to say goes where all else goes, and not past it to the console: it quotes messages of errors. */
export const serverLogger = {
  debug: (message?: unknown): void => {
    log.debug(message);
  },
  info: (message?: unknown): void => {
    log.log(message);
  },
  warn: (message?: unknown): void => {
    log.warn(message);
  },
  error: (message?: unknown): void => {
    log.error(message);
  },
};
