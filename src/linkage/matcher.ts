import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ArrivalSignal } from '../alerts/index.js';
import type { Database, Transaction } from '../database/index.js';
import { nextArrivals } from './arrival-queue.js';
import { countConfirmed } from './confirmed-pairs.js';
import { endExpired, lapseDue } from './endings.js';
import { followDecisions } from './grouping.js';
import { KeyNumbers } from './key-numbers.js';
import { matchArrival, type MatchingRules } from './match-arrival.js';
import { reestimate } from './reestimate.js';

/** The injection token of the database as the matcher role. */
export const MATCHER_DATABASE = Symbol('MATCHER_DATABASE');
/** The injection token of `MatchingRules`. */
export const MATCHING_RULES = Symbol('MATCHING_RULES');

/** How often it looks by itself, for what other nodes accepted and what a crash left. */
const LOOK_EVERY_MS = 1_000;
const CLEAN_EVERY_MS = 60_000;
/** How many arrivals go into one transaction. */
const MOST_TOGETHER = 25;

const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon matcher')) AS mine";

/**
 * Matches what was accepted, in the order of the log, one node at a time. An arrival leaves the queue in the transaction that writes what came of it: whatever a crash
 * interrupts is done again, and nothing twice.
 */
@Injectable()
export class Matcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Matcher');
  private readonly numbers: KeyNumbers;
  /** Alerts whose arrivals failed: others do not wait for them. They are tried again at the next cleaning. */
  private readonly aside = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private cleanAt = 0;

  constructor(
    @Inject(MATCHER_DATABASE) private readonly database: Database,
    @Inject(MATCHING_RULES) private readonly rules: MatchingRules,
    private readonly signal: ArrivalSignal,
  ) {
    this.numbers = new KeyNumbers(database);
  }

  onApplicationBootstrap(): void {
    this.signal.listen(() => void this.wake());
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

  /** Matches until nothing is left; resolves when what was there at the call has been looked at. */
  wake(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.again = true;
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  private async run(): Promise<void> {
    while (this.takeCall()) {
      try {
        await this.clean();
        while (await this.step(MOST_TOGETHER));
      } catch (error) {
        // What failed is known by its kind alone: messages of the database may quote what was bound.
        this.log.error(`matching failed: ${error instanceof Error ? error.name : 'unknown'}`);
      }
    }
  }

  /** Whether there is reason to look, which is used up by asking. */
  private takeCall(): boolean {
    const called = this.again && !this.stopped;
    this.again = false;
    return called;
  }

  /** One transaction of work; whether there may be more. When it fails, arrivals are tried one by one, and one that fails alone is set aside. */
  private async step(most: number): Promise<boolean> {
    if (this.stopped) return false;
    const tried: string[] = [];
    try {
      return await this.inTurn(async (transaction) => {
        const followed = await followDecisions(transaction);
        const arrivals = await nextArrivals(transaction, this.aside, most);
        const rules = arrivals.length > 0 ? await this.rulesNow(transaction) : this.rules;
        for (const arrival of arrivals) {
          tried.push(arrival.alertId);
          await matchArrival(transaction, arrival, this.numbers, rules);
        }
        return followed || arrivals.length === most;
      });
    } catch (error) {
      const [failed] = tried;
      if (failed === undefined) throw error;
      if (most > 1) return this.step(1);
      this.aside.add(failed);
      this.log.error('an arrival could not be matched; it stays in the queue');
      return true;
    }
  }

  /** The rules with the weights of this moment. They are read where they are used, so that no node goes by others than the one before it. */
  private async rulesNow(transaction: Transaction): Promise<MatchingRules> {
    const weights = reestimate(this.rules.weights, await countConfirmed(transaction));
    return weights ? { ...this.rules, weights } : this.rules;
  }

  private async clean(): Promise<void> {
    if (Date.now() < this.cleanAt) return;
    this.aside.clear();
    while (await this.inTurn(endExpired));
    await this.inTurn(async (transaction) => {
      await lapseDue(transaction);
      return false;
    });
    this.cleanAt = Date.now() + CLEAN_EVERY_MS;
  }

  /** Runs work while no other node matches; does nothing, and says that nothing is left, when one does. */
  private inTurn(work: (transaction: Transaction) => Promise<boolean>): Promise<boolean> {
    return this.database.asNobody(async (transaction) => {
      const [turn] = await transaction.query<{ mine: boolean }>(TURN);
      return turn?.mine === true && (await work(transaction));
    });
  }
}
