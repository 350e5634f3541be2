import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { BackgroundWork, Rounds } from '../background/index.js';
import { Database } from '../database/index.js';
import { Refusal } from '../protocol/index.js';
import { CaseJudge } from './case-judge.js';
import { type JudgingStep, judgeNext, settledCases } from './judging-step.js';
import { VariantRegister } from './variant-register.js';

/** How often it looks for cases that a node of other definitions entered, milliseconds. */
const EVERY_MS = 1_000;
/** How often it says that today's definitions are in use, and retires those that are not, milliseconds. */
const USE_EVERY_MS = 3_600_000;
/** How often it says how far it is, milliseconds. */
const SAY_EVERY_MS = 10_000;
/** As many cases as whoever asks by verdict can wait for: they take some tenths of a second. */
const FEW = 2_000;
/** How long whoever asks by verdict waits, milliseconds. */
const PATIENCE = 3_000;
const PAUSE_MS = 50;
/** How often the same question may find that new cases came in between. */
const MOST_TRIES = 10;

/** Where a variant is complete to, and how many cases lack a verdict after it, counted no further than one more than `FEW`. */
const STANDING = `
  SELECT l.level, (
    SELECT count(*) FROM (
      SELECT FROM judged_case c WHERE c.id > l.level AND c.revision <> $2 ORDER BY c.id LIMIT ${FEW + 1}) lacking)::int AS lacking
  FROM (SELECT DISTINCT complete_to AS level FROM definition_variant WHERE id = ANY ($1::smallint[])) l ORDER BY l.level DESC`;
const LEFT = `
  SELECT count(*)::int AS left FROM judged_case
  WHERE id > (SELECT min(complete_to) FROM definition_variant WHERE id = ANY ($1::smallint[])) AND revision <> $2`;
const SHARE = `
  SELECT coalesce(100 * (SELECT min(complete_to)::float8 FROM definition_variant WHERE id = ANY ($1::smallint[])) / (SELECT max(id) FROM judged_case), 100) AS share`;

interface Level {
  readonly level: number;
  readonly lacking: number;
}

/**
 * Brings verdicts that were made under other definitions after, while the hub serves. What is read of a case is judged in memory and right at once; only
 * finding alerts by verdict rests on what is kept, and `assert_judged` holds each such question to it, at the very moment of the database at which it looks
 * for alerts. No node remembers that nothing is lacking: while nodes of another revision run on the same database, as in a rolling deployment, each alert
 * that they take may bring a case that lacks today's verdicts; and the check costs a look at the few numbers behind the last complete one. A row holds the
 * verdicts of whoever entered it (`revision`, which never changes) and those of every variant that is complete up to it; a node that comes back to an older
 * ontology finds its own still there and goes on where it was complete.
 */
@Injectable()
export class Rejudging {
  private readonly log = new Logger('Rejudging');
  private readonly rounds: Rounds;
  private completing: Promise<void> | null = null;
  private usedAt = performance.now();

  constructor(
    background: BackgroundWork,
    private readonly database: Database,
    private readonly register: VariantRegister,
    private readonly judge: CaseJudge,
  ) {
    this.rounds = background.add(new Rounds('Rejudging', { everyMs: EVERY_MS, atOnce: true }, () => this.run()));
    database.remedy('SY001', (tries) => this.completeFew(tries));
  }

  /** Resolves when no case lacks a verdict that was there at the call, or another node is at it. */
  wake(): Promise<void> {
    return this.rounds.wake();
  }

  /** How many cases lack a verdict under today's definitions. */
  async left(): Promise<number> {
    const [found] = await this.database.query<{ left: number }>(LEFT, [this.register.ids, this.register.revision]);
    return found?.left ?? 0;
  }

  private async run(): Promise<void> {
    if (performance.now() - this.usedAt > USE_EVERY_MS) await this.useDefinitions();
    const settled = await settledCases(this.database);
    if (settled === null) return;
    const begun = performance.now();
    let [count, said] = [0, begun];
    while (!this.rounds.isStopped) {
      const step = await this.step(settled);
      if (step.did !== 'went on') break;
      count += step.judged;
      if (performance.now() - said < SAY_EVERY_MS) continue;
      said = performance.now();
      await this.say(count, begun);
    }
    if (count > 0) await this.say(count, begun);
  }

  private async useDefinitions(): Promise<void> {
    await this.register.enter();
    await this.register.retireUnused();
    this.usedAt = performance.now();
  }

  private async say(count: number, begun: number): Promise<void> {
    const milliseconds = Math.round(performance.now() - begun);
    this.log.log({ event: 'REJUDGING', count, left: await this.left(), milliseconds });
  }

  private step(settled: number): Promise<JudgingStep> {
    return this.database.asNobody((transaction) => judgeNext(transaction, this.register, this.judge, settled));
  }

  /** Judges what is lacking where it is little, for whoever waits for it. Throws `Refusal` VERDICTS_INCOMPLETE where it is much. */
  private async completeFew(tries: number): Promise<void> {
    const standing = await this.standing();
    if (tries > MOST_TRIES) throw await this.incomplete();
    if (standing.every(({ lacking }) => lacking === 0)) return;
    if (!standing.some(isLittle)) throw await this.incomplete();
    this.completing ??= this.complete().finally(() => (this.completing = null));
    await this.completing;
  }

  private async complete(): Promise<void> {
    const until = performance.now() + PATIENCE;
    const settled = await settledCases(this.database);
    if (settled === null) throw await this.incomplete();
    while ((await this.standing()).some(({ level, lacking }) => level < settled && isLittle({ level, lacking }))) {
      if (performance.now() > until) throw await this.incomplete();
      const { did } = await this.step(settled);
      if (did === 'nothing') return;
      if (did === 'elsewhere') await pause(PAUSE_MS);
    }
  }

  private standing(): Promise<Level[]> {
    return this.database.query<Level>(STANDING, [this.register.ids, this.register.revision]);
  }

  /** How many cases there are is nobody's to know; how great a share of them is judged may be. */
  private async incomplete(): Promise<Refusal> {
    const [found] = await this.database.query<{ share: number }>(SHARE, [this.register.ids]);
    return new Refusal(
      'VERDICTS_INCOMPLETE',
      `Definitions have changed, and ${Math.floor(found?.share ?? 0)} percent of what is kept is judged under them.`,
      'Ask again in some minutes, or without the filter by verdict: the verdicts shown with alerts are right.',
      ['filter', 'verdict'],
    );
  }
}

function isLittle({ lacking }: Level): boolean {
  return lacking > 0 && lacking <= FEW;
}
