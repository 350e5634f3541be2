import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { appDataSource, Database } from '../../src/database/index.js';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.js';

const END_ALL =
  "SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%pg_sleep%'";

let place: TestDatabase;
let source: DataSource;
let database: Database;

beforeAll(async () => {
  place = await testDatabase();
  source = await appDataSource(place.url, 4).initialize();
  database = new Database(source);
});
afterAll(async () => {
  await source.destroy();
  await place.drop();
});

describe('a database that ends the connections that are at work', () => {
  it('fails what was under way, and neither ends the process nor spoils what comes after', async () => {
    const acting = { member: 'aa-one', purpose: 'protection' } as const;
    const slow = { name: 'slow', text: 'SELECT pg_sleep(20)' };
    const underWay = Promise.allSettled([
      database.query(slow),
      database.queryAsMember(acting, slow),
      database.queryAheadAsMember(acting, slow, []),
      database.asMember(acting, (transaction) => transaction.query(slow)),
    ]);
    const ended = new Set<number>(); // one that was told to end is seen a while yet
    while (ended.size < 4) for (const { pid } of await asOwner<{ pid: number }>(place.url, END_ALL)) ended.add(pid);
    expect((await underWay).map(({ status }) => status)).toEqual(Array<string>(4).fill('rejected'));
    await new Promise((resolve) => setTimeout(resolve, 200)); // in which a socket would say that it was reset
    const after = await Promise.all(
      Array.from({ length: 8 }, () => database.query<{ one: number }>('SELECT 1 AS one')),
    );
    expect(after.flat()).toEqual(Array<object>(8).fill({ one: 1 }));
  }, 30_000);
});
