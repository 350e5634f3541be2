/** What a round came to: how many entries were tried, and how many of them went. */
export interface Round {
  readonly tried: number;
  readonly sent: number;
}

/** After how long what waits is tried again, milliseconds: soon at first, then twice as long each time. */
const FIRST_MS = 5_000;
const LONGEST_MS = 60_000;

/** Tries again and again to send what waits, until it is ended: a round that is under way then is the last, and takes up no further entry. */
export class Rounds {
  private readonly ending = new AbortController();
  private pause = FIRST_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly round: (signal: AbortSignal) => Promise<Round>) {}

  /** Begins a round at once, and counts the pauses anew: it is the first, or the line is said to be back. */
  begin(): void {
    this.pause = FIRST_MS;
    void this.next();
  }

  end(): void {
    this.ending.abort();
    clearTimeout(this.timer);
  }

  private async next(): Promise<void> {
    const { signal } = this.ending;
    clearTimeout(this.timer);
    const { tried, sent } = await this.round(signal).catch(() => ({ tried: 1, sent: 0 }));
    this.pause = tried > sent ? Math.min(LONGEST_MS, this.pause * 2) : FIRST_MS;
    clearTimeout(this.timer);
    if (!signal.aborted) this.timer = setTimeout(() => void this.next(), this.pause);
  }
}
