import { Injectable } from '@nestjs/common';
import { Places, type Principal } from '../graphql/index.js';
import { ArrivalHints } from './arrival-hints.js';
import { Doze } from './doze.js';

/** How long a poll waits for something to come, and the shortest time between two looks that hints lead to, milliseconds. */
const LONGEST_WAIT_MS = 20_000;
const BETWEEN_LOOKS_MS = 100;
/** How many polls wait at once on this node; others are answered with what there is. */
const PLACES = { perOfficer: 8, perMember: 32, perNode: 500 };

/** The polls that wait on this node for something to come. */
@Injectable()
export class PollWaits {
  private readonly places = new Places(PLACES);
  private readonly waits = new Set<PollWait>();
  private isOver = false;

  constructor(private readonly hints: ArrivalHints) {}

  /** Lets a poll wait, until `gone`; null when there is no place for it, or the node is going away. Whoever begins a wait ends it. */
  begin(asker: Principal, gone: AbortSignal): PollWait | null {
    if (this.isOver || this.places.full(asker)) return null;
    const leave = this.places.take(asker);
    const wait: PollWait = new PollWait(this.hints, gone, () => {
      leave();
      this.waits.delete(wait);
    });
    this.waits.add(wait);
    return wait;
  }

  /** Has no poll wait any longer. */
  endAll(): void {
    this.isOver = true;
    for (const wait of this.waits) wait.giveUp();
  }
}

/** The wait of one poll. It listens from its beginning on, so that whoever looks after that misses nothing that comes later. */
export class PollWait {
  private readonly doze = new Doze();
  private readonly until = Date.now() + LONGEST_WAIT_MS;
  private isGivenUp = false;
  private inbox: number | null = null;
  private unsubscribe: () => void;

  constructor(
    private readonly hints: ArrivalHints,
    private readonly gone: AbortSignal,
    private readonly leave: () => void,
  ) {
    this.unsubscribe = hints.subscribe(null, this.doze.wake);
    gone.addEventListener('abort', this.doze.wake);
  }

  /** Waits until the inbox of this number may have something new, or any when it is not known; false when it is time to answer, after one more look. */
  async untilHint(inbox: number | null): Promise<boolean> {
    this.listenFor(inbox);
    const lookedAt = Date.now();
    if (!this.isOver) await this.doze.upTo(this.until - lookedAt);
    const tooSoon = lookedAt + BETWEEN_LOOKS_MS - Date.now();
    if (tooSoon > 0 && !this.isOver) await new Promise((resolve) => setTimeout(resolve, tooSoon));
    return !this.isOver;
  }

  giveUp(): void {
    this.isGivenUp = true;
    this.doze.wake();
  }

  end(): void {
    this.unsubscribe();
    this.gone.removeEventListener('abort', this.doze.wake);
    this.leave();
  }

  private get isOver(): boolean {
    return this.isGivenUp || this.gone.aborted || Date.now() >= this.until;
  }

  private listenFor(inbox: number | null): void {
    if (inbox === this.inbox) return;
    const before = this.unsubscribe;
    this.unsubscribe = this.hints.subscribe(inbox, this.doze.wake);
    this.inbox = inbox;
    before();
  }
}
