import { LRUCache } from 'lru-cache';
import { ReadingTurns } from './reading-turns.js';

/** The text of a file that never changes, and its tag. */
export interface KeptText {
  readonly tag: string;
  readonly text: Buffer;
}

/** How many bytes of texts a node keeps: eight of the largest publications. */
const MOST_BYTES = 64 * 1024 * 1024;
/** How many texts are made at once: each is read from the database and held several times while it is put together. */
const MADE_AT_ONCE = 4;

/** Keeps texts of final files in memory, those that were read last, and makes each once, for however many ask at the same time. */
export class KeptTexts {
  private readonly kept = new LRUCache<string, KeptText>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ text }) => text.length,
  });
  private readonly underWay = new Map<string, Promise<Buffer>>();
  private readonly turns = new ReadingTurns(MADE_AT_ONCE, 0);

  /** What is kept of a file; undefined for nothing. */
  find(hash: string): KeptText | undefined {
    return this.kept.get(hash);
  }

  /** The text of a file, made by `make` unless it is being made. Throws `NoTurnLeft` when as many are made as may. */
  make(hash: string, tag: string, make: () => Promise<string>): Promise<Buffer> {
    const before = this.underWay.get(hash);
    if (before) return before;
    const made = this.turns
      .take(async () => {
        const text = Buffer.from(await make());
        this.kept.set(hash, { tag, text });
        return text;
      })
      .finally(() => this.underWay.delete(hash));
    this.underWay.set(hash, made);
    return made;
  }
}
