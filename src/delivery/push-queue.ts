import { Injectable, Logger } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { BackgroundWork, Rounds, type Worker } from '../background/index.js';
import { type Acting, Database } from '../database/index.js';
import { whereabouts } from '../graphql/index.js';
import { PURPOSES } from '../protocol/index.js';
import { Sequencer } from '../transparency/index.js';
import { InboxFiller } from './inbox-filler.js';
import { PushRun } from './push-run.js';
import { PushStreams } from './push-streams.js';

const QUEUE = 'push';
/** How often each node looks for streams that are due, milliseconds. */
const LOOK_EVERY_MS = 1_000;
/** How many streams a node pushes at once; each waits for its receiver most of the time. */
const MOST_AT_ONCE = 8;

/**
 * Spreads streams over the hub's nodes: one job for each stream that is due, taken by whichever node has room. A job says only that it is worth a look: how far
 * a stream is, when its next try comes and who is at it stand with the stream, so that a job that is lost, late or doubled does no harm.
 */
@Injectable()
export class PushQueue implements Worker {
  private readonly log = new Logger('PushQueue');
  private readonly boss: PgBoss;
  private readonly running = new Set<Promise<void>>();
  private readonly ending = new AbortController();
  private readonly looks = new Rounds('PushQueue', { everyMs: LOOK_EVERY_MS }, () => this.look());

  constructor(
    background: BackgroundWork,
    database: Database,
    private readonly streams: PushStreams,
    private readonly pushRun: PushRun,
    sequencer: Sequencer,
    filler: InboxFiller,
  ) {
    this.boss = new PgBoss({
      db: {
        executeSql: async (text: string, values?: unknown[]) => ({ rows: await database.query(text, values ?? []) }),
      },
      ...{ schema: 'symbolon_queue', migrate: false, schedule: false },
      ...{ maintenanceIntervalSeconds: 60, archiveCompletedAfterSeconds: 60, deleteAfterSeconds: 3_600 },
    });
    this.boss.on('error', (error) => {
      this.failed(error);
    });
    sequencer.onGrown(() => void filler.wake().then(() => this.wake()));
    background.add(this);
  }

  async begin(): Promise<void> {
    await this.boss.start();
    this.looks.begin();
  }

  /** Breaks off what is under way, which is then pushed again by another node or at the next start. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.looks.stop();
    await Promise.all(this.running);
    await this.boss.stop({ graceful: false });
  }

  /** Looks for streams that are due, and takes as many as there is room for. */
  wake(): Promise<void> {
    return this.looks.wake();
  }

  private async look(): Promise<void> {
    for (const stream of await this.streams.due()) await this.offer(stream);
    await this.take();
  }

  private async offer({ member, purpose }: Acting): Promise<void> {
    await this.boss.send(QUEUE, { member, purpose }, { singletonKey: `${member} ${purpose}` });
  }

  private async take(): Promise<void> {
    const room = MOST_AT_ONCE - this.running.size;
    if (room <= 0) return;
    for (const { id, data } of await this.boss.fetch<Partial<Acting>>(QUEUE, { batchSize: room })) {
      const run: Promise<void> = this.work(id, data).finally(() => this.running.delete(run));
      this.running.add(run);
    }
  }

  private async work(id: string, { member, purpose }: Partial<Acting>): Promise<void> {
    try {
      const known = PURPOSES.find((one) => one === purpose);
      if (member !== undefined && known) await this.pushRun.push({ member, purpose: known }, this.ending.signal);
      await this.boss.complete(QUEUE, id);
      void this.wake();
    } catch (error) {
      this.failed(error); // and is due again at the next look
    }
  }

  private failed(error: unknown): void {
    this.log.error(whereabouts(error));
  }
}
