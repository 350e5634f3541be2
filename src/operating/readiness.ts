import { Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';

/** Something that a node needs to serve. */
export interface Indicator {
  /** What the answer calls it, such as "database". */
  readonly name: string;
  /** What to say when it does not answer in time or fails: one of the codes in the README. */
  readonly silent: string;
  /** Whether the node serves on without it, because no other would do better: the answer names the code and stays 200. */
  readonly degrades?: boolean;
  /** Null when all is well, else a code. */
  check(): Promise<string | null> | string | null;
}

/** How long an indicator may take, milliseconds. */
const TIME_LIMIT = 2_000;
/** Answers are kept so long, milliseconds: whoever may ask for the health may not keep the database busy with it. */
const KEPT_FOR = 1_000;

/** Everything that a node needs to serve. The wiring adds the indicators of capabilities. */
@Injectable()
export class Readiness {
  private readonly indicators: (() => Promise<HealthIndicatorResult>)[] = [];

  constructor(private readonly health: HealthIndicatorService) {}

  /** Makes the node unready while `indicator` names a code. */
  add(indicator: Indicator): void {
    let kept: { readonly until: number; readonly code: Promise<string | null> } | null = null;
    this.indicators.push(async () => {
      if (!kept || kept.until < performance.now())
        kept = { until: performance.now() + KEPT_FOR, code: checkInTime(indicator) };
      return this.resultOf(indicator.name, await kept.code, indicator.degrades);
    });
  }

  /** As `add`, for what costs nothing to look at and holds from the moment at which it changes. */
  addInstant(name: string, code: () => string | null): void {
    this.indicators.push(async () => this.resultOf(name, code()));
  }

  get all(): readonly (() => Promise<HealthIndicatorResult>)[] {
    return this.indicators;
  }

  private resultOf(name: string, code: string | null, degrades = false): HealthIndicatorResult {
    const indicator = this.health.check(name);
    if (code === null) return indicator.up();
    return degrades ? indicator.degraded({ code }) : indicator.down({ code });
  }
}

async function checkInTime(indicator: Indicator): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(indicator.silent);
    }, TIME_LIMIT);
  });
  try {
    return await Promise.race([(async () => indicator.check())(), tooLate]);
  } catch {
    return indicator.silent;
  } finally {
    clearTimeout(timer);
  }
}
