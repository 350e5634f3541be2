import { Inject, Injectable } from '@nestjs/common';
import { BackgroundWork, Rounds } from '../background/index.js';
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
export class InboxFiller {
  private readonly rounds: Rounds;

  constructor(
    background: BackgroundWork,
    private readonly database: Database,
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    sequencer: Sequencer,
    private readonly hints: ArrivalHints,
  ) {
    const pace = { everyMs: LOOK_EVERY_MS, atOnce: true };
    this.rounds = background.add(new Rounds('InboxFiller', pace, () => this.fillAll()));
    sequencer.onGrown(() => void this.wake());
  }

  /** Fills up to the last head, unless another node is at it; resolves when this node has nothing to do. */
  wake(): Promise<void> {
    return this.rounds.wake();
  }

  private async fillAll(): Promise<void> {
    while (!this.rounds.isStopped && (await this.fill()));
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
