import { describe, expect, it } from '@jest/globals';
import { type Database, Interned } from '../../src/database/index.js';

const INSERT = { name: 'insert', text: 'INSERT' };
const FIND = { name: 'find', text: 'SELECT' };

/** A database that answers each question by its turn. */
function interned(answer: (turn: number) => Promise<readonly { id: number }[]>): {
  readonly rows: Interned<string>;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const query = ({ name }: { readonly name: string }): Promise<readonly { id: number }[]> => answer(asked.push(name));
  const rows = new Interned<string>({ query } as unknown as Database, INSERT, FIND, (value) => [value]); // all that it needs of one
  return { rows, asked };
}

describe('rows that many alerts share', () => {
  it('are asked for once by all that want the same one at the same time, and are known afterwards', async () => {
    const { rows, asked } = interned((turn) => Promise.resolve(turn === 1 ? [] : [{ id: 7 }]));
    const ids = await Promise.all(Array.from({ length: 300 }, () => rows.idOf('route', 'AL to NL')));
    expect(new Set(ids)).toEqual(new Set([7]));
    expect(await rows.idOf('route', 'AL to NL')).toBe(7);
    expect(asked).toEqual(['find', 'insert']);
  });

  it('are asked for anew after the database failed', async () => {
    const { rows } = interned((turn) =>
      turn === 1 ? Promise.reject(new Error('away')) : Promise.resolve([{ id: 7 }]),
    );
    const both = await Promise.allSettled([rows.idOf('route', 'AL'), rows.idOf('route', 'AL')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await rows.idOf('route', 'AL')).toBe(7);
  });
});
