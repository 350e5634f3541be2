import { Injectable } from '@nestjs/common';
import { Refusal } from '../../protocol/index.js';

/** How many may wait on one node. */
const MOST_WAITING = 4;

/** Lets publications be made one after another on this node: each reads and writes as much as a thousand other questions. */
@Injectable()
export class MakingTurn {
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when those before it are done. Throws `Refusal` WRITES_UNDER_WAY when too many wait. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= MOST_WAITING)
      throw new Refusal(
        'WRITES_UNDER_WAY',
        'The hub makes as many publications as it takes at once.',
        'Send it again in some seconds.',
      );
    this.waiting++;
    const done = this.last.then(work).finally(() => this.waiting--);
    this.last = done.catch(() => undefined);
    return done;
  }
}
