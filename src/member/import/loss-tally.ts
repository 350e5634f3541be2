/** What of a file could not be said in our terms, and in how many rows. */
export interface Loss {
  readonly column: string;
  /** A term of the standard; null when it is the whole column. Never a value that the standard does not list. */
  readonly term: string | null;
  readonly why: string;
  readonly rows: number;
}

/** Counts losses by column, term and reason. */
export class LossTally {
  private readonly counts = new Map<string, Loss>();

  add(column: string, term: string | null, why: string): void {
    const key = JSON.stringify([column, term, why]);
    const rows = (this.counts.get(key)?.rows ?? 0) + 1;
    this.counts.set(key, { column, term, why, rows });
  }

  /** All losses, those of most rows first. */
  list(): readonly Loss[] {
    return [...this.counts.values()].sort((a, b) => b.rows - a.rows || (a.column < b.column ? -1 : 1));
  }
}
