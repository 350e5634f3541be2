/** After so long without a key or a click the session ends, milliseconds. */
const IDLE_MS = 30 * 60_000;
/** So long before, a warning comes. */
const WARNING_MS = 2 * 60_000;

/** How a session stands: in use, soon at its end, or at its end. */
export type Standing = 'used' | 'warned' | 'over';

/** Since when nobody used a session. Times are milliseconds of one clock, which goes on while the computer sleeps. */
export class IdleClock {
  constructor(private last: number) {}

  standing(now: number): Standing {
    const idle = now - this.last;
    if (idle >= IDLE_MS) return 'over';
    return idle >= IDLE_MS - WARNING_MS ? 'warned' : 'used';
  }

  /**
   * Somebody pressed a key or clicked. That is too late once the end is near: after a warning only the answer to it counts, and the first click at a computer that
   * slept, and its timers with it, is perhaps another person's.
   */
  use(now: number): Standing {
    const standing = this.standing(now);
    if (standing === 'used') this.last = now;
    return standing;
  }

  /** Whoever was warned goes on, if there is still something to go on with. */
  goOn(now: number): Standing {
    if (this.standing(now) !== 'over') this.last = now;
    return this.standing(now);
  }
}
