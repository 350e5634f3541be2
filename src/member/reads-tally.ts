import type { AccessRecordAnswer } from './documents/alerts.js';

/** How often something was read. */
export interface ReadsCount {
  /** What is counted by: a member, a purpose, an operation. */
  readonly by: string;
  readonly reads: number;
  /** Alerts that were shown in these reads, each as often as it was; counting shows none. */
  readonly shown: number;
}

/** Totals of reads. */
export interface ReadsTotals {
  readonly reads: number;
  readonly shown: number;
  /** How many different alerts were shown. */
  readonly alerts: number;
  readonly byReader: readonly ReadsCount[];
  readonly byPurpose: readonly ReadsCount[];
  readonly byOperation: readonly ReadsCount[];
}

/** Adds up reads as they come by. It holds one number for each reader, purpose, operation, and the ids of alerts. */
export class ReadsTally {
  private reads = 0;
  private shown = 0;
  private readonly alerts = new Set<string>();
  private readonly readers = new Map<string, ReadsCount>();
  private readonly purposes = new Map<string, ReadsCount>();
  private readonly operations = new Map<string, ReadsCount>();

  add({ reader, purpose, operation, alertIds }: AccessRecordAnswer): void {
    this.reads += 1;
    this.shown += alertIds.length;
    for (const id of alertIds) this.alerts.add(id);
    raise(this.readers, `${reader.code} (${reader.country})`, alertIds.length);
    raise(this.purposes, purpose.toLowerCase(), alertIds.length);
    raise(this.operations, operation, alertIds.length);
  }

  totals(): ReadsTotals {
    return {
      ...{ reads: this.reads, shown: this.shown, alerts: this.alerts.size },
      ...{ byReader: ranked(this.readers), byPurpose: ranked(this.purposes), byOperation: ranked(this.operations) },
    };
  }
}

function raise(counts: Map<string, ReadsCount>, by: string, shown: number): void {
  const before = counts.get(by);
  counts.set(by, { by, reads: (before?.reads ?? 0) + 1, shown: (before?.shown ?? 0) + shown });
}

/** The most read first. */
function ranked(counts: ReadonlyMap<string, ReadsCount>): ReadsCount[] {
  return [...counts.values()].sort((a, b) => b.reads - a.reads || (a.by < b.by ? -1 : 1));
}
