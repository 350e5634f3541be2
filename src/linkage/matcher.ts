import { Inject, Injectable, Logger } from '@nestjs/common';
import { ArrivalSignal } from '../alerts/index.js';
import { BackgroundWork, Rounds } from '../background/index.js';
import type { Database, Transaction } from '../database/index.js';
import { whereabouts } from '../graphql/index.js';
import { nextArrivals } from './arrival-queue.js';
import { countConfirmed } from './confirmed-pairs.js';
import { followNote, nextNotes } from './decision-notes.js';
import { endExpired, lapseDue } from './endings.js';
import { reconsiderHeld } from './held-suggestions.js';
import { KeyNumbers } from './key-numbers.js';
import { matchArrival, type MatchingRules } from './match-arrival.js';
import { reestimate } from './reestimate.js';
import { type Task, Turns } from './turns.js';

/** The injection token of the database as the matcher role. */
export const MATCHER_DATABASE = Symbol('MATCHER_DATABASE');
/** The injection token of `MatchingRules`. */
export const MATCHING_RULES = Symbol('MATCHING_RULES');

/** How often it looks by itself, for what other nodes accepted and what a crash left. */
const LOOK_EVERY_MS = 1_000;
const CLEAN_EVERY_MS = 60_000;
/** How many decisions and arrivals go into one transaction. */
const MOST_TOGETHER = 25;
/** How many records of expired alerts are cleaned up in one transaction. */
const MOST_ENDED = 200;
/** How many held suggestions are looked at in one transaction. */
const MOST_HELD = 100;

/**
 * Matches what was accepted, in the order of the log, one node at a time. An arrival leaves the queue in the transaction that writes what came of it: whatever a crash
 * interrupts is done again, and nothing twice. What could not be worked off is tried again at the next cleaning.
 */
@Injectable()
export class Matcher {
  private readonly log = new Logger('Matcher');
  private readonly numbers: KeyNumbers;
  private readonly turns: Turns;
  private readonly rounds: Rounds;
  private cleanAt = 0;

  constructor(
    background: BackgroundWork,
    @Inject(MATCHER_DATABASE) database: Database,
    @Inject(MATCHING_RULES) private readonly rules: MatchingRules,
    signal: ArrivalSignal,
  ) {
    this.numbers = new KeyNumbers(database);
    this.turns = new Turns(database);
    const pace = { everyMs: LOOK_EVERY_MS, atOnce: true };
    this.rounds = background.add(new Rounds('Matcher', pace, () => this.round()));
    signal.listen(() => void this.wake());
  }

  /** Matches until nothing is left; resolves when what was there at the call has been looked at. */
  wake(): Promise<void> {
    return this.rounds.wake();
  }

  private async round(): Promise<void> {
    await this.surviving(() => this.clean());
    await this.surviving(() => this.workOff(MOST_TOGETHER, this.match));
  }

  private async surviving(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error(whereabouts(error));
    }
  }

  private async workOff(most: number, task: Task): Promise<void> {
    while (!this.rounds.isStopped && (await this.turns.take(most, task)));
  }

  /** Decisions first, so that arrivals are compared with groups as they are now. */
  private readonly match: Task = async (transaction, { most, aside, tried }) => {
    const notes = await nextNotes(transaction, aside, most);
    for (const note of notes) {
      tried.push(note.link_id);
      await followNote(transaction, note);
    }
    const arrivals = await nextArrivals(transaction, aside, most - notes.length);
    const rules = arrivals.length > 0 ? await this.rulesNow(transaction) : this.rules;
    for (const arrival of arrivals) {
      tried.push(arrival.alertId);
      await matchArrival(transaction, arrival, this.numbers, rules);
    }
    return notes.length + arrivals.length === most;
  };

  /** The rules with the weights of this moment. They are read where they are used, so that no node goes by others than the one before it. */
  private async rulesNow(transaction: Transaction): Promise<MatchingRules> {
    const weights = reestimate(this.rules.weights, await countConfirmed(transaction));
    return weights ? { ...this.rules, weights } : this.rules;
  }

  private async clean(): Promise<void> {
    if (Date.now() < this.cleanAt) return;
    this.cleanAt = Date.now() + CLEAN_EVERY_MS;
    this.turns.forgive();
    await this.workOff(MOST_ENDED, endExpired);
    await this.turns.take(1, async (transaction) => {
      await lapseDue(transaction);
      return false;
    });
    await this.workOff(MOST_HELD, reconsiderHeld(this.rules.batchSeconds));
  }
}
