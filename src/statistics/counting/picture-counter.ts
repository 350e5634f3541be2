import { Inject, Injectable, Logger } from '@nestjs/common';
import { BackgroundWork, Rounds } from '../../background/index.js';
import type { Database, Transaction } from '../../database/index.js';
import { whereabouts } from '../../graphql/index.js';
import { CaseBook, OntologyService, today } from '../../ontology/index.js';
import { CodedValues } from './coded-values.js';
import { REGISTERS } from './later-registers.js';
import { releaseRegister } from './register-release.js';
import { judgePieces } from './piece-judging.js';
import { PictureRelease } from './release.js';
import { populations, takeIn, type WaitingPopulation } from './waiting-alerts.js';

/** The injection token of the database as the counter role. */
export const COUNTER_DATABASE = Symbol('COUNTER_DATABASE');
/** The injection token of `CountingRules`. */
export const COUNTING_RULES = Symbol('COUNTING_RULES');

/** When what waits of a population is released. */
export interface CountingRules {
  /** How many alerts have to wait, so that they need not be shown too coarsely. */
  readonly batch: number;
  /** After how many days they are released all the same. */
  readonly waitDays: number;
  /** For how many seconds none may have come, so that what belongs together is counted together. */
  readonly quietSeconds: number;
}

const TURN = "SELECT pg_try_advisory_xact_lock(hashtext('symbolon picture')) AS mine";
const RULE = 'SELECT threshold FROM picture_rule';
/** Where alerts never cease, they are released after so long, milliseconds. */
const PATIENCE = 3_600_000;
const DAY = 86_400_000;

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
  ) {
    this.release = new PictureRelease(new CodedValues(cases, ontology), cases, ontology);
    const pace = { everyMs: Math.max(500, rules.quietSeconds * 250), atOnce: true };
    this.rounds = background.add(new Rounds('PictureCounter', pace, () => this.round()));
  }

  /** One round: counts what is due, then judges what is not, piece by piece. */
  private async round(): Promise<void> {
    await this.count();
    while (!this.rounds.isStopped && (await this.judge()) > 0);
  }

  /** Judges some pieces under the laws as they stand today; how many. Nothing while another node is at it. */
  judge(): Promise<number> {
    return this.inTurn((transaction) => judgePieces(transaction, this.cases, this.ontology, today()));
  }

  /** Counts what is due now; how many alerts came to be counted. Nothing while another node is at it. What fails for one audience holds up no other. */
  async count(now = new Date()): Promise<number> {
    let threshold = 0;
    let due: readonly WaitingPopulation[] = [];
    await this.inTurn(async (transaction) => {
      const [rule] = await transaction.query<{ threshold: number }>(RULE);
      if (!rule) throw new Error('the rules of disclosure are missing');
      ({ threshold } = rule);
      await takeIn(transaction);
      due = (await populations(transaction, threshold)).filter((population) => this.isDue(population, now));
      return 0;
    });
    let counted = 0;
    for (const population of due)
      if (!this.rounds.isStopped)
        counted += await this.surviving((transaction) => this.release.of(transaction, population, threshold));
    for (const register of threshold > 0 ? REGISTERS : [])
      await this.surviving((transaction) => releaseRegister(transaction, register, threshold));
    return counted;
  }

  private async surviving(work: (transaction: Transaction) => Promise<number>): Promise<number> {
    try {
      return await this.inTurn(work);
    } catch (error) {
      this.log.error(whereabouts(error));
      return 0;
    }
  }

  private inTurn(work: (transaction: Transaction) => Promise<number>): Promise<number> {
    return this.database.asNobody(async (transaction) => {
      const [turn] = await transaction.query<{ mine: boolean }>(TURN);
      return turn?.mine ? work(transaction) : 0;
    });
  }

  private isDue({ alerts, oldest, newest }: WaitingPopulation, now: Date): boolean {
    const { batch, waitDays, quietSeconds } = this.rules;
    const isQuiet = now.getTime() - newest.getTime() >= quietSeconds * 1000;
    const isLong = (milliseconds: number) => now.getTime() - oldest.getTime() >= milliseconds;
    return alerts >= batch ? isQuiet || isLong(PATIENCE) : isLong(waitDays * DAY) && isQuiet;
  }
}
