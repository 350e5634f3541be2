/** Thrown at who comes when as many work and wait as may. */
export class NoTurnLeft extends Error {
  constructor() {
    super('as many read as may at once');
  }
}

/** Lets so many work at once and so many more wait, in the order in which they came: what anybody may ask for is to leave the database to members. */
export class ReadingTurns {
  private running = 0;
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  /** Runs `work` when it has a turn. Throws `NoTurnLeft` at once when the line is full. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running++;
    else if (this.line.length < this.mostWaiting) await new Promise<void>((resolve) => this.line.push(resolve));
    else throw new NoTurnLeft();
    try {
      return await work();
    } finally {
      const next = this.line.shift();
      if (next) next();
      else this.running--;
    }
  }
}
