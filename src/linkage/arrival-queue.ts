import type { HubToken } from '../alerts/index.js';
import type { Statement, Transaction } from '../database/index.js';
import type { CodedFacts } from './coded-facts.js';

/** What was accepted and is not matched yet. */
export interface Arrival {
  readonly position: string;
  readonly alertId: string;
  readonly sender: string;
  readonly receivedAt: Date;
  readonly expiresAt: Date;
  readonly facts: CodedFacts;
  /** None when those of the alert are gone, null when they stay. */
  readonly tokens: readonly HubToken[] | null;
}

interface ArrivalRow {
  readonly position: string;
  readonly alert_id: string;
  readonly sender: string;
  readonly received_at: Date;
  readonly expires_at: Date;
  readonly facts: CodedFacts;
  readonly tokens: readonly HubToken[] | null;
}

const NEXT: Statement = {
  name: 'linkage-next',
  text: `SELECT position, alert_id, sender, received_at, expires_at, facts, tokens FROM linkage_arrival
    WHERE alert_id <> ALL ($1::uuid[]) ORDER BY position LIMIT $2`,
};

/** The next arrivals in the order of the log, but those of alerts that are set aside. */
export async function nextArrivals(
  transaction: Transaction,
  aside: ReadonlySet<string>,
  most: number,
): Promise<readonly Arrival[]> {
  const rows = await transaction.query<ArrivalRow>(NEXT, [[...aside], most]);
  return rows.map(({ position, alert_id, sender, received_at, expires_at, facts, tokens }) => ({
    ...{ position, sender, facts, tokens },
    ...{ alertId: alert_id, receivedAt: received_at, expiresAt: expires_at },
  }));
}

const DONE: Statement = {
  name: 'linkage-done',
  text: 'DELETE FROM linkage_arrival WHERE position = $1 RETURNING position',
};

/**
 * Takes a matched arrival out, in the transaction that wrote what came of it. Throws when it is not there any more: its alert was erased meanwhile, and whoever erased
 * could not see what this transaction wrote, which must not come to be.
 */
export async function arrivalDone(transaction: Transaction, { position }: Arrival): Promise<void> {
  const taken = await transaction.query(DONE, [position]);
  if (taken.length === 0) throw new Error('an alert was erased while it was matched');
}
