import type { Transaction } from '../database/index.js';

/**
 * Says on every node that inboxes have something new. A hint is only a hint: whoever waits for one also looks by itself from time to time, so that one which
 * is lost costs a delay, and one which is made up costs a look.
 */
export abstract class ArrivalHints {
  /** Hints at these inboxes, by their numbers, when the transaction is committed and only then. */
  abstract publish(transaction: Transaction, inboxes: ReadonlySet<number>): Promise<void>;

  /** Calls `wake` at each hint at an inbox, or at any when its number is not known, until what it gives is called. */
  abstract subscribe(inbox: number | null, wake: () => void): () => void;
}
