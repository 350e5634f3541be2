import { Logger } from '@nestjs/common';
import { whereabouts } from '../graphql/index.js';
import type { Worker } from './background-work.js';

/** How often a round is made. */
export interface Pace {
  readonly everyMs: number;
  /** Whether the first comes at the beginning; otherwise after the first interval. */
  readonly atOnce?: boolean;
}

/** Work that is done in rounds, one at a time, at intervals and when it is called. A round that fails is logged, and the next comes all the same. */
export class Rounds implements Worker {
  private readonly log: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private state: 'waiting' | 'going' | 'stopped' = 'waiting';

  constructor(
    name: string,
    private readonly pace: Pace,
    private readonly round: () => Promise<unknown>,
  ) {
    this.log = new Logger(name);
  }

  /** Whether a round that is long had better end. */
  get isStopped(): boolean {
    return this.state === 'stopped';
  }

  begin(): void {
    this.state = 'going';
    this.timer = setInterval(() => void this.wake(), this.pace.everyMs);
    this.timer.unref();
    if (this.pace.atOnce === true) void this.wake();
  }

  async stop(): Promise<void> {
    this.state = 'stopped';
    clearInterval(this.timer);
    await this.running;
  }

  /** Resolves when a round that began after the call is over; at once while there are none. */
  wake(): Promise<void> {
    if (this.state !== 'going') return Promise.resolve();
    this.again = true;
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  private async run(): Promise<void> {
    try {
      while (this.takeCall()) await this.round();
    } catch (error) {
      this.log.error(whereabouts(error));
    }
  }

  /** Whether there is reason for a round, which is used up by asking. */
  private takeCall(): boolean {
    const called = this.again && this.state === 'going';
    this.again = false;
    return called;
  }
}
