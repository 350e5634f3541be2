import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/index.js';
import { measureTogether } from './measured-together.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** Seconds: inboxes are filled within a second of the head that they are filled up to. */
const LONGEST_BEHIND = 60;

interface DeliveryAge {
  readonly inbox_behind: number;
  readonly streams_failing: number;
  readonly streams_stopped: number;
}

const AGE = { name: 'delivery-age', text: 'SELECT * FROM delivery_age()' };

/** Watches that what comes under a head comes into the inboxes, and out of them. When it does not, inboxes are short and true, and no node does better than another. */
@Injectable()
export class DeliveryWatch implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.readiness.add({ name: 'inboxes', silent: 'INBOXES_STALLED', degrades: true, check: () => this.check() });
    measureTogether(this.metrics.registry, () => this.age(), [
      [
        'symbolon_inbox_behind_seconds',
        'For how long inboxes have lacked what is under a signed head.',
        (age) => age.inbox_behind,
      ],
      [
        'symbolon_push_streams_failing',
        'Push streams that wait for another try of a delivery that failed.',
        (age) => age.streams_failing,
      ],
      [
        'symbolon_push_streams_stopped',
        'Push streams that go on when an officer sets them up anew.',
        (age) => age.streams_stopped,
      ],
    ]);
  }

  private async check(): Promise<string | null> {
    const age = await this.age();
    return age && age.inbox_behind < LONGEST_BEHIND ? null : 'INBOXES_STALLED';
  }

  private async age(): Promise<DeliveryAge | null> {
    return (await this.database.query<DeliveryAge>(AGE))[0] ?? null;
  }
}
