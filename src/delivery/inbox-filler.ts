import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Database } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { Sequencer } from '../transparency/index.js';
import { ArrivalHints } from './arrival-hints.js';
import { fillNext } from './inbox-batch.js';

/** How often it looks by itself, for what other nodes put under a head. */
const LOOK_EVERY_MS = 500;
const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon inboxes')) AS mine";

/**
 * Tells members what was accepted, in the order of the log and no further than its last head, below which nothing comes any more. One node at a time does it,
 * batch by batch; its mark moves with what it wrote, so that whatever a crash interrupts is done again, and nothing twice.
 */
@Injectable()
export class InboxFiller implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('InboxFiller');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly sequencer: Sequencer,
    private readonly hints: ArrivalHints,
  ) {}

  onApplicationBootstrap(): void {
    this.sequencer.onGrown(() => void this.wake());
    this.timer = setInterval(() => void this.wake(), LOOK_EVERY_MS);
    this.timer.unref();
    void this.wake();
  }

  /** Lets the transaction under way end before the connections close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Fills up to the last head, unless another node is at it; resolves when this node has nothing to do. */
  wake(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.again = true;
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  private async run(): Promise<void> {
    try {
      while (this.takeCall()) while (!this.stopped && (await this.fill()));
    } catch (error) {
      // What failed is known by its kind alone: messages of the database may quote what was bound.
      this.log.error(`filling inboxes failed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  }

  /** Whether there is reason to look, which is used up by asking. */
  private takeCall(): boolean {
    const called = this.again && !this.stopped;
    this.again = false;
    return called;
  }

  private fill(): Promise<boolean> {
    return this.database.asNobody(async (transaction) => {
      const [turn] = await transaction.query<{ mine: boolean }>(TURN);
      const told = turn?.mine ? await fillNext(transaction, this.hub.audience) : null;
      if (told) await this.hints.publish(transaction, told);
      return told !== null;
    });
  }
}
