/** Does what a statement lacked, or throws what its asker is to be told. `tries` counts from 1 how often the same asking failed. */
export type Remedy = (tries: number) => Promise<void>;

/** What helps when a statement fails for a reason that the hub's own SQL names by an SQLSTATE: it is done, and the statement is asked again. */
export class Remedies {
  private readonly bySqlState = new Map<string, Remedy>();

  add(sqlState: string, remedy: Remedy): void {
    this.bySqlState.set(sqlState, remedy);
  }

  /** Asks until it succeeds, fails for want of anything else, or the remedy throws. `ask` leaves nothing behind when it fails. */
  async apply<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        const remedy = this.bySqlState.get(sqlStateOf(error));
        if (!remedy) throw error;
        await remedy(tries);
      }
    }
  }
}

function sqlStateOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
