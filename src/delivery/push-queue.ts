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
import { nameOf, PushTurns } from './push-turns.js';

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
  private readonly turns = new PushTurns();
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
    for (const stream of this.turns.inTurn(await this.streams.due())) await this.offer(stream);
    await this.take();
  }

  private async offer(stream: Acting): Promise<void> {
    const { member, purpose } = stream;
    await this.boss.send(QUEUE, { member, purpose }, { singletonKey: nameOf(stream) });
  }

  /** Takes jobs until there is no room or no job. One that may not begin here is let go, and offered again by a later look. */
  private async take(): Promise<void> {
    while (this.running.size < MOST_AT_ONCE && !this.ending.signal.aborted) {
      const jobs = await this.boss.fetch<Partial<Acting>>(QUEUE, { batchSize: MOST_AT_ONCE - this.running.size });
      if (jobs.length === 0) return;
      for (const { id, data } of jobs) {
        const stream = streamOf(data);
        if (stream && this.turns.mayBegin(stream)) this.run(id, stream);
        else await this.boss.complete(QUEUE, id);
      }
    }
  }

  private run(id: string, stream: Acting): void {
    this.turns.begin(stream);
    const run: Promise<void> = this.work(id, stream).then((isDone) => {
      this.turns.end(stream);
      this.running.delete(run);
      if (isDone) void this.wake();
    });
    this.running.add(run);
  }

  private async work(id: string, stream: Acting): Promise<boolean> {
    try {
      await this.pushRun.push(stream, this.ending.signal);
      await this.boss.complete(QUEUE, id);
      return true;
    } catch (error) {
      this.failed(error); // and is due again at the next look
      return false;
    }
  }

  private failed(error: unknown): void {
    this.log.error(whereabouts(error));
  }
}

function streamOf({ member, purpose }: Partial<Acting>): Acting | null {
  const known = PURPOSES.find((one) => one === purpose);
  return member !== undefined && known ? { member, purpose: known } : null;
}
