import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/index.js';

const TURN = "SELECT pg_advisory_xact_lock(hashtext('symbolon erasure'))";

/**
 * One erasure at a time, that of the schedule among them: what rests on two alerts is then touched by one. Those of this node wait in line for it, so that only
 * the first waits with a connection in hand, for other nodes; and whoever waits in the database gets its turn as well.
 */
@Injectable()
export class ErasureTurn {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs a transaction when all erasures of this node before it have ended. `work` is to `hold` its turn in it. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Holds the turn against other nodes, to the end of the transaction. */
  async hold(transaction: Transaction): Promise<void> {
    await transaction.query(TURN);
  }
}
