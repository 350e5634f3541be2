import type { Database, Statement } from '../database/index.js';

/** An epoch with a kind of key. */
export interface KeyOfEpoch {
  readonly epoch: string;
  readonly kind: string;
}

interface KeyRow extends KeyOfEpoch {
  readonly id: number;
}

const ADD: Statement = {
  name: 'linkage-key-add',
  text: `INSERT INTO linkage_key (epoch, kind) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`,
};
const ALL: Statement = { name: 'linkage-key-all', text: 'SELECT id, epoch, kind FROM linkage_key' };

/** Numbers for epochs with kinds of keys. They never change, so every node may remember them: a few hundred an epoch. */
export class KeyNumbers {
  private readonly numbers = new Map<string, number>();
  private readonly keys = new Map<number, KeyOfEpoch>();

  constructor(private readonly database: Database) {}

  /** The numbers of these, made when they have none, outside any transaction: one that is rolled back would take them along. */
  async of(keys: readonly KeyOfEpoch[]): Promise<readonly number[]> {
    if (keys.some((key) => !this.numbers.has(nameOf(key)))) {
      await this.database.query(ADD, [keys.map(({ epoch }) => epoch), keys.map(({ kind }) => kind)]);
      await this.load();
    }
    return keys.map((key) => this.numbers.get(nameOf(key)) ?? unknown());
  }

  /** What lists of numbers stand for, which another node may have made. Lists are as the database spells them: many records have the same, which is read once. */
  async read(lists: Iterable<string>): Promise<ReadonlyMap<string, readonly KeyOfEpoch[]>> {
    const numbers = [...new Set(lists)].map((list) => [list, list.slice(1, -1).split(',').map(Number)] as const);
    if (numbers.some(([, own]) => own.some((number) => !this.keys.has(number)))) await this.load();
    return new Map(numbers.map(([list, own]) => [list, own.flatMap((number) => this.keys.get(number) ?? [])]));
  }

  private async load(): Promise<void> {
    for (const { id, epoch, kind } of await this.database.query<KeyRow>(ALL)) {
      this.numbers.set(nameOf({ epoch, kind }), id);
      this.keys.set(id, { epoch, kind });
    }
  }
}

function nameOf({ epoch, kind }: KeyOfEpoch): string {
  return `${epoch} ${kind}`;
}

function unknown(): never {
  throw new Error('a kind of key has no number');
}
