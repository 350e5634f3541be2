import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Listening, type Statement, type Transaction } from '../database/index.js';
import { ArrivalHints } from './arrival-hints.js';

const CHANNEL = 'symbolon_inboxes';
/** PostgreSQL carries up to 8,000 bytes. */
const LONGEST_PAYLOAD = 7_900;
const ALL = '*';
const NUMBERS = /^[0-9]{1,10}( [0-9]{1,10})*$/;

const TELL: Statement = { name: 'inbox-hint', text: 'SELECT pg_notify($1, $2)' };

/** Hints by PostgreSQL's `NOTIFY`: the numbers of the inboxes, or all when they are too many to say. */
@Injectable()
export class PostgresArrivalHints extends ArrivalHints implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly wakers = new Map<number | null, Set<() => void>>();
  private readonly listening: Listening;

  constructor(database: Database) {
    super();
    this.listening = database.listening(CHANNEL, {
      told: (payload) => {
        this.hear(payload);
      },
      resumed: () => {
        this.hear(ALL);
      },
    });
  }

  onApplicationBootstrap(): void {
    this.listening.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listening.stop();
  }

  async publish(transaction: Transaction, inboxes: ReadonlySet<number>): Promise<void> {
    if (inboxes.size === 0) return;
    const numbers = [...inboxes].join(' ');
    await transaction.query(TELL, [CHANNEL, numbers.length > LONGEST_PAYLOAD ? ALL : numbers]);
  }

  subscribe(inbox: number | null, wake: () => void): () => void {
    const wakers = this.wakers.get(inbox) ?? new Set();
    this.wakers.set(inbox, wakers.add(wake));
    return () => {
      wakers.delete(wake);
      if (wakers.size === 0 && this.wakers.get(inbox) === wakers) this.wakers.delete(inbox);
    };
  }

  private hear(payload: string): void {
    if (payload !== ALL && !NUMBERS.test(payload)) return;
    const hinted = payload === ALL ? [...this.wakers.keys()] : [null, ...payload.split(' ').map(Number)];
    for (const inbox of hinted) for (const wake of this.wakers.get(inbox) ?? []) wake();
  }
}
