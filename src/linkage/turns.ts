import { Logger } from '@nestjs/common';
import type { Database, Transaction } from '../database/index.js';

/** What a task may do in one transaction. */
export interface Share {
  readonly most: number;
  /** Ids of what failed before, to be left alone. */
  readonly aside: ReadonlySet<string>;
  /** Where the task puts the id of each thing before it begins with it. */
  readonly tried: string[];
}

/** Does a share of what there is to do; whether there may be more. */
export type Task = (transaction: Transaction, share: Share) => Promise<boolean>;

const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon matcher')) AS mine";

/**
 * Transactions of which one node at a time has one. When one fails, its things are done one by one, and what fails alone is set aside until it is asked for again: nothing else waits
 * for it, and it stays where it is.
 */
export class Turns {
  private readonly log = new Logger('Matcher');
  private readonly aside = new Set<string>();

  constructor(private readonly database: Database) {}

  /** Takes up again what was set aside. */
  forgive(): void {
    this.aside.clear();
  }

  /** One transaction of a task; whether there may be more. */
  async take(most: number, task: Task): Promise<boolean> {
    const tried: string[] = [];
    try {
      return await this.inTurn((transaction) => task(transaction, { most, aside: this.aside, tried }));
    } catch (error) {
      const [failed] = tried;
      if (failed === undefined) throw error;
      if (most > 1) return this.take(1, task);
      this.aside.add(failed);
      this.log.error('something to match could not be worked off; it stays and is tried again');
      return true;
    }
  }

  /** Nothing is done, and nothing said to be left, when another node has the turn. */
  private inTurn(work: (transaction: Transaction) => Promise<boolean>): Promise<boolean> {
    return this.database.asNobody(async (transaction) => {
      const [turn] = await transaction.query<{ mine: boolean }>(TURN);
      return turn?.mine === true && (await work(transaction));
    });
  }
}
