import { sha256Bytes } from '../protocol/index.js';
import type { Database, Statement } from './database.js';

/**
 * Rows that many alerts share, each kept once under the hash of its text. They are immutable, so that every node may remember their numbers.
 * The memory is bounded: the oldest entry goes when it is full.
 */
export class Interned<Value> {
  private readonly known = new Map<string, number>();
  /** What is being looked up now: a batch of alerts that have it in common asks once. */
  private readonly coming = new Map<string, Promise<number>>();

  constructor(
    private readonly database: Database,
    private readonly insert: Statement,
    private readonly find: Statement,
    private readonly columnsOf: (value: Value) => readonly unknown[],
    private readonly capacity = 50_000,
  ) {}

  /** The number of the row for this value, made when there is none. `text` spells the value canonically. */
  async idOf(text: string, value: Value): Promise<number> {
    return this.known.get(text) ?? this.coming.get(text) ?? this.lookUp(text, value);
  }

  private lookUp(text: string, value: Value): Promise<number> {
    const coming = this.store(text, value)
      .then((id) => this.remember(text, id))
      .finally(() => this.coming.delete(text));
    this.coming.set(text, coming);
    return coming;
  }

  private async store(text: string, value: Value): Promise<number> {
    const hash = sha256Bytes(text);
    const [existing] = await this.database.query<{ id: number }>(this.find, [hash]);
    if (existing) return existing.id;
    const [made] = await this.database.query<{ id: number }>(this.insert, [hash, ...this.columnsOf(value)]);
    if (made) return made.id;
    const [other] = await this.database.query<{ id: number }>(this.find, [hash]);
    if (!other) throw new Error('an interned row vanished');
    return other.id;
  }

  private remember(text: string, id: number): number {
    if (this.known.size >= this.capacity) {
      const oldest = this.known.keys().next();
      if (!oldest.done) this.known.delete(oldest.value);
    }
    this.known.set(text, id);
    return id;
  }
}
