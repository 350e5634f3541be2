import { Injectable } from '@nestjs/common';
import { type Acting, Database } from '../database/index.js';
import type { Logged } from '../transparency/index.js';
import { type NewAlert, writeAlerts } from './writing.js';

/** What one request wants written. */
interface Order {
  readonly alerts: readonly NewAlert[];
  readonly done: (stored: ReadonlyMap<string, Logged>) => void;
  readonly failed: (error: unknown) => void;
}

/** What waits for one member and purpose, behind the transaction that is under way for them. */
interface Lane {
  readonly acting: Acting;
  readonly orders: Order[];
}

/** The most alerts of one transaction, unless one request alone brings more. */
const MOST_TOGETHER = 500;

/**
 * Writes what several requests of one member bring at once in one transaction: whatever arrives while one is under way goes together into the next, so that
 * a storm costs a few large transactions instead of many small ones that wait for each other, and a single alert never waits for company. Each request is
 * still answered only when its own alerts are durable. Nothing is kept that another node would have to know.
 */
@Injectable()
export class GroupCommit {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly database: Database) {}

  /** Writes alerts of one sender and says of each what came of it, by `jti`; no two of them may share one. */
  write(acting: Acting, alerts: readonly NewAlert[]): Promise<ReadonlyMap<string, Logged>> {
    const name = `${acting.member} ${acting.purpose}`;
    return new Promise((done, failed) => {
      const order = { alerts, done, failed };
      const waiting = this.lanes.get(name);
      if (waiting) waiting.orders.push(order);
      else void this.serve(name, { acting, orders: [order] });
    });
  }

  private async serve(name: string, lane: Lane): Promise<void> {
    this.lanes.set(name, lane);
    while (lane.orders.length > 0) await this.writeTogether(lane.acting, nextTogether(lane.orders));
    this.lanes.delete(name);
  }

  private async writeTogether(acting: Acting, orders: readonly Order[]): Promise<void> {
    try {
      const alerts = orders.flatMap((order) => order.alerts);
      const stored = await writeAlerts(this.database, acting, alerts);
      for (const { done } of orders) done(stored);
    } catch (error) {
      const [only, ...others] = orders;
      if (others.length === 0) only?.failed(error);
      // One request's fault is not another's: each tries by itself. What was written after all is found again by its `jti`.
      else for (const order of orders) await this.writeTogether(acting, [order]);
    }
  }
}

/** Takes the longest run of orders from the front that fits one transaction: not too many alerts, and no `jti` twice, as the second has to find the first. */
function nextTogether(orders: Order[]): readonly Order[] {
  const jtis = new Set<string>();
  const fits = ({ alerts }: Order): boolean =>
    jtis.size === 0 ||
    (jtis.size + alerts.length <= MOST_TOGETHER && !alerts.some(({ statement }) => jtis.has(statement.claims.jti)));
  let taken = 0;
  for (const order of orders) {
    if (!fits(order)) break;
    for (const { statement } of order.alerts) jtis.add(statement.claims.jti);
    taken++;
  }
  return orders.splice(0, taken);
}
