import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/index.js';
import { Sequencer } from '../transparency/index.js';
import { measureTogether } from './measured-together.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** Seconds: the sequencer signs a head every minute when nothing happens, and within a second when something does. */
const OLDEST_HEAD = 180;
const LONGEST_WAIT = 60;

interface LogAge {
  readonly size: string;
  readonly head_age: number;
  readonly waiting: number;
}

const AGE = {
  name: 'log-age',
  text: `
    SELECT h.size, extract(epoch FROM clock_timestamp() - h.issued_at)::float8 AS head_age, coalesce((
      SELECT extract(epoch FROM clock_timestamp() - e.received_at)::float8 FROM log_entry e
      WHERE e.position > h.size ORDER BY e.position LIMIT 1), 0) AS waiting
    FROM tree_head h ORDER BY h.size DESC, h.issued_at DESC LIMIT 1`,
};

/** Watches that what is accepted comes under a signed head. When it does not, receipts are given all the same, and no node does better than another. */
@Injectable()
export class LogWatch implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    private readonly sequencer: Sequencer,
  ) {}

  onModuleInit(): void {
    this.readiness.add({ name: 'log', silent: 'LOG_STALLED', degrades: true, check: () => this.check() });
    measureTogether(this.metrics.registry, () => this.age(), [
      ['symbolon_log_size', 'Entries under the latest signed head.', ({ size }) => Number(size)],
      ['symbolon_log_head_age_seconds', 'Since the latest head was signed.', ({ head_age }) => head_age],
      ['symbolon_log_waiting_seconds', 'How old the oldest entry is that is under no head.', ({ waiting }) => waiting],
    ]);
  }

  private async check(): Promise<string | null> {
    if (this.sequencer.fault) return this.sequencer.fault;
    const age = await this.age();
    return age && age.head_age < OLDEST_HEAD && age.waiting < LONGEST_WAIT ? null : 'LOG_STALLED';
  }

  private async age(): Promise<LogAge | null> {
    return (await this.database.query<LogAge>(AGE))[0] ?? null;
  }
}
