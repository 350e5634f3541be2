import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Database } from '../database/index.js';
import { whereabouts } from '../graphql/index.js';

const LOOK_EVERY_MS = 1_000;
const IS_CLOSED = 'SELECT EXISTS (SELECT FROM restoration WHERE resumed_at IS NULL) AS closed';

/** Said to everybody, whoever asks for whatever (PROTOCOL.md A5). */
const CLOSED = {
  code: 'HUB_CLOSED',
  message:
    'The hub was restored from a backup and is closed until its operator resumes it. Nothing was taken; try again later.',
} as const;

/**
 * Keeps a hub closed after a restoration that may have brought back what members had ended: nothing is shown, taken, delivered or erased until the operator
 * resumes. A node that serves never closes again: whoever restores stops all nodes before.
 */
@Injectable()
export class Closure implements BeforeApplicationShutdown {
  private readonly log = new Logger('Closure');
  private readonly leaving = new AbortController();
  private closed = true;

  constructor(private readonly database: Database) {}

  get isClosed(): boolean {
    return this.closed;
  }

  /** Begins `work` and opens; at once, or, when the hub is closed, as soon as it is resumed. */
  async openWith(work: () => Promise<void>): Promise<void> {
    if (await this.open(work)) return;
    this.log.warn({ event: 'CLOSED' });
    void this.openLater(work);
  }

  beforeApplicationShutdown(): void {
    this.leaving.abort();
  }

  /** A middleware in front of all that members ask; the health of the node is told. */
  readonly refuse = (request: Request, response: Response, next: () => void): void => {
    if (!this.closed || request.path.startsWith('/health/')) {
      next();
      return;
    }
    const { code, message } = CLOSED;
    const forTokens = { error: 'temporarily_unavailable', error_description: `${code}: ${message}` };
    const error = { message, extensions: { code } };
    response.status(503).setHeader('Retry-After', '3600');
    response.json(request.path.startsWith('/oauth/') ? forTokens : { code, errors: [error] });
  };

  private async open(work: () => Promise<void>): Promise<boolean> {
    const [restoration] = await this.database.query<{ closed: boolean }>(IS_CLOSED);
    if (restoration?.closed !== false) return false;
    await work();
    this.closed = false;
    return true;
  }

  private async openLater(work: () => Promise<void>): Promise<void> {
    const { signal } = this.leaving;
    for (let opened = false; !opened;) {
      await pause(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      opened = await this.open(work).catch((error: unknown) => {
        this.log.error(whereabouts(error));
        return false;
      });
    }
    this.log.warn({ event: 'RESUMED' });
  }
}
