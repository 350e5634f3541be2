import { Inject, Injectable, Logger } from '@nestjs/common';
import { BackgroundWork, Rounds } from '../../background/index.js';
import type { Database, Transaction } from '../../database/index.js';
import { whereabouts } from '../../graphql/index.js';
import { CaseBook, OntologyService, today } from '../../ontology/index.js';
import { Slicer } from '../slicing/slicer.js';
import { CodedValues } from './coded-values.js';
import { type Register, REGISTERS } from './later-registers.js';
import { releaseRegister } from './register-release.js';
import { judgePieces } from './piece-judging.js';
import { lastReleaseDay } from './release-days.js';
import { PictureRelease, type Released } from './release.js';
import { type Population, populations, takeIn, type WaitingPopulation } from './waiting-alerts.js';

/** The injection token of the database as the counter role. */
export const COUNTER_DATABASE = Symbol('COUNTER_DATABASE');
/** The injection token of `CountingRules`. */
export const COUNTING_RULES = Symbol('COUNTING_RULES');

/** When what waits is released. */
export interface CountingRules {
  /** Every so many days, counted from 1970-01-01, whatever waits; 0 for as soon as nothing came for some seconds, by which who raises alerts can learn how many others did. */
  readonly everyDays: number;
  /** For how many seconds none may have come then, so that what belongs together is counted together. */
  readonly quietSeconds: number;
}

const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon picture')) AS mine";
const RULE = 'SELECT threshold FROM picture_rule';
const MARK = 'SELECT counted_before FROM picture_mark';
const SET_MARK = 'UPDATE picture_mark SET counted_before = $1 WHERE counted_before IS NULL OR counted_before < $1';
const TRY: Readonly<Record<Register, string>> = {
  withdrawn:
    'UPDATE picture_mark SET withdrawn_before = $1 WHERE withdrawn_before IS NULL OR withdrawn_before < $1 RETURNING one',
  recurred:
    'UPDATE picture_mark SET recurred_before = $1 WHERE recurred_before IS NULL OR recurred_before < $1 RETURNING one',
};
/** Where alerts never cease, they are released after so long, milliseconds. */
const PATIENCE = 3_600_000;
/** How often it is looked whether a day of release came, milliseconds. */
const DAILY_PACE = 60_000;

/** What is to be released. */
interface Due {
  readonly threshold: number;
  /** The instant before which it came; null for whenever. */
  readonly before: Date | null;
  readonly populations: readonly Population[];
}

/** Counts what arrived, one node at a time. All of the release of an audience is written, or nothing. */
@Injectable()
export class PictureCounter {
  private readonly log = new Logger('PictureCounter');
  private readonly rounds: Rounds;
  private readonly release: PictureRelease;

  constructor(
    background: BackgroundWork,
    @Inject(COUNTER_DATABASE) private readonly database: Database,
    @Inject(COUNTING_RULES) private readonly rules: CountingRules,
    private readonly cases: CaseBook,
    private readonly ontology: OntologyService,
    private readonly slicer: Slicer,
  ) {
    this.release = new PictureRelease(new CodedValues(cases, ontology), cases, ontology, slicer);
    const everyMs = rules.everyDays > 0 ? DAILY_PACE : Math.max(500, rules.quietSeconds * 250);
    const pace = { everyMs, atOnce: true };
    this.rounds = background.add(new Rounds('PictureCounter', pace, () => this.round()));
  }

  /** One round: counts what is due, then judges what is not, piece by piece. */
  private async round(): Promise<void> {
    await this.count();
    while (!this.rounds.isStopped && (await this.judge()) > 0);
  }

  /** Judges some pieces under the laws as they stand today; how many. Nothing while another node is at it. */
  async judge(): Promise<number> {
    const judged = await this.inTurn((transaction) => judgePieces(transaction, this.cases, this.ontology, today()));
    return judged ?? 0;
  }

  /** Counts what is due now; how many alerts came to be counted. Nothing while another node is at it. What fails for one audience holds up no other, and is tried again. */
  async count(now = new Date()): Promise<number> {
    const due = await this.inTurn(async (transaction) => {
      await takeIn(transaction);
      return this.dueAt(now, transaction);
    });
    return due === null ? 0 : this.countDue(due);
  }

  private async dueAt(now: Date, transaction: Transaction): Promise<Due | null> {
    const [rule] = await transaction.query<{ threshold: number }>(RULE);
    if (!rule) throw new Error('the rules of disclosure are missing');
    const { threshold } = rule;
    const { everyDays } = this.rules;
    if (everyDays === 0) {
      const waiting = await populations(transaction, null, threshold);
      return { threshold, before: null, populations: waiting.filter((one) => this.isQuiet(one, now)) };
    }
    const before = lastReleaseDay(now, everyDays);
    const [mark] = await transaction.query<{ counted_before: Date | null }>(MARK);
    if (mark?.counted_before && mark.counted_before >= before) return null;
    return { threshold, before, populations: await populations(transaction, before, threshold) };
  }

  /** Releases each audience and each register by itself. */
  private async countDue({ threshold, before, populations: due }: Due): Promise<number> {
    let counted = 0;
    let isDone = true;
    for (const population of due) {
      let released: Released | null;
      let from = 0;
      do {
        const place = from;
        released = await this.surviving((transaction) =>
          this.release.of(transaction, population, before, threshold, place),
        );
        counted += released?.counted ?? 0;
        from = released?.next ?? 0;
      } while (released && released.next !== null);
      isDone &&= released !== null;
    }
    for (const register of REGISTERS)
      if (before === null || (await this.isFirstTry(register, before)))
        await this.surviving((transaction) =>
          releaseRegister(transaction, this.slicer, register, { threshold, before }),
        );
    if (isDone && before) await this.inTurn((transaction) => transaction.query(SET_MARK, [before]));
    return counted;
  }

  /**
   * Whether a register has not been tried yet on this day of release. What fails is tried on the next: who could make it fail and have it tried again, would learn from when it succeeds how many others there were.
   */
  private async isFirstTry(register: Register, before: Date): Promise<boolean> {
    const tried = await this.surviving((transaction) => transaction.query(TRY[register], [before]));
    return tried !== null && tried.length > 0;
  }

  /** What came of the work; null where it failed, was another node's, or the hub ends. */
  private async surviving<T>(work: (transaction: Transaction) => Promise<T>): Promise<T | null> {
    if (this.rounds.isStopped) return null;
    try {
      return await this.inTurn(work);
    } catch (error) {
      this.report(error);
      return null;
    }
  }

  /** What is cut while the hub ends fails for no other reason. */
  private report(error: unknown): void {
    if (!this.rounds.isStopped) this.log.error(whereabouts(error));
  }

  private inTurn<T>(work: (transaction: Transaction) => Promise<T>): Promise<T | null> {
    return this.database.asNobody(async (transaction) => {
      const [turn] = await transaction.query<{ mine: boolean }>(TURN);
      return turn?.mine ? work(transaction) : null;
    });
  }

  private isQuiet({ oldest, newest }: WaitingPopulation, now: Date): boolean {
    return (
      now.getTime() - newest.getTime() >= this.rules.quietSeconds * 1000 || now.getTime() - oldest.getTime() >= PATIENCE
    );
  }
}
